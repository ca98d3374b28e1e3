/**
 * One bound table over a tab. Every call finds rows by their id and columns by their metadata anew, reads cells again just before it
 * writes them, and looks afterwards whether they were still where they had been: people type, sort and insert while a run is going,
 * and the platform has no write that is refused when the place has changed. What such a write met is put back.
 */
import { type Cell, sameCell } from '../sync/cells/cell';
import type { Recall, RowWrite, TablePort, WriteResult } from '../sync/ports';
import { idIn } from '../sync/row-id';
import { type CellReading, kindOf } from './cell-conversion';
import { putContent, takeFormatBack, writeSpots } from './cell-writing';
import { displaced, type Picture, type Written } from './displaced';
import { type EditNote, type EditNotes, putCell } from './edit-notes';
import type { LayoutMemory } from './layout-memory';
import { createMark } from './marks';
import type { Spot } from './rectangles';
import { withinLimits } from './sheet-faults';
import { createAppend } from './table-append';
import { createHeaders } from './table-headers';
import { hasSameHeaders, type TableLayout } from './table-layout';
import { createWriteAt } from './table-places';
import { ATTEMPTS, type Block, clustersOf, createTableReader, idsOf } from './table-reader';
import { createRemoval } from './table-removal';

type Sheet = GoogleAppsScript.Spreadsheet.Sheet;

interface CellName {
  readonly id: string;
  readonly column: string;
}

/** What a write changes in one cell. */
interface Change {
  readonly expected: Cell;
  readonly next: Cell;
}

/** The same notes; `met` is told when there were any. */
const watched = (notes: EditNotes, met: () => void): EditNotes => ({
  take() {
    const taken = notes.take();
    if (taken.length > 0) met();
    return taken;
  },
  tell: (cells) => notes.tell(cells),
});

const skippedOf = ({ id, cells }: RowWrite): readonly CellName[] => cells.map(({ column }) => ({ id, column }));

