/** Name box and formula bar: where the active cell is called by name and edited in full length. */
import { useState } from 'preact/hooks';
import { areaName, cellName, parseArea } from './grid/a1';
import type { GridDesk } from './grid/desk';
import { handleKey } from './grid/keys';
import { at } from './grid/selection';

export const FormulaBar = ({ desk }: { readonly desk: GridDesk }) => {
  const name = areaName(desk.area);
  const [typed, setTyped] = useState<string | null>(null);
  const cell = desk.activeCell;
  const text = desk.draft ? desk.draft.text : desk.editText(cell);
  return (
    <div class="formula-bar">
      <input
        class="name-box"
        type="text"
        aria-label="Selected cells"
        value={typed ?? (desk.selection.whole === 'cells' ? name : cellName(desk.active))}
        onInput={(event) => setTyped(event.currentTarget.value)}
        // Not when the selection changes: another tab may come to the front while a name is being typed.
        onBlur={() => setTyped(null)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setTyped(null);
          if (event.key !== 'Enter') return;
          // Or the key would go on into the cell that gets the focus.
          event.preventDefault();
          const area = parseArea(event.currentTarget.value);
          setTyped(null);
          if (!area) return;
          const end = { row: area.row + area.rows - 1, column: area.column + area.columns - 1 };
          desk.select({ ...at({ row: area.row, column: area.column }), end });
          desk.focus();
        }}
      />
      <span class="fx" aria-hidden="true">
        fx
      </span>
      <textarea
        id="formula-text"
        rows={1}
        aria-label={`Content of ${cellName(desk.active)}`}
        autocomplete="off"
        spellcheck={false}
        value={text}
        onInput={(event) => {
          const next = event.currentTarget.value;
          if (!desk.draft) desk.begin(null);
          desk.change(next);
        }}
        onKeyDown={(event) => {
          if (!desk.draft && event.key !== 'Enter') return;
          if (desk.draft && !handleKey(desk, event, 1)) return;
          event.preventDefault();
          desk.focus();
        }}
        onBlur={() => {
          // Going back to the grid ends the edit by itself.
          if (desk.draft && document.activeElement?.id !== 'cell-input') desk.commit();
        }}
      />
    </div>
  );
};
