/**
 * What the commands about notes, reminders and interactions need to know before they begin: whose are meant, who is called so, and
 * what it will cost. Reads only.
 */
import { type Estimate, estimate } from '../../api/estimate';
import { EntityType, type List } from '../../api/records';
import { type InteractionsWanted, interactionsPlan } from '../datasets/interaction-reading';
import { importPlan } from '../datasets/list';
import { ACTIVITY_COLUMNS, activityPlan } from '../datasets/list-activity';
import { LINK_COLUMNS } from '../datasets/list-links';
import type { NotesWanted } from '../datasets/notes';
import type { RemindersWanted } from '../datasets/reminders';
import { entityFrom, idsOf, type Scope } from '../datasets/scope';
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

/** The persons among entities, by their numbers. */
export const personsAmong = (entities: readonly string[]): readonly number[] => idsOf(entities, EntityType.person);

/** All of a table: the list itself where it is one, so that rows that come later are meant too; else what its rows are about. */
export const scopeOfTable = (desk: Pick<Desk, 'workbook'>, { id, dataset, parameters }: SavedImport): Scope => {
  if (dataset === 'list') return { listId: (parameters as { readonly listId: number }).listId }; // as `datasets.list` stores it
  const baseline = openBaseline(desk.workbook().state(id));
  return { entities: entitiesBehind([...baseline.keys].flatMap((key) => baseline.get(key) ?? [])) };
};

const KINDS = [
  ['person', 'persons', EntityType.person],
  ['organization', 'organizations', EntityType.organization],
  ['opportunity', 'opportunities', EntityType.opportunity],
] as const;

/** So many of those that a name may mean are told. */
const NAMED_LABELS = 6;

type Kind = (typeof KINDS)[number][0];

/** A person, organization or opportunity that somebody named. `label` tells it from others of its name. */
export interface FoundEntity {
  /** E.g. `8:117`. */
  readonly entity: string;
  /** The number in it, e.g. 117. */
  readonly id: number;
  readonly label: string;
}

/**
 * The one who or what is meant by a name, an e-mail address or a domain, or why that is not clear: a whole sentence. `kinds`: what may
 * be meant, everything without it. @throws ApiError
 */
export const entityNamed = (run: Run, text: string, kinds?: readonly Kind[]): FoundEntity | string => {
  const found: FoundEntity[] = [];
  const labels: string[] = [];
  for (const [kind, book, type] of KINDS) {
    if (kinds?.includes(kind) === false) continue;
    run.names.search(kind, [text]);
    const names = run.names[book];
    const match = names.find(text);
    if (match.kind === 'one') {
      const label = names.label(match.id);
      found.push({ entity: `${type}:${match.id}`, id: match.id, label });
      labels.push(label);
    } else if (match.kind === 'many') labels.push(...match.labels);
  }
  const [first] = found;
  if (first !== undefined && labels.length === 1) return first;
  return labels.length === 0
    ? `Affinity has nobody and nothing called “${text}” that you can see.`
    : `More than one is called “${text}”. Write one of: ${labels.slice(0, NAMED_LABELS).join(', ')}.`;
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