export const createSheetTable = (
  sheet: Sheet,
  importId: string,
  reading: () => CellReading,
  memory: LayoutMemory,
  noted: EditNotes,
): TablePort => {
  const reader = createTableReader(sheet, importId, reading, memory);
  const notes = watched(noted, reader.forgetFormulas);
  const { forgetLayout, idColumnOf, readColumn, readIds, readAgain, widthOf, cellIn, linesOf, namesOf } = reader;
  /** What this run wrote, by `id/column`. */
  const ownWrites = new Map<string, Cell>();

  /** Writes noted edits into their cells, wherever these stand by now. */
  const putEdits = (edits: readonly EditNote[]): void => {
    const found = readIds();
    const at = found.at;
    const ids = idsOf(found.ids);
    for (const { id, column, content } of edits) {
      const place = at.columns.get(column);
      const index = ids.indexOf(id);
      if (place === undefined || index < 0 || ids.lastIndexOf(id) !== index) continue;
      putCell(sheet.getRange(at.headerRow + 1 + index, place), content, reading());
    }
    SpreadsheetApp.flush();
  };

  const recover = (agreed: Recall): void => {
    reader.beginWriting();
    const noted = notes.take().filter(({ id }) => id !== '');
    if (noted.length === 0) return;
    const { ids, columns } = reader.readRows([...new Set(noted.map(({ id }) => id))]);
    const lost = noted.filter(({ id, column, content, old }) => {
      const position = ids.findIndex((cell) => idIn(cell) === id);
      const cells = columns.get(column);
      if (cells === undefined || position < 0) return false;
      const shown = cells[position] ?? null;
      const baseline = agreed(id, column);
      // What stood there before was not written by a run that died: the person took the edit back.
      const isTakenBack = (baseline !== undefined && sameCell(shown, baseline)) || String(shown ?? '') === old;
      return !isTakenBack && !sameCell(shown, content);
    });
    if (lost.length > 0) putEdits(lost);
  };

  /** Puts back the edits that a person made in cells of this write just before its flush, which overwrote them; gives these cells. */
  const restoreEdits = (changes: ReadonlyMap<string, Change>): readonly CellName[] => {
    const met = notes.take().filter(({ id, column, content }) => {
      const change = changes.get(`${id}/${column}`);
      return change !== undefined && !sameCell(content, change.expected) && !sameCell(content, change.next);
    });
    if (met.length > 0) putEdits(met);
    return met;
  };

  interface Once {
    readonly written: number;
    readonly skipped: readonly CellName[];
    /** Rows whose place changed meanwhile: these cells were not written. */
    readonly moved: readonly RowWrite[];
  }

  const writeOnce = (rows: readonly RowWrite[], recall: Recall, alongside: () => void): Once => {
    const positions = reader.locate(rows.map(({ id }) => id));
    const at = reader.layoutSoFar();
    const skipped: CellName[] = [];
    const found = new Map<number, RowWrite>();
    for (const row of rows) {
      const [rowNumber, ...copies] = positions.get(row.id) ?? [];
      if (rowNumber !== undefined && copies.length === 0) found.set(rowNumber, row);
      else skipped.push(...skippedOf(row));
    }
    const width = widthOf(at);
    // Edits from before this reading stand in what is read, or were taken back.
    notes.take();
    const moved: RowWrite[] = [];
    const spots: Spot<Cell>[] = [];
    const changes = new Map<string, Change>();
    const blocks: Block[] = [];
    for (const cluster of clustersOf([...found.keys()])) {
      const first = cluster[0] ?? 0;
      const block = readAgain(first, (cluster[cluster.length - 1] ?? first) - first + 1, width);
      blocks.push(block);
      for (const rowNumber of cluster) {
        const row = found.get(rowNumber);
        if (row === undefined) continue;
        const index = rowNumber - first;
        if (idIn(cellIn(block, index, idColumnOf(at))) !== row.id) {
          moved.push(row);
          continue;
        }
        for (const { column: key, expected, next } of row.cells) {
          const column = at.columns.get(key);
          if (column !== undefined && sameCell(cellIn(block, index, column), expected)) {
            spots.push({ row: rowNumber, column, kind: kindOf(next), content: next });
            changes.set(`${row.id}/${key}`, { expected, next });
          } else skipped.push({ id: row.id, column: key });
        }
      }
    }
    // Between the reading of the header and of the cells a column may have moved: then nothing of what was read means what it seems to.
    if (!hasSameHeaders(sheet, at)) return { written: 0, skipped: [], moved: rows };
    if (spots.length === 0) return { written: 0, skipped, moved };
    notes.tell(
      [...changes].map(([name, { next }]) => {
        const [id, column] = splitName(name);
        return { id, column, content: next };
      }),
    );
    writeSpots(sheet, spots, reading().rules);
    alongside();
    SpreadsheetApp.flush();
    const missed = missedPlaces(at, blocks, spots, changes, recall);
    const kept = new Map([...changes].filter(([name]) => !missed.has(name)));
    for (const [name, { next }] of kept) ownWrites.set(name, next);
    const edited = restoreEdits(kept);
    for (const { id, column } of edited) ownWrites.delete(`${id}/${column}`);
    const again = [...found.values()].flatMap((row) => {
      const cells = row.cells.filter(({ column }) => missed.has(`${row.id}/${column}`));
      return cells.length === 0 ? [] : [{ id: row.id, cells }];
    });
    return { written: kept.size - edited.length, skipped: [...skipped, ...edited], moved: [...moved, ...again] };
  };

  /**
   * After a flush: the cells, by `id/column`, that were not where they had been read. What was written over in their stead is put
   * back. None where everything stands as before.
   */
  const missedPlaces = (
    at: TableLayout,
    blocks: readonly Block[],
    spots: readonly Spot<Cell>[],
    changes: ReadonlyMap<string, Change>,
    recall: Recall,
  ): ReadonlySet<string> => {
    const lines = blocks.flatMap((block) => linesOf(at, block));
    const first = Math.min(...lines.map(({ row }) => row));
    const last = Math.max(...lines.map(({ row }) => row));
    const ids = idsOf(readColumn(idColumnOf(at), first, Math.min(last, sheet.getMaxRows()) - first + 1));
    const isInPlace = hasSameHeaders(sheet, at) && lines.every(({ row, id }) => (ids[row - first] ?? null) === id);
    if (isInPlace) return new Set();
    const { at: now, picture } = reader.pictureNow();
    const before: Picture = { columns: namesOf(at, blocks[0]?.values[0]?.length ?? 0), lines };
    const asWritten: readonly Written[] = spots.map(({ row, column, content }) => ({ row, column, next: content }));
    const repairs = displaced(before, asWritten, picture, (id, column) => {
      const own = ownWrites.get(`${id}/${column}`);
      return own === undefined ? recall(id, column) : own;
    });
    for (const repair of repairs) {
      const row = repair.origin?.row ?? 0;
      const block = blocks.find(({ firstRow, values }) => row >= firstRow && row < firstRow + values.length);
      const spot = spots.find((one) => one.row === repair.row && one.column === repair.column);
      // Numbers are written as they are: the cell kept its format.
      if (spot?.kind !== 'number' && spot?.kind !== 'blank') takeFormatBack(sheet, now.headerRow, spots, repair);
      putContent(sheet, reading().rules, block, repair);
    }
    if (repairs.length > 0) SpreadsheetApp.flush();
    const linesNow = new Map(picture.lines.flatMap((line) => (line.id === null ? [] : [[line.id, line] as const])));
    const missed = [...changes].filter(([name, { next }]) => {
      const [id = '', column = ''] = splitName(name);
      const place = now.columns.get(column);
      const line = linesNow.get(id);
      return place !== undefined && line !== undefined && !sameCell(line.cells[place - 1] ?? null, next);
    });
    return new Set(missed.map(([name]) => name));
  };

  const write = (rows: readonly RowWrite[], recall: Recall, alongside?: () => void): WriteResult => {
    let beside = alongside;
    const writeBeside = (): void => {
      beside?.();
      beside = undefined;
    };
    let written = 0;
    const skipped: CellName[] = [];
    let open = rows;
    for (let attempt = 1; open.length > 0; attempt += 1) {
      if (attempt > ATTEMPTS) {
        skipped.push(...open.flatMap(skippedOf));
        break;
      }
      const result = writeOnce(open, recall, writeBeside);
      written += result.written;
      skipped.push(...result.skipped);
      open = result.moved;
      if (open.length > 0) forgetLayout();
    }
    if (beside !== undefined) {
      writeBeside();
      SpreadsheetApp.flush();
    }
    return { written, skipped };
  };

  const append = createAppend(sheet, reader, reading, notes, (rows) => {
    write(rows, () => undefined);
  });

  return {
    recover,
    read: reader.readAll,
    ids: reader.ids,
    readRows: reader.readRows,
    write,
    writeAt: createWriteAt(sheet, reader, reading),
    ...createHeaders(sheet, reader, reading),
    mark: createMark(sheet, reader),
    ...createRemoval(sheet, reader, reading, notes),
    append: (rows) => withinLimits(() => append(rows)),
  };
};

/** `id/column`: ids have no slash, columns may. */
const splitName = (name: string): readonly [string, string] => {
  const slash = name.indexOf('/');
  return [name.slice(0, slash), name.slice(slash + 1)];
};
