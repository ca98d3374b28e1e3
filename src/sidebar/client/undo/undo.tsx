/** The undo dialog: what was sent, what taking it back would do, and what came of it. */
import { useState } from 'preact/hooks';
import type { PastPushView, UndoView } from '../../rpc';
import { Fault, Heading, Mark, Messages, Waiting } from '../parts';
import { call, closeDialog } from '../server';
import { useLoaded, useTask } from '../tasks';
import { count, exact } from '../text';
import { useEscape } from '../use-escape';
import { UndoTable } from './undo-table';

const PushChoice = ({ pushes, onChoose }: { pushes: readonly PastPushView[]; onChoose(push: PastPushView): void }) => (
  <table>
    <caption>What was sent from this import, newest first</caption>
    <thead>
      <tr>
        <th scope="col">When</th>
        <th scope="col">Who</th>
        <th scope="col">What</th>
        <th scope="col">Take it back</th>
      </tr>
    </thead>
    <tbody>
      {pushes.map((push, index) => (
        <tr key={push.run}>
          <th scope="row">
            {exact(push.time)}
            {index === 0 && <span class="meta">The last one</span>}
          </th>
          <td>
            <bdi>{push.user === '' ? 'Not known' : push.user}</bdi>
          </td>
          <td>
            {count(push.cells, 'cell')} in {count(push.rows, 'row')}
            {push.isUndo && <span class="meta">It took another push back</span>}
          </td>
          <td>
            <button type="button" aria-label={`Look at it: push of ${exact(push.time)}`} onClick={() => onChoose(push)}>
              Look at it
            </button>
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);

const Outcome = ({ result }: { result: UndoView }) => (
  <div class="result" role="status">
    <p>
      <Mark kind={result.failed + result.unsent + result.unanswered + result.messages.length > 0 ? 'warn' : 'good'} />
      {count(result.cells, 'cell')} in {count(result.rows, 'row')} taken back.
      {result.failed > 0 && ` Affinity refused ${count(result.failed, 'cell')}.`}
      {result.unsent > 0 && ` Not sent: ${count(result.unsent, 'cell')}.`}
      {result.unanswered > 0 && ` Not known yet whether sent: ${count(result.unanswered, 'cell')}.`}
    </p>
    <Messages messages={result.messages} />
  </div>
);

/** One push: what goes back and what is left alone, before and after. */
const OnePush = ({ importId, push, onBack }: { importId: string; push: PastPushView; onBack(): void }) => {
  const { value: cells, fault, isLoading, reload } = useLoaded(() => call('previewUndo', importId, push.run));
  const [result, setResult] = useState<UndoView | null>(null);
  const task = useTask();
  useEscape(task.isBusy);
  const back = cells?.filter(({ problem }) => problem === null) ?? [];
  const left = result?.left ?? cells?.filter(({ problem }) => problem !== null) ?? [];
  const canUndo = result === null && back.length > 0;
  const undo = () => task.run(async () => setResult(await call('undo', importId, push.run)));
  return (
    <>
      <main>
        <Heading isArrival>Push of {exact(push.time)}</Heading>
        {cells === null && isLoading && <Waiting what="Comparing with Affinity…" />}
        <Fault fault={fault} onRetry={reload} />
        <Fault fault={task.fault} />
        {result !== null && <Outcome result={result} />}
        {cells !== null && result === null && (
          <p>
            <strong>
              {count(back.length, 'cell')} can be taken back
              {left.length > 0 && `, ${count(left.length, 'cell')} will be left alone`}.
            </strong>{' '}
            Rows that were added stay.
          </p>
        )}
        {canUndo && <UndoTable caption="Taken back" cells={back} />}
        {left.length > 0 && <UndoTable caption="Left alone" cells={left} />}
      </main>
      <footer>
        <div class="buttons">
          {canUndo && (
            <button type="button" class="primary" aria-disabled={task.isBusy} onClick={undo}>
              {task.isBusy ? 'Taking back…' : `Take back ${count(back.length, 'cell')}`}
            </button>
          )}
          <button type="button" disabled={task.isBusy} onClick={onBack}>
            Other pushes
          </button>
          <button type="button" class={canUndo ? '' : 'primary'} disabled={task.isBusy} onClick={closeDialog}>
            {canUndo ? 'Cancel' : 'Close'}
          </button>
        </div>
      </footer>
    </>
  );
};

export const Undo = ({ importId }: { importId: string }) => {
  const { value: pushes, fault, isLoading, reload } = useLoaded(() => call('pastPushes', importId));
  const [chosen, setChosen] = useState<PastPushView | null>(null);
  const [hasChosen, setHasChosen] = useState(false);
  useEscape(chosen !== null);
  if (chosen !== null) {
    return (
      <div class="dialog">
        <OnePush
          key={chosen.run}
          importId={importId}
          push={chosen}
          onBack={() => {
            setChosen(null);
            void reload();
          }}
        />
      </div>
    );
  }
  return (
    <div class="dialog">
      <main>
        <Heading key={String(hasChosen)} isArrival isUnseen>
          Undo a push
        </Heading>
        {pushes === null && isLoading && <Waiting what="Looking at what was sent…" />}
        <Fault fault={fault} onRetry={reload} />
        {pushes?.length === 0 && <p>Nothing was sent from this import that could be taken back.</p>}
        {pushes !== null && pushes.length > 0 && (
          <>
            <p>
              A push is taken back cell by cell, where Affinity still has what was sent. Look at it first: nothing is
              changed before you say so.
            </p>
            <PushChoice
              pushes={pushes}
              onChoose={(push) => {
                setHasChosen(true);
                setChosen(push);
              }}
            />
          </>
        )}
      </main>
      <footer>
        <div class="buttons">
          <button type="button" class="primary" onClick={closeDialog}>
            Close
          </button>
        </div>
      </footer>
    </div>
  );
};
