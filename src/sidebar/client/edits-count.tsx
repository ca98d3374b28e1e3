/** Counts an import's edits on demand: counting reads the edited rows from Affinity, so nothing counts by itself. */
import { useState } from 'preact/hooks';
import type { PreviewCellView, PreviewView } from '../rpc';
import { useAnnounce } from './announce';
import { Fault, Messages } from './parts';
import { call } from './server';
import { useTask } from './tasks';
import { count, exact, number } from './text';

const STATES: readonly (readonly [PreviewCellView['state'], string])[] = [
  ['pending', 'to send'],
  ['conflict', 'in conflict'],
  ['refused', 'can’t be sent'],
  ['cleared', 'emptied'],
  ['formula', 'computed'],
];

const summary = ({ cells, newRows }: PreviewView): string => {
  if (cells.length + newRows.length === 0) return 'Nothing was edited.';
  const parts = STATES.flatMap(([state, words]) => {
    const found = cells.filter((cell) => cell.state === state).length;
    return found === 0 ? [] : [`${number(found)} ${words}`];
  });
  return [...(newRows.length === 0 ? [] : [count(newRows.length, 'new row')]), ...parts].join(' · ');
};

interface Counted {
  readonly text: string;
  readonly at: string;
  readonly callsNeeded: number;
  readonly messages: readonly string[];
}

export const EditsCount = ({ importId, isBlocked }: { importId: string; isBlocked: boolean }) => {
  const [counted, setCounted] = useState<Counted | null>(null);
  const announce = useAnnounce();
  const task = useTask();
  const recount = () =>
    task.run(async () => {
      const view = await call('preview', importId);
      const { callsNeeded, messages } = view;
      const text = summary(view);
      setCounted({ text, at: new Date().toISOString(), callsNeeded, messages });
      announce(`Edits: ${text}`);
    });
  return (
    <div class="edits">
      {counted !== null && (
        <>
          <p>
            Edits: <strong>{counted.text}</strong>
          </p>
          <p class="hint">
            Counted {exact(counted.at)}. Sending takes {count(counted.callsNeeded, 'call')}.
          </p>
          <Messages messages={counted.messages} />
        </>
      )}
      <button
        type="button"
        class="text"
        aria-disabled={task.isBusy || isBlocked}
        onClick={() => !isBlocked && recount()}
      >
        {task.isBusy ? 'Counting edits…' : counted === null ? 'Count edits' : 'Count again'}
      </button>
      <Fault fault={task.fault} onRetry={task.retry} />
    </div>
  );
};
