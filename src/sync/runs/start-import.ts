/**
 * A new import: what is wanted first, in its hidden state, then the tab, then the note that the tab is there. Killed in between, the
 * next refresh makes what is missing; a tab that was made and never noted is found again by its name and its emptiness.
 */
import type { Source } from '../datasets/dataset';
import { chartsOf, type DatasetChoice } from '../datasets/registry';
import { LEASE_MS } from '../limits';
import { isJournalId } from '../state/journal';
import { DEFAULT_SETTINGS, NO_TAB, readImport, type SavedImport, writeImport } from '../state/saved-import';
import { labelsOf } from './relabel';
import type { Run } from './run';
import { looksOf } from './table-columns';

/** The moment at which an import was begun, from its id; ids of another form are as old as can be. */
const begunAt = (importId: string): number =>
  /^i[0-9a-z]+$/.test(importId) ? Number.parseInt(importId.slice(1), 36) : 0;

/** Removes states of runs that died before they wrote what they wanted. */
const removeUnbegun = ({ workbook, clock }: Run): void => {
  for (const id of workbook.states()) {
    const isDead = !isJournalId(id) && clock.now() - begunAt(id) > LEASE_MS;
    if (isDead && workbook.state(id).first().length === 0) workbook.forget(id, NO_TAB);
  }
};

/**
 * Saves what is to be imported; gives it. The tab and the rows come with the first pull.
 * `importId` is chosen by the caller and is new in this file.
 */
export const startImport = (
  run: Run,
  importId: string,
  { dataset, parameters }: DatasetChoice,
  source: Source,
  tab: string,
): SavedImport => {
  const { workbook } = run;
  removeUnbegun(run);
  const saved: SavedImport = {
    id: importId,
    dataset,
    parameters,
    tabId: NO_TAB,
    tab: workbook.freeTitle(tab),
    spreadsheetId: workbook.spreadsheetId,
    title: source.title,
    columns: source.columns.map(({ key }) => key),
    lastPull: null,
    labels: [],
    settings: DEFAULT_SETTINGS,
  };
  writeImport(workbook.createState(importId), saved);
  workbook.flush();
  run.log.write({ event: 'import', import: importId, columns: source.columns.length });
  return saved;
};

/** Makes the import's tab unless it is there, and gives the import with its tab. */
export const withTab = (run: Run, saved: SavedImport, source: Source): SavedImport => {
  if (saved.tabId !== NO_TAB) return saved;
  const { workbook } = run;
  const { tabId } = workbook.createTable(saved.id, saved.tab, looksOf(source.columns));
  workbook.drawCharts(saved.id, tabId, chartsOf(saved.dataset));
  const wanted = readImport(workbook.state(saved.id));
  const made = { ...wanted, tabId, labels: labelsOf(wanted, source.columns, null) };
  writeImport(workbook.state(saved.id), made);
  workbook.flush();
  return made;
};
