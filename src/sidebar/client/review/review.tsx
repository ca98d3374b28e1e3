/** The review dialog: what would be sent, the decisions, the sending and its result. */
import { useEffect, useReducer, useState } from 'preact/hooks';
import type { PreviewView, PushView } from '../../rpc';
import { useAnnounce } from '../announce';
import { Fault, Heading, Waiting } from '../parts';
import { call, closeDialog } from '../server';
import { pause, useLoaded, useTask } from '../tasks';
import { count } from '../text';
import { Body } from './body';
import { choicesToSend, decisionsAfter, type Tally, tally, UNDECIDED } from './decisions';
import { Footer } from './footer';
import { hasRest, PushResult, together } from './push-result';

const NOTHING: Tally = { pending: 0, conflicts: 0, refused: 0, cleared: 0, toSend: 0, toTake: 0, undecided: 0 };

export const Review = ({ importId }: { importId: string }) => {
  const { value: view, fault, isLoading, reload } = useLoaded(() => call('preview', importId));
  const [decisions, dispatch] = useReducer(decisionsAfter, UNDECIDED);
  const [result, setResult] = useState<PushView | null>(null);
  /** How often the review was begun again: each time reading starts at the heading. */
  const [turn, setTurn] = useState(0);
  const announce = useAnnounce();
  const task = useTask();
  const isFinished = result !== null && !hasRest(result);
  const counts = view === null || isFinished ? NOTHING : tally(view.cells, decisions);

  const send = ({ cells }: PreviewView) =>
    task.run(async () => {
      const choices = choicesToSend(cells, decisions);
      let sum: PushView | null = null;
      do {
        sum = together(sum, await call('push', importId, decisions.sendClears, choices));
        setResult(sum);
        await pause(sum.waitMs ?? 0, () => false);
      } while (sum.kind === 'paused' && sum.goesOn === true);
      announce(`Sent: ${count(sum.cells, 'cell')}.`);
      if (!hasRest(sum)) return;
      await reload();
      dispatch({ kind: 'reset' });
    });

  // Google's own dialogs close on Escape, but keys pressed in the page never reach Google's.
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !task.isBusy) closeDialog();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [task.isBusy]);

  const reviewAgain = () => {
    task.clear();
    setTurn(turn + 1);
    dispatch({ kind: 'reset' });
    void reload();
  };

  return (
    <div class="dialog">
      <main>
        {/* The dialog's own bar shows the same words. */}
        <Heading key={turn} isArrival isUnseen>
          Review edits{view !== null && `: ${view.title.slice(0, 80)}`}
        </Heading>
        {view === null && isLoading && <Waiting what="Comparing your edits with Affinity…" />}
        <Fault fault={fault} onRetry={reload} />
        {result !== null && <PushResult result={result} isEnded={!task.isBusy} />}
        {view !== null && !isFinished && view.cells.length === 0 && (
          <p>
            {result === null ? 'Nothing was edited. Affinity has what this table has.' : 'Nothing is left to send.'}
          </p>
        )}
        {view !== null && !isFinished && view.cells.length > 0 && (
          <Body view={view} decisions={decisions} isLocked={task.isBusy} onEvent={dispatch} />
        )}
      </main>
      <Footer
        counts={counts}
        sendClears={decisions.sendClears}
        isSending={task.isBusy}
        progress={isLoading ? 'Looking at what is left…' : 'Sending to Affinity…'}
        isSent={result !== null}
        onEvent={dispatch}
        onSend={() => view !== null && send(view)}
      >
        <Fault fault={task.fault} />
        {task.fault !== null && (
          <p>
            {task.fault.kind === 'unreachable' && 'Some edits may be in Affinity already. '}
            <button type="button" onClick={reviewAgain}>
              Review again
            </button>
          </p>
        )}
      </Footer>
    </div>
  );
};
