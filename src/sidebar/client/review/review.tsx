/** The review dialog: what would be sent, the decisions, the sending and its result. */
import { useReducer, useState } from 'preact/hooks';
import type { PreviewView, PushView } from '../../rpc';
import { useAnnounce } from '../announce';
import { Fault, Heading, Waiting } from '../parts';
import { call } from '../server';
import { useLoaded, useTask } from '../tasks';
import { count } from '../text';
import { useEscape } from '../use-escape';
import { Body } from './body';
import {
  choicesToSend,
  decisionsAfter,
  NOTHING,
  type Part,
  partOf,
  selectionToSend,
  tally,
  UNDECIDED,
} from './decisions';
import { Footer } from './footer';
import { hasRest, PushResult } from './push-result';
import { useSending } from './sending';

const isEmpty = ({ cells, newRows }: PreviewView): boolean => cells.length + newRows.length === 0;

export const Review = ({ importId }: { importId: string }) => {
  const { value: view, fault, isLoading, reload } = useLoaded(() => call('preview', importId));
  const [decided, dispatch] = useReducer(decisionsAfter, UNDECIDED);
  const sendClears = decided.sendClears ?? view?.blanks === 'clear';
  const decisions = { ...decided, sendClears };
  const [result, setResult] = useState<PushView | null>(null);
  /** How often the review was begun again: each time reading starts at the heading. */
  const [turn, setTurn] = useState(0);
  const announce = useAnnounce();
  const task = useTask();
  const sending = useSending();
  /** Nothing of what was reviewed is left. */
  const [isFinished, setFinished] = useState(false);
  const part = view === null ? null : partOf(view, decisions.scope);
  const counts = part === null || isFinished ? NOTHING : tally(part, decisions);

  const send = (whole: PreviewView, reviewed: Part) =>
    task.run(async () => {
      const choices = choicesToSend(reviewed, decisions);
      const selection = selectionToSend(reviewed, decisions);
      const isAll = reviewed.cells.length === whole.cells.length && counts.held === 0;
      const sum = await sending.send({ importId, sendClears, choices, selection }, setResult);
      announce(`Sent: ${count(sum.cells, 'cell')}.`);
      if (isAll && !hasRest(sum)) {
        setFinished(true);
        return;
      }
      await reload();
      dispatch({ kind: 'reset' });
    });

  useEscape(task.isBusy);

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
        {view !== null && !isFinished && isEmpty(view) && (
          <p>
            {result === null ? 'Nothing was edited. Affinity has what this table has.' : 'Nothing is left to send.'}
          </p>
        )}
        {view !== null && part !== null && !isFinished && !isEmpty(view) && (
          <Body view={view} part={part} decisions={decisions} isLocked={task.isBusy} onEvent={dispatch} />
        )}
      </main>
      <Footer
        counts={counts}
        sendClears={sendClears}
        blanks={view?.blanks ?? 'ask'}
        isSending={task.isBusy}
        progress={isLoading ? 'Looking at what is left…' : sending.words}
        isStopping={sending.isStopping}
        onStop={sending.stop}
        isSent={result !== null}
        onEvent={dispatch}
        onSend={() => view !== null && part !== null && send(view, part)}
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
