/** Cells of an undo: what Affinity has and what it would have again, or why a cell is left alone. */
import { useState } from 'preact/hooks';
import type { UndoCellView } from '../../rpc';
import { Clamped, Mark } from '../parts';
import { number } from '../text';

const CELLS_SHOWN = 200;

const Value = ({ text, what }: { text: string; what: string }) =>
  text === '' ? <em class="empty">empty</em> : <Clamped text={text} what={what} />;

export const UndoTable = ({ caption, cells }: { caption: string; cells: readonly UndoCellView[] }) => {
  const [shown, setShown] = useState(CELLS_SHOWN);
  return (
    <>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Row and field</th>
            <th scope="col">Was sent</th>
            <th scope="col">
              <span aria-hidden="true">→ </span>Before that
            </th>
            <th scope="col">What happens</th>
          </tr>
        </thead>
        <tbody>
          {cells.slice(0, shown).map((cell, index) => (
            // Cells never change their order while they are shown.
            <tr key={index}>
              <th scope="row">
                <Clamped text={cell.rowTitle === '' ? 'no name' : cell.rowTitle} what="the row’s title" />
                <span class="meta">
                  <Clamped text={cell.field} what="the field's name" />
                </span>
              </th>
              <td>
                <Value text={cell.now} what="the value that was sent" />
              </td>
              <td>
                <Value text={cell.again} what="the value before that" />
              </td>
              <td>
                <Mark kind={cell.problem === null ? 'good' : 'off'} />
                {cell.problem ?? 'Goes back'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {cells.length > shown && (
        <p>
          {number(shown)} of {number(cells.length)} cells are shown.{' '}
          <button type="button" class="text" onClick={() => setShown(shown + CELLS_SHOWN)}>
            Show more cells
          </button>
        </p>
      )}
    </>
  );
};
