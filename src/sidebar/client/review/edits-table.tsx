/** Edited cells as a table, grouped by row of the sheet. Draws a few hundred rows at once and the rest on demand. */
import { useState } from 'preact/hooks';
import type { PreviewCellView } from '../../rpc';
import { Clamped } from '../parts';
import { number } from '../text';
import { byRow, type Choice, cellKey, type DecisionEvent, type Decisions } from './decisions';
import { EditRow } from './edit-row';

const ROWS_SHOWN = 200;

interface Props {
  readonly caption: string;
  readonly cells: readonly PreviewCellView[];
  readonly decisions: Decisions;
  readonly isLocked: boolean;
  onEvent(event: DecisionEvent): void;
}

export const EditsTable = ({ caption, cells, decisions, isLocked, onEvent }: Props) => {
  const [shown, setShown] = useState(ROWS_SHOWN);
  const rows = byRow(cells);
  const choose = (cell: PreviewCellView) => (choice: Choice | null) =>
    onEvent({ kind: 'choose', cells: [cell], choice });
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
            <th scope="col">What happens</th>
          </tr>
        </thead>
        {rows.slice(0, shown).map((row) => (
          <tbody key={row.rowNumber}>
            <tr class="rowTitle">
              <th colSpan={4} scope="rowgroup">
                Row {number(row.rowNumber)} ·{' '}
                <Clamped text={row.title === '' ? 'no name' : row.title} what="the row’s title" />
              </th>
            </tr>
            {row.cells.map((cell) => (
              <EditRow
                key={cellKey(cell)}
                cell={cell}
                choice={decisions.choices.get(cellKey(cell)) ?? null}
                sendClears={decisions.sendClears}
                isLocked={isLocked}
                onChoose={choose(cell)}
              />
            ))}
          </tbody>
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
