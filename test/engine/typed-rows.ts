/** Rows that a person types below an import's table, and the commands of the import that have to do with them. */
import type { Cell } from '../../src/sync/cells/cell';
import { ID_COLUMN, idIn } from '../../src/sync/row-id';
import { previewPush, pushImport, refreshImport } from '../../src/sync/runs/desk';
import type { FakeRow } from '../fakes/fake-workbook';
import type { Stage } from './stage';

const nothing = { sendClears: false, choices: new Map() };

/** `importId`: the import of the newest tab, whose columns go by their headers here. */
export const typedRows = (stage: Stage, importId: string) => {
  const preview = () => previewPush(stage.run(), importId);
  return {
    typeRow: (cells: Readonly<Record<string, Cell>>): FakeRow => stage.typeRow(cells),
    cellOf: (row: FakeRow, header: string): Cell => row.cells.get(stage.column(header)) ?? null,
    idOf: (row: FakeRow): string | null => idIn(row.cells.get(ID_COLUMN) ?? null),
    preview,
    /** What the preview says of each new row, after its fate. */
    says: () => preview().newRows.map(({ fate, says }) => `${fate}: ${says}`),
    push: (options: Partial<Parameters<typeof pushImport>[3]> = {}) =>
      pushImport(stage.desk, stage.run(), importId, { ...nothing, ...options }),
    refresh: () => refreshImport(stage.desk, stage.run(), importId),
  };
};
