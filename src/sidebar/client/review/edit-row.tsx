/** One edited cell of the review: both values, what will happen to it, and for a conflict the choice. */
import type { PreviewCellView } from '../../rpc';
import { Clamped, Mark } from '../parts';
import { exact } from '../text';
import { type Choice, cellKey, type DecisionEvent, type Decisions, isSent } from './decisions';

const Value = ({ text, what }: { text: string; what: string }) =>
  text === '' ? <em class="empty">empty</em> : <Clamped text={text} what={what} />;

const OPTIONS: readonly (readonly [Choice | null, string])[] = [
  ['mine', 'Send mine'],
  ['theirs', 'Take Affinity’s'],
  [null, 'Decide later'],
];

interface Props {
  readonly cell: PreviewCellView;
  readonly decisions: Decisions;
  readonly isLocked: boolean;
  /** Its row is not added. */
  readonly isOff: boolean;
  onEvent(event: DecisionEvent): void;
}

const whereOf = ({ header, rowNumber }: PreviewCellView): string => `${header.slice(0, 60)} in row ${rowNumber}`;

const ConflictChoice = ({ cell, decisions, isLocked, onEvent }: Props) => {
  const key = cellKey(cell);
  const chosen = decisions.choices.get(key) ?? null;
  return (
    <fieldset class="choice" disabled={isLocked}>
      <legend>
        <Mark kind="warn" />
        Changed on both sides
      </legend>
      {OPTIONS.map(([choice, words]) => (
        <label key={words}>
          <input
            type="radio"
            name={key}
            checked={chosen === choice}
            onChange={(event) => event.currentTarget.checked && onEvent({ kind: 'choose', cells: [cell], choice })}
          />
          {words}
        </label>
      ))}
    </fieldset>
  );
};

/** A cell that can be sent without a decision: it is, unless the person keeps it back. */
const SendCell = ({ cell, decisions, isLocked, isOff, onEvent }: Props) => {
  const isCleared = cell.state === 'cleared';
  const isKept = isOff || (!isSent(cell, decisions) && (!isCleared || decisions.sendClears));
  const words = isKept
    ? cell.state === 'formula'
      ? 'Result not sent'
      : 'Kept back'
    : isCleared
      ? 'Will be cleared'
      : 'Will be sent';
  // What clears nothing as long as the box at the foot is not ticked has nothing to keep back.
  if (isCleared && !decisions.sendClears) {
    return (
      <>
        <Mark kind="off" />
        Not sent
      </>
    );
  }
  return (
    <label class="check">
      <input
        type="checkbox"
        aria-label={`${words}: ${whereOf(cell)}`}
        checked={!isKept}
        disabled={isLocked}
        onChange={(event) => onEvent({ kind: 'send', cells: [cell], isOn: event.currentTarget.checked })}
      />
      {words}
    </label>
  );
};

const Fate = (props: Props) => {
  const { cell } = props;
  switch (cell.state) {
    case 'pending':
    case 'cleared':
    case 'formula':
      return <SendCell {...props} />;
    case 'refused':
      return (
        <>
          <Mark kind="bad" />
          Can’t be sent. {cell.problem !== null && <Clamped text={cell.problem} what="the reason" />}
        </>
      );
    case 'conflict':
      return <ConflictChoice {...props} />;
  }
};

export const EditRow = (props: Props) => {
  const { cell } = props;
  const where = whereOf(cell);
  const { theirsBy } = cell;
  return (
    <tr>
      <th scope="row">
        <Clamped text={cell.header} what="the field's name" />
        {cell.isShared && <span class="meta">Shows on every list</span>}
      </th>
      <td>
        <Value text={cell.theirs} what={`Affinity’s value: ${where}`} />
        {theirsBy !== null && (
          <span class="meta">
            Changed{' '}
            {theirsBy.who !== '' && (
              <>
                by <bdi>{theirsBy.who}</bdi>,{' '}
              </>
            )}
            {exact(theirsBy.at)}
          </span>
        )}
        {cell.state === 'conflict' && cell.base !== null && (
          <span class="meta">
            Before: <Value text={cell.base} what={`the value before: ${where}`} />
          </span>
        )}
      </td>
      <td>
        <Value text={cell.mine} what={`your value: ${where}`} />
        {cell.formula !== null && (
          <span class="meta">
            Computed by <Clamped text={cell.formula} what={`the formula: ${where}`} />
          </span>
        )}
      </td>
      <td>
        <Fate {...props} />
        {cell.formula !== null && cell.state === 'conflict' && (
          <span class="meta">Your formula stays unless you take Affinity’s.</span>
        )}
        {cell.says !== null && <span class="meta">{cell.says}</span>}
      </td>
    </tr>
  );
};
