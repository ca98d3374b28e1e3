/** What people set for an import. Kept with it, so that everyone who works on it shares it. */
import { type ImportSettings, readImport, type SavedImport, writeImport } from '../state/saved-import';
import type { Desk } from './desk';

/** Changes settings of an import, at once also in its table. @throws SheetError */
export const changeSettings = (
  desk: Pick<Desk, 'workbook'>,
  { id, tabId }: SavedImport,
  change: Partial<ImportSettings>,
): void => {
  const workbook = desk.workbook();
  const saved = readImport(workbook.state(id));
  writeImport(workbook.state(id), { ...saved, settings: { ...saved.settings, ...change } });
  workbook.flush();
  if (change.marks !== undefined && workbook.tabTitle(tabId) !== null) workbook.table(id, tabId).mark(change.marks);
};
