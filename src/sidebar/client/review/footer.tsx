/** The foot of the review: whether to clear, the one button that sends, and the way out. */
import type { ComponentChildren } from 'preact';
import type { PreviewView } from '../../rpc';
import { Waiting } from '../parts';
import { closeDialog } from '../server';
import { count } from '../text';
import type { DecisionEvent, Tally } from './decisions';

interface Props {
  readonly counts: Tally;
  readonly sendClears: boolean;
  /** What the import is set to do with emptied cells. */
  readonly blanks: PreviewView['blanks'];
  readonly isSending: boolean;
  /** What is being done while sending. */
  readonly progress: string;
  readonly isStopping: boolean;
  /** True once something was sent: leaving is then no cancelling. */
  readonly isSent: boolean;
  readonly children: ComponentChildren;
  onEvent(event: DecisionEvent): void;
  onSend(): void;
  onStop(): void;
}

const sendWords = ({ toAdd, toSend, toTake }: Tally): string => {
  if (toSend + toAdd === 0 && toTake > 0) return `Take ${count(toTake, 'value')} from Affinity`;
  if (toAdd === 0) return `Send ${count(toSend, 'edit')}`;
  return toSend === 0 ? `Add ${count(toAdd, 'row')}` : `Add ${count(toAdd, 'row')} and send ${count(toSend, 'edit')}`;
};

const aside = ({ toSend, toTake, undecided, held }: Tally): string =>
  [
    toTake > 0 && toSend > 0 ? `${count(toTake, 'cell')} will take Affinity’s value.` : '',
    held > 0 ? `${count(held, 'edit')} kept back.` : '',
    undecided > 0 ? `${count(undecided, 'conflict')} left for later.` : '',
  ].join(' ');

export const Footer = ({
  counts,
  sendClears,
  blanks,
  isSending,
  progress,
  isStopping,
  isSent,
  children,
  onEvent,
  onSend,
  onStop,
}: Props) => {
  const { toSend, toAdd, toTake, cleared, formulas, pending, conflicts, newRows } = counts;
  const canSend = toSend + toAdd + toTake > 0 && !isSending;
  /** Whether anything is there that could be sent, once it is decided. */
  const isOpen = pending + conflicts + cleared + formulas + newRows > 0;
  return (
    <footer>
      {children}
      {cleared > 0 && blanks === 'never' && (
        <p>This table is set never to clear: {count(cleared, 'emptied cell')} will stay as it is in Affinity.</p>
      )}
      {cleared > 0 && blanks !== 'never' && (
        <label class="check">
          <input
            type="checkbox"
            checked={sendClears}
            disabled={isSending}
            onChange={(event) => onEvent({ kind: 'clears', isOn: event.currentTarget.checked })}
          />
          Also clear {count(cleared, 'emptied cell')} in Affinity
        </label>
      )}
      <div class="buttons">
        {isOpen && (
          <button type="button" class="primary" aria-disabled={!canSend} onClick={() => canSend && onSend()}>
            {isSending ? 'Sending…' : sendWords(counts)}
          </button>
        )}
        {isSending ? (
          <button type="button" aria-disabled={isStopping} onClick={() => !isStopping && onStop()}>
            Stop
          </button>
        ) : (
          <button type="button" class={isOpen ? '' : 'primary'} onClick={closeDialog}>
            {isSent || !isOpen ? 'Close' : 'Cancel'}
          </button>
        )}
        {isSending ? <Waiting what={progress} /> : <span class="hint">{aside(counts)}</span>}
      </div>
    </footer>
  );
};
