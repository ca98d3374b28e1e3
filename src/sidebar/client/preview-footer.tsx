/** The foot of the review: whether to clear, the one button that sends, and the way out. */
import type { DecisionEvent, Tally } from './decisions';
import { closeDialog } from './server';
import { count } from './text';

interface Props {
  readonly counts: Tally;
  readonly sendClears: boolean;
  readonly isSending: boolean;
  /** True once something was sent: leaving is then no cancelling. */
  readonly isSent: boolean;
  onEvent(event: DecisionEvent): void;
  onSend(): void;
}

const sendWords = ({ toSend, toTake }: Tally, isSent: boolean): string =>
  toSend === 0 && toTake > 0
    ? `Take ${count(toTake, 'value')} from Affinity`
    : `${isSent ? 'Send again' : 'Send'} ${count(toSend, 'edit')}`;

export const PreviewFooter = ({ counts, sendClears, isSending, isSent, onEvent, onSend }: Props) => {
  const { toSend, toTake, cleared, conflicts } = counts;
  const canSend = toSend + toTake > 0;
  const undecided = conflicts > 0 && !isSent;
  return (
    <footer>
      {cleared > 0 && (
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
        {canSend && (
          <button type="button" class="primary" aria-disabled={isSending} onClick={() => !isSending && onSend()}>
            {isSending ? 'Sending…' : sendWords(counts, isSent)}
          </button>
        )}
        <button type="button" class={canSend ? '' : 'primary'} disabled={isSending} onClick={closeDialog}>
          {isSent || !canSend ? 'Close' : 'Cancel'}
        </button>
        {toTake > 0 && toSend > 0 && <span>{count(toTake, 'cell')} will take Affinity’s value.</span>}
        {undecided && !canSend && <span>Decide a conflict to send something.</span>}
      </div>
    </footer>
  );
};
