/** How a refresh ended, in numbers and sentences. */
import { useEffect, useRef } from 'preact/hooks';
import { useAnnounce } from './announce';
import { Fault, Mark, Messages } from './parts';
import type { Pull } from './pull-state';
import { count, number } from './text';

const ending = (pull: Pull): { kind: 'good' | 'warn' | 'bad'; sentence: string } => {
  if (pull.isCancelled) {
    return {
      kind: 'warn',
      sentence: `Stopped at ${count(pull.rowsDone, 'row')}. What was read stays. Go on whenever you like.`,
    };
  }
  switch (pull.last?.kind) {
    case 'done':
      return { kind: 'good', sentence: `Refreshed: ${count(pull.last.rowsDone, 'row')}.` };
    case 'stopped':
      return { kind: 'bad', sentence: 'The refresh stopped. What was read stays.' };
    default:
      return { kind: 'warn', sentence: `Paused at ${count(pull.rowsDone, 'row')}. What was read stays.` };
  }
};

interface Props {
  readonly pull: Pull;
  readonly title: string;
  /** `agreed`: also with what had to be asked about. */
  onRetry(agreed: boolean): void;
  onDismiss(): void;
}

export const PullResult = ({ pull, title, onRetry, onDismiss }: Props) => {
  const announce = useAnnounce();
  const panel = useRef<HTMLDivElement>(null);
  const { kind, sentence } = ending(pull);
  // Said once, when the result appears.
  useEffect(() => {
    announce(`${title.slice(0, 60)}: ${pull.fault?.message ?? sentence}`);
    // Cancel had the focus and is gone now.
    if (document.activeElement === document.body) panel.current?.focus();
  }, []);
  const { last } = pull;
  const numbers: readonly (readonly [string, number])[] =
    last === null
      ? []
      : [
          ['Added', last.rowsAdded],
          ['Cells changed', last.cellsChanged],
          ['Rows held for you', pull.rowsHeld],
          ['Rows gone from the list', pull.rowsGone],
        ];
  return (
    <div class="result" ref={panel} tabIndex={-1}>
      {pull.fault === null ? (
        <p>
          <Mark kind={kind} />
          {sentence}
        </p>
      ) : (
        <Fault fault={pull.fault} onRetry={() => onRetry(false)} />
      )}
      {numbers.length > 0 && (
        <dl>
          {numbers.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{number(value)}</dd>
            </div>
          ))}
        </dl>
      )}
      {/* What the last slice said of going on is not what the person wanted. */}
      {!pull.isCancelled && <Messages messages={last?.messages ?? []} />}
      {last?.asks === true && (
        <button type="button" onClick={() => onRetry(true)}>
          Bring it in all the same
        </button>
      )}
      <button type="button" class="text" aria-label={`Hide the result of ${title}`} onClick={onDismiss}>
        Hide
      </button>
    </div>
  );
};
