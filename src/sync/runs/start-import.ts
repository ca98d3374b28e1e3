/** A new import: its hidden state first, then its tab, then the first pull. Killed in between, the next refresh goes on. */
import type { Source } from '../datasets/dataset';
import { writeImport } from '../state/saved-import';
import type { Run } from './run';
import { looksOf } from './table-columns';

/**
 * Makes the table of a list and saves the import; gives the import's id. The rows come with the first pull.
 * `importId` is chosen by the caller and is new in this file.
 */
export const startImport = (run: Run, importId: string, listId: number, source: Source, tab: string): void => {
  const { workbook } = run;
  const state = workbook.createState(importId);
  const { tabId } = workbook.createTable(importId, tab, looksOf(source.columns));
  writeImport(state, {
    id: importId,
    listId,
    tabId,
    spreadsheetId: workbook.spreadsheetId,
    title: source.title,
    columns: source.columns.map(({ key }) => key),
    lastPull: null,
  });
  workbook.flush();
  run.log.write({ event: 'import', import: importId, columns: source.columns.length });
};
