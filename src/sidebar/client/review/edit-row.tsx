/** One edited cell of the review: both values, what will happen to it, and for a conflict the choice. */
import type { PreviewCellView } from '../../rpc';
import { Clamped, Mark } from '../parts';
import { type Choice, cellKey } from './decisions';

const Value = ({ text, what }: { text: string; what: string }) =>
  text === '' ? <em class="empty">empty</em> : <Clamped text={text} what={what} />;

const OPTIONS: readonly (readonly [Choice | null, string])[] = [
  ['mine', 'Send mine'],
  ['theirs', 'Take Affinity’s'],
  [null, 'Decide later'],
];

interface Props {
  readonly cell: PreviewCellView;
  readonly choice: Choice | null;
  readonly sendClears: boolean;
  readonly isLocked: boolean;
  onChoose(choice: Choice | null): void;
}

const ConflictChoice = ({ cell, choice, isLocked, onChoose }: Props) => (
  <fieldset class="choice" disabled={isLocked}>
    <legend>
      <Mark kind="warn" />
      Changed on both sides
    </legend>
    {OPTIONS.map(([value, words]) => (
      <label key={words}>
        <input
          type="radio"
          name={cellKey(cell)}
          checked={choice === value}
          onChange={(event) => event.currentTarget.checked && onChoose(value)}
        />
        {words}
      </label>
    ))}
  </fieldset>
);

const Fate = (props: Props) => {
  const { cell, sendClears } = props;
  switch (cell.state) {
    case 'pending':
      return (
        <>
          <Mark kind="good" />
          Will be sent
        </>
      );
    case 'cleared':
      return (
        <>
          <Mark kind={sendClears ? 'good' : 'off'} />
          {sendClears ? 'Will be cleared' : 'Not sent'}
        </>
      );
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
  const where = `${cell.header.slice(0, 60)} in row ${cell.rowNumber}`;
  return (
    <tr>
      <th scope="row">
        <Clamped text={cell.header} what="the field's name" />
        {cell.isShared && <span class="meta">Shows on every list</span>}
      </th>
      <td>
        <Value text={cell.theirs} what={`Affinity’s value: ${where}`} />
        {cell.state === 'conflict' && cell.base !== null && (
          <span class="meta">
            Before: <Value text={cell.base} what={`the value before: ${where}`} />
          </span>
        )}
      </td>
      <td>
        <Value text={cell.mine} what={`your value: ${where}`} />
      </td>
      <td>
        <Fate {...props} />
        {cell.state !== 'refused' && cell.problem !== null && <span class="meta">{cell.problem}</span>}
      </td>
    </tr>
  );
};
