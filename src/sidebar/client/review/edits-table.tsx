/** Edited cells as a table, grouped by row of the sheet. Draws a few hundred rows at once and the rest on demand. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { PreviewCellView, PreviewRowView } from '../../rpc';
import { Clamped, Mark } from '../parts';
import { number } from '../text';
import {
  byRow,
  type Choice,
  cellKey,
  type DecisionEvent,
  type Decisions,
  decidedTogether,
  isAdded,
  isSent,
  type RowGroup,
} from './decisions';
import { EditRow } from './edit-row';

const ROWS_SHOWN = 200;

interface Shared {
  readonly decisions: Decisions;
  readonly isLocked: boolean;
  onEvent(event: DecisionEvent): void;
}

/** Sends several cells or keeps them back; shows a dash where they are not all alike. */
const SendSeveral = ({
  cells,
  what,
  decisions,
  isLocked,
  onEvent,
}: Shared & { cells: readonly PreviewCellView[]; what: string }) => {
  const box = useRef<HTMLInputElement>(null);
  const { sendClears } = decisions;
  // Nobody agrees to formulas by sending something else.
  const isComputed = cells.every(({ state }) => state === 'formula');
  const open = cells.filter(
    ({ state }) => state === 'pending' || (state === 'cleared' && sendClears) || (state === 'formula' && isComputed),
  );
  const kept = open.filter((cell) => !isSent(cell, decisions)).length;
  const isMixed = kept > 0 && kept < open.length;
  useEffect(() => {
    if (box.current !== null) box.current.indeterminate = isMixed;
  }, [isMixed]);
  if (open.length === 0) return null;
  return (
    <input
      ref={box}
      type="checkbox"
      aria-label={`Send ${what}`}
      checked={kept === 0}
      disabled={isLocked}
      onChange={() => onEvent({ kind: 'send', cells: open, isOn: kept > 0 })}
    />
  );
};

const CHOICES: readonly (readonly [Choice | null, string])[] = [
  ['mine', 'Send mine'],
  ['theirs', 'Take Affinity’s'],
  [null, 'Decide later'],
];

/** For a row with several conflicts: one decision for all of them. */
const RowChoice = ({ row, isLocked, onEvent }: Shared & { row: RowGroup }) => {
  const conflicts = decidedTogether(row.cells, 'theirs');
  if (conflicts.length < 2) return null;
  return (
    <span class="rowChoice">
      {CHOICES.map(([choice, words]) => (
        <button
          key={words}
          type="button"
          class="text"
          disabled={isLocked}
          aria-label={`${words}: all ${conflicts.length} conflicts of row ${row.rowNumber}`}
          onClick={() => onEvent({ kind: 'choose', cells: decidedTogether(conflicts, choice), choice })}
        >
          {words}
        </button>
      ))}
    </span>
  );
};

const NewRow = ({ row, decisions, isLocked, onEvent }: Shared & { row: PreviewRowView }) =>
  row.fate === 'refused' ? (
    <p>
      <Mark kind="bad" />
      Can’t be added. {row.says}
    </p>
  ) : (
    <label class="check">
      <input
        type="checkbox"
        checked={isAdded(row, decisions)}
        disabled={isLocked}
        onChange={() => onEvent({ kind: 'turn', row })}
      />
      <span>Add this row. {row.says}</span>
    </label>
  );

const Row = ({ row, ...shared }: Shared & { row: RowGroup }) => {
  const { decisions, isLocked, onEvent } = shared;
  const { newRow } = row;
  const isOff = newRow !== null && !isAdded(newRow, decisions);
  return (
    <tbody>
      <tr class="rowTitle">
        <th colSpan={4} scope="rowgroup">
          {newRow === null && <SendSeveral cells={row.cells} what={`row ${row.rowNumber}`} {...shared} />}
          Row {number(row.rowNumber)} ·{' '}
          <Clamped text={row.title === '' ? 'no name' : row.title} what="the row’s title" />
          {newRow !== null && <NewRow row={newRow} {...shared} />}
          <RowChoice row={row} {...shared} />
        </th>
      </tr>
      {row.cells.map((cell) => (
        <EditRow
          key={cellKey(cell)}
          cell={cell}
          decisions={decisions}
          isLocked={isLocked || isOff}
          isOff={isOff}
          onEvent={onEvent}
        />
      ))}
    </tbody>
  );
};

interface Props extends Shared {
  readonly caption: string;
  readonly cells: readonly PreviewCellView[];
  readonly newRows: readonly PreviewRowView[];
}

export const EditsTable = ({ caption, cells, newRows, ...shared }: Props) => {
  const [shown, setShown] = useState(ROWS_SHOWN);
  const rows = byRow(cells, newRows);
  return (
    <>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">In Affinity</th>
            <th scope="col">
              <span aria-hidden="true">→ </span>In the sheet
            </th>
            <th scope="col">
              {rows.length > 1 && <SendSeveral cells={cells} what={`all: ${caption}`} {...shared} />}
              What happens
            </th>
          </tr>
        </thead>
        {rows.slice(0, shown).map((row) => (
          <Row key={row.rowNumber} row={row} {...shared} />
        ))}
      </table>
      {rows.length > shown && (
        <p>
          {number(shown)} of {number(rows.length)} rows are shown. Send takes all of them.{' '}
          <button type="button" class="text" onClick={() => setShown(shown + ROWS_SHOWN)}>
            Show more rows
          </button>
        </p>
      )}
    </>
  );
};
