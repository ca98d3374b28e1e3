/** What can be done to the selection, named once for the menus, the toolbar and the context menu. */
import { type Area, areaName, cellName } from './grid/a1';
import type { GridDesk } from './grid/desk';
import type { Store } from './store';

export interface Action {
  readonly label: string;
  readonly keys?: string;
  readonly isOff?: boolean;
  readonly run: () => void;
}

const lines = (count: number, one: string, many: string): string => (count === 1 ? one : `${count} ${many}`);

/** The rows of a table without its frozen header: what sorting a column sorts. */
const sortedArea = (desk: GridDesk, area: Area): Area | null => {
  const { sheet } = desk;
  if (!sheet) return null;
  const isColumn = area.rows === 1 || area.rows >= sheet.rows;
  if (!isColumn) return area;
  const first = Math.max(1, sheet.frozenRows);
  if (sheet.lastRow <= first) return null;
  return { row: first, column: 0, rows: sheet.lastRow - first, columns: sheet.lastColumn };
};

export const actionsFor = (store: Store, desk: GridDesk) => {
  const { sheet, area, active, activeCell } = desk;
  const id = sheet?.id ?? 0;
  const a1 = areaName(area);
  const rows = lines(area.rows, 'row', 'rows');
  const columns = lines(area.columns, 'column', 'columns');
  const sort = (ascending: boolean): Action => {
    const range = sortedArea(desk, area);
    return {
      label: ascending ? 'Sort A to Z' : 'Sort Z to A',
      isOff: range === null,
      run: () => {
        if (range) store.do({ kind: 'sort', sheet: id, a1: areaName(range), column: active.column + 1, ascending });
      },
    };
  };
  const clipboard = (what: 'copy' | 'cut'): Action => ({
    label: what === 'copy' ? 'Copy' : 'Cut',
    keys: what === 'copy' ? 'Ctrl+C' : 'Ctrl+X',
    run: () => {
      const text = desk.copy(what === 'cut');
      if (text !== null) void navigator.clipboard.writeText(text);
    },
  });
  const isBold =
    activeCell !== 0 && activeCell.s !== undefined && store.book?.styles[activeCell.s]?.fontWeight === 'bold';
  const spread = (kind: 'hideRows' | 'hideColumns', hidden: boolean) => {
    const byRow = kind === 'hideRows';
    const first = (byRow ? area.row : area.column) + 1;
    store.do({ kind, sheet: id, first, count: byRow ? area.rows : area.columns, hidden });
  };
  const hasHidden =
    (sheet?.hiddenRows ?? []).some(([from, to]) => to >= area.row && from < area.row + area.rows) ||
    (sheet?.hiddenColumns ?? []).some((column) => column >= area.column && column < area.column + area.columns);
  return {
    undo: { label: 'Undo', keys: 'Ctrl+Z', isOff: !store.book?.canUndo, run: () => desk.undo() },
    redo: { label: 'Redo', keys: 'Ctrl+Y', isOff: !store.book?.canRedo, run: () => desk.redo() },
    cut: clipboard('cut'),
    copy: clipboard('copy'),
    paste: {
      label: 'Paste',
      keys: 'Ctrl+V',
      run: () => void navigator.clipboard.readText().then((text) => desk.paste(text)),
    },
    clear: { label: 'Clear cells', keys: 'Delete', run: () => desk.clear() },
    fillDown: { label: 'Fill down', keys: 'Ctrl+D', isOff: area.rows < 2, run: () => desk.fillDown(area, 1) },
    rowsAbove: {
      label: `Insert ${rows} above`,
      run: () => store.do({ kind: 'insertRows', sheet: id, before: area.row + 1, count: area.rows }),
    },
    rowsBelow: {
      label: `Insert ${rows} below`,
      run: () => store.do({ kind: 'insertRows', sheet: id, before: area.row + area.rows + 1, count: area.rows }),
    },
    columnsLeft: {
      label: `Insert ${columns} left`,
      run: () => store.do({ kind: 'insertColumns', sheet: id, before: area.column + 1, count: area.columns }),
    },
    columnsRight: {
      label: `Insert ${columns} right`,
      run: () =>
        store.do({ kind: 'insertColumns', sheet: id, before: area.column + area.columns + 1, count: area.columns }),
    },
    deleteRows: {
      label: `Delete ${rows}`,
      run: () => store.do({ kind: 'deleteRows', sheet: id, first: area.row + 1, count: area.rows }),
    },
    deleteColumns: {
      label: `Delete ${columns}`,
      run: () => store.do({ kind: 'deleteColumns', sheet: id, first: area.column + 1, count: area.columns }),
    },
    moveRowsUp: {
      label: `Move ${rows} up`,
      isOff: area.row === 0,
      run: () => store.do({ kind: 'moveRows', sheet: id, first: area.row + 1, count: area.rows, before: area.row }),
    },
    moveRowsDown: {
      label: `Move ${rows} down`,
      isOff: sheet !== null && area.row + area.rows >= sheet.rows,
      run: () =>
        store.do({
          kind: 'moveRows',
          sheet: id,
          first: area.row + 1,
          count: area.rows,
          before: area.row + area.rows + 2,
        }),
    },
    moveColumnsLeft: {
      label: `Move ${columns} left`,
      isOff: area.column === 0,
      run: () =>
        store.do({ kind: 'moveColumns', sheet: id, first: area.column + 1, count: area.columns, before: area.column }),
    },
    moveColumnsRight: {
      label: `Move ${columns} right`,
      isOff: sheet !== null && area.column + area.columns >= sheet.columns,
      run: () =>
        store.do({
          kind: 'moveColumns',
          sheet: id,
          first: area.column + 1,
          count: area.columns,
          before: area.column + area.columns + 2,
        }),
    },
    hideRows: { label: `Hide ${rows}`, run: () => spread('hideRows', true) },
    hideColumns: { label: `Hide ${columns}`, run: () => spread('hideColumns', true) },
    unhide: {
      label: 'Show hidden rows and columns here',
      isOff: !hasHidden,
      run: () => {
        spread('hideRows', false);
        spread('hideColumns', false);
      },
    },
    sortUp: sort(true),
    sortDown: sort(false),
    bold: {
      label: 'Bold',
      run: () => store.do({ kind: 'bold', sheet: id, a1, bold: !isBold }),
    },
    mark: {
      label: 'Mark yellow',
      run: () => store.do({ kind: 'background', sheet: id, a1, color: '#fff2b3' }),
    },
    unmark: { label: 'Remove mark', run: () => store.do({ kind: 'background', sheet: id, a1, color: null }) },
    freezeHere: {
      label: `Freeze up to row ${area.row + area.rows}`,
      run: () =>
        store.do({ kind: 'freeze', sheet: id, rows: area.row + area.rows, columns: sheet?.frozenColumns ?? 0 }),
    },
    freezeColumnsHere: {
      label: `Freeze up to column ${cellName({ row: 0, column: area.column + area.columns - 1 }).replace(/\d+$/, '')}`,
      run: () =>
        store.do({ kind: 'freeze', sheet: id, rows: sheet?.frozenRows ?? 0, columns: area.column + area.columns }),
    },
    unfreeze: {
      label: 'Unfreeze',
      isOff: !sheet?.frozenRows && !sheet?.frozenColumns,
      run: () => store.do({ kind: 'freeze', sheet: id, rows: 0, columns: 0 }),
    },
    note: {
      label: activeCell !== 0 && activeCell.n ? 'Edit note' : 'Insert note',
      run: () => {
        const before = activeCell === 0 ? '' : (activeCell.n ?? '');
        store.askNote(cellName(active), before, (note) =>
          store.do({ kind: 'note', sheet: id, a1: cellName(active), note }),
        );
      },
    },
  } satisfies Record<string, Action>;
};
export type Actions = ReturnType<typeof actionsFor>;
