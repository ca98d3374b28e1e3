/** The table of a saved import, as long as the import belongs to this file. */
import { SheetError, type TablePort } from '../ports';
import { type SavedImport, writeImport } from '../state/saved-import';
import type { Run } from './run';

/** Whether the import came with a copied file: its rows are another file's too. */
export const isCopied = (run: Pick<Run, 'workbook'>, saved: SavedImport): boolean =>
  saved.spreadsheetId !== run.workbook.spreadsheetId;

/** Makes a copied import this file's own. */
export const relink = ({ workbook }: Pick<Run, 'workbook'>, saved: SavedImport): void => {
  writeImport(workbook.state(saved.id), { ...saved, spreadsheetId: workbook.spreadsheetId });
  workbook.flush();
};

/** @throws SheetError sheet/copied-file, sheet/tab-gone, each with the import's title */
export const linkedTable = (run: Run, saved: SavedImport): TablePort => {
  if (isCopied(run, saved)) throw new SheetError('sheet/copied-file', saved.title);
  if (run.workbook.tabTitle(saved.tabId) === null) throw new SheetError('sheet/tab-gone', saved.title);
  return run.workbook.table(saved.id, saved.tabId);
};
