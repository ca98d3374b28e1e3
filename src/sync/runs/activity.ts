/**
 * What the commands about notes, reminders and interactions need to know before they begin: whose are meant, who is called so, and
 * what it will cost. Reads only.
 */
import { type Estimate, estimate } from '../../api/estimate';
import type { List } from '../../api/records';
import { type InteractionsWanted, interactionsPlan } from '../datasets/interactions';
import { importPlan } from '../datasets/list';
import { ACTIVITY_COLUMNS, activityPlan } from '../datasets/list-activity';
import { LINK_COLUMNS } from '../datasets/list-links';
import type { NotesWanted } from '../datasets/notes';
import type { RemindersWanted } from '../datasets/reminders';
import { entityFrom, type Scope } from '../datasets/scope';
import type { TablePort, Workbook } from '../ports';
import { idIn } from '../row-id';
import { openBaseline } from '../state/baseline';
import type { SavedImport } from '../state/saved-import';
import { type Desk, savedImports } from './desk';
import type { Run } from './run';

/** What each of these datasets is asked for. */
export interface ActivityWanted {
  readonly notes: NotesWanted;
  readonly reminders: RemindersWanted;
  readonly interactions: InteractionsWanted;
}
export type ActivityKey = keyof ActivityWanted;

/** A row that the person selected. */
export interface SelectedRow {
  readonly key: string;
  /** What it is about, e.g. `8:117`; its own key where it is about itself. */
  readonly entity: string;
}

/** The table on the tab in front, and what is selected there. */
export interface TableInFront {
  readonly saved: SavedImport;
  readonly selected: readonly SelectedRow[];
}

/** Ids of the selected rows, top to bottom, each once. */
const selectedIds = (table: TablePort, workbook: Workbook): readonly string[] => {
  const { ids, firstRowNumber } = table.ids();
  const blocks = workbook.selectedRows();
  const isSelected = (rowNumber: number): boolean =>
    blocks.some(({ first, last }) => rowNumber >= first && rowNumber <= last);
  return [...new Set(ids.flatMap((cell, index) => (isSelected(firstRowNumber + index) ? (idIn(cell) ?? []) : [])))];
};

/** The import on the tab in front with its selected rows, or null where the tab holds none. @throws SheetError */
export const tableInFront = (desk: Pick<Desk, 'workbook'>): TableInFront | null => {
  const workbook = desk.workbook();
  const tab = workbook.activeTabId();
  const saved = savedImports(desk).find(({ tabId }) => tabId === tab);
  if (saved === undefined) return null;
  const baseline = openBaseline(workbook.state(saved.id));
  const selected = selectedIds(workbook.table(saved.id, saved.tabId), workbook).flatMap((key) => {
    const row = baseline.get(key);
    return row === undefined ? [] : [{ key, entity: row.entity }];
  });
  return { saved, selected };
};

/** The persons, organizations and opportunities behind selected rows, each once. */
export const entitiesBehind = (rows: readonly SelectedRow[]): readonly string[] => [
  ...new Set(rows.map(({ entity }) => entity).filter((entity) => entityFrom(entity) !== null)),
];

/** All of a table: the list itself where it is one, so that rows that come later are meant too; else what its rows are about. */
export const scopeOfTable = (desk: Pick<Desk, 'workbook'>, { id, dataset, parameters }: SavedImport): Scope => {
  if (dataset === 'list') return { listId: (parameters as { readonly listId: number }).listId }; // as `datasets.list` stores it
  const baseline = openBaseline(desk.workbook().state(id));
  return { entities: entitiesBehind([...baseline.keys].flatMap((key) => baseline.get(key) ?? [])) };
};

const KINDS = [
  ['person', 'persons', 0],
  ['organization', 'organizations', 1],
  ['opportunity', 'opportunities', 8],
] as const;

/** Records that are called so. `label` tells them apart. */
export interface FoundEntity {
  readonly entity: string;
  readonly label: string;
}

/** Who or what is meant by a name, an e-mail address or a domain; several where it is not clear. @throws ApiError */
export const findEntities = (
  run: Run,
  text: string,
  kinds: readonly ('person' | 'organization' | 'opportunity')[] = KINDS.map(([kind]) => kind),
): readonly FoundEntity[] =>
  KINDS.filter(([kind]) => kinds.includes(kind)).flatMap(([kind, book, type]): readonly FoundEntity[] => {
    run.names.search(kind, [text]);
    const names = run.names[book];
    const found = names.find(text);
    if (found.kind === 'one') return [{ entity: `${type}:${found.id}`, label: names.label(found.id) }];
    return found.kind === 'none' ? [] : found.labels.map((label) => ({ entity: '', label }));
  });

/** The one who or what is meant, or why that is not clear: a whole sentence. @throws ApiError */
export const entityNamed = (
  run: Run,
  text: string,
  kinds?: Parameters<typeof findEntities>[2],
): FoundEntity | string => {
  const found = findEntities(run, text, kinds);
  const [first, ...others] = found;
  if (first !== undefined && others.length === 0 && first.entity !== '') return first;
  const labels = found.slice(0, 6).map(({ label }) => label);
  return first === undefined
    ? `Affinity has nobody and nothing called “${text}” that you can see.`
    : `More than one is called “${text}”. Write one of: ${labels.join(', ')}.`;
};

/** What reading these interactions costs, further pages of a hundred not counted. A list costs one call to ask for its size. */
export const interactionsCost = (desk: Pick<Desk, 'settings'>, run: Run, wanted: InteractionsWanted): Estimate => {
  const { listId, entities = [] } = wanted.scope;
  const count = listId === undefined ? entities.length : run.api.lists.get({ path: { list_id: listId } }).list_size;
  const span = { now: run.clock.now(), localTime: (instant: number) => run.workbook.localTime(instant) };
  return estimate(interactionsPlan(wanted, count, span), run.api.quota(), desk.settings.read().monthlyFloor);
};

/** Columns of activity that a list may have, and those who take part in an opportunity, in words. */
export const activityColumns: readonly { readonly key: string; readonly name: string }[] = [
  ...ACTIVITY_COLUMNS.map(({ key, header }) => ({ key, name: header })),
  ...LINK_COLUMNS.map(({ key, header }) => ({ key, name: `${header} of an opportunity` })),
];

/** What an import of a list with these columns of activity costs, the people behind its rows not counted. */
export const listActivityCost = (
  desk: Pick<Desk, 'settings'>,
  run: Run,
  list: List,
  keys: readonly string[],
): Estimate =>
  estimate(
    [...importPlan(list.list_size), ...activityPlan(list.list_size, keys)],
    run.api.quota(),
    desk.settings.read().monthlyFloor,
  );
