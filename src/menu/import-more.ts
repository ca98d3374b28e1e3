/** Menu commands: the rest of Affinity as tables. */

import { activityColumns, listActivityCost, tableInFront } from '../sync/runs/activity';
import { availableColumns, availableLists, type Desk, importDataset } from '../sync/runs/desk';
import { hasCharts, redrawCharts } from '../sync/runs/draw-charts';
import { trackedFields } from '../sync/runs/manage-affinity';
import type { Run } from '../sync/runs/run';
import { askScope } from './ask-scope';
import { guarded } from './guard';
import { daysIn, notDays, numbered } from './import-activity';
import { pullReport } from './pull-report';

const begin = (desk: Desk, run: Run, title: string, dataset: string, parameters: { readonly title: string }): void => {
  const { result } = importDataset(desk, run, { dataset, parameters });
  const where = hasCharts(dataset) ? '\n\nThe charts of it are to the right of the table.' : '';
  desk.ui.say(`${title}: ${parameters.title}`, `${pullReport(result)}${where}`);
};

/** Words of a directory that is asked for: its dataset, its name, and whether records come with interaction dates. */
const DIRECTORIES = {
  persons: { caption: 'Show people', noun: 'People', hasDates: true },
  organizations: { caption: 'Show organizations', noun: 'Organizations', hasDates: true },
  opportunities: { caption: 'Show opportunities', noun: 'Opportunities', hasDates: false },
} as const;

const showDirectory = (desk: Desk, dataset: keyof typeof DIRECTORIES): void => {
  const { caption, noun, hasDates } = DIRECTORIES[dataset];
  guarded(desk, caption, () => {
    const term = desk.ui.ask(
      caption,
      `Which ${noun.toLowerCase()}? Enter a part of the name, e-mail address or domain; empty means all.`,
    );
    if (term === null) return;
    const dates = hasDates
      ? desk.ui.ask(
          caption,
          'With the dates of their interactions? Empty means no. “yes” adds them; days such as 2026-01-01 to 2026-06-30 add them and leave those whose last interaction was then. Records without any interaction stay out.',
        )
      : '';
    if (dates === null) return;
    const isPlain = dates.trim() === '' || dates.trim().toLowerCase() === 'yes';
    const days = isPlain ? {} : daysIn(dates);
    if (days === null) {
      desk.ui.say(caption, notDays(dates));
      return;
    }
    begin(desk, desk.openRun(), caption, dataset, {
      title: term.trim() === '' ? noun : `${noun} “${term.trim()}”`,
      ...(term.trim() === '' ? {} : { term: term.trim() }),
      ...(dates.trim() === '' ? {} : { withDates: true }),
      ...(days.from === undefined ? {} : { lastFrom: days.from }),
      ...(days.to === undefined ? {} : { lastTo: days.to }),
    } as { readonly title: string });
  });
};

export const showPersonsCommand = (desk: Desk): void => showDirectory(desk, 'persons');
export const showOrganizationsCommand = (desk: Desk): void => showDirectory(desk, 'organizations');
export const showOpportunitiesCommand = (desk: Desk): void => showDirectory(desk, 'opportunities');

/** One of several by number or name; null with a word to the person. */
export const chooseOne = <T extends { readonly name: string }>(
  desk: Desk,
  title: string,
  question: string,
  offers: readonly T[],
): T | null => {
  const answer = desk.ui.ask(title, `${question}\n\n${numbered(offers.map(({ name }) => name))}`);
  if (answer === null) return null;
  const wanted = answer.trim().toLowerCase();
  const named = offers.filter(({ name }) => name.toLowerCase() === wanted);
  const chosen = /^\d+$/.test(wanted) ? offers[Number(wanted) - 1] : named.length === 1 ? named[0] : undefined;
  if (chosen === undefined) desk.ui.say(title, `“${answer.trim()}” is none of these. Nothing was done.`);
  return chosen ?? null;
};

/** The list on the tab in front, or the one that the person picks. */
export const chooseList = (desk: Desk, run: Run, title: string) => {
  const front = tableInFront(desk);
  const lists = availableLists(run);
  const id = front?.saved.dataset === 'list' ? (front.saved.parameters as { readonly listId: number }).listId : null; // as stored
  return (
    lists.find((list) => list.id === id) ?? chooseOne(desk, title, 'Of which list? Enter its number or name.', lists)
  );
};

const HISTORY = 'Show field history';
const VIEWS = [
  { name: 'All changes', dataset: 'fieldHistory' },
  { name: 'Time in each stage', dataset: 'stageTimes' },
  { name: 'Funnel by stage', dataset: 'funnel' },
  { name: 'Moves between stages', dataset: 'stageMoves' },
] as const;

/** Ranked dropdowns are the fields whose values are stages. */
const RANKED = 7;

export const showHistoryCommand = (desk: Desk): void =>
  guarded(desk, HISTORY, () => {
    const run = desk.openRun();
    const list = chooseList(desk, run, HISTORY);
    if (list === null) return;
    const fields = trackedFields(run, list.id);
    if (fields.length === 0) {
      desk.ui.say(HISTORY, `Affinity keeps the history of no field of “${list.name}”.`);
      return;
    }
    const field = chooseOne(
      desk,
      HISTORY,
      'Of which field? Affinity keeps the history of these. Enter a number or a name.',
      fields,
    );
    if (field === null) return;
    const view =
      field.value_type === RANKED ? chooseOne(desk, HISTORY, 'What of it? Enter a number.', VIEWS) : VIEWS[0];
    if (view === null) return;
    begin(desk, run, HISTORY, view.dataset, {
      title: `${view.name}: ${field.name} of ${list.name}`,
      ...{ listId: list.id, fieldId: field.id },
    });
  });

const CHARTS = 'Draw the charts again';

export const redrawChartsCommand = (desk: Desk): void =>
  guarded(desk, CHARTS, () => {
    const drawn = redrawCharts(desk);
    desk.ui.say(
      CHARTS,
      drawn === null
        ? 'The tab in front has no charts of the add-on’s. Open the tab with the time in each stage, the funnel or the moves first.'
        : drawn === 0
          ? 'The charts of this table are all there.'
          : `${drawn === 1 ? 'One chart was' : `${drawn} charts were`} drawn again. ${drawn === 1 ? 'It stands' : 'They stand'} to the right of the table.`,
    );
  });

const STRENGTHS = 'Show relationship strengths';
const FILES = 'Show files';

const showScoped = (desk: Desk, caption: string, dataset: string, noun: string, hasEverything: boolean): void =>
  guarded(desk, caption, () => {
    const run = desk.openRun();
    const chosen = askScope(desk, run, caption, hasEverything);
    if (chosen === null) return;
    begin(desk, run, caption, dataset, { title: `${noun} of ${chosen.of}`, ...{ scope: chosen.scope } });
  });

export const showStrengthsCommand = (desk: Desk): void =>
  showScoped(desk, STRENGTHS, 'strengths', 'Relationships', false);
export const showFilesCommand = (desk: Desk): void => showScoped(desk, FILES, 'files', 'Files', true);

const showAll = (desk: Desk, caption: string, dataset: string, title: string): void =>
  guarded(desk, caption, () => begin(desk, desk.openRun(), caption, dataset, { title }));

export const showWebhooksCommand = (desk: Desk): void => showAll(desk, 'Show webhooks', 'webhooks', 'Webhooks');
export const showFieldsCommand = (desk: Desk): void =>
  showAll(desk, 'Show lists and fields', 'fields', 'Lists and fields');

const WITH_ACTIVITY = 'Import a list with activity';

export const importWithActivityCommand = (desk: Desk): void =>
  guarded(desk, WITH_ACTIVITY, () => {
    const run = desk.openRun();
    const list = chooseOne(desk, WITH_ACTIVITY, 'Which list? Enter its number or name.', availableLists(run));
    if (list === null) return;
    const answer = desk.ui.ask(
      WITH_ACTIVITY,
      `Which columns beside its fields? Enter their numbers with commas between; empty means all.\n\n${numbered(activityColumns.map(({ name }) => name))}`,
    );
    if (answer === null) return;
    const numbers = answer
      .split(/[,;\s]+/)
      .filter((text) => text !== '')
      .map(Number);
    const chosen =
      numbers.length === 0 ? activityColumns : numbers.flatMap((number) => activityColumns[number - 1] ?? []);
    if (numbers.some((number) => activityColumns[number - 1] === undefined)) {
      desk.ui.say(WITH_ACTIVITY, `“${answer.trim()}” names a column that is not there. Nothing was imported.`);
      return;
    }
    const keys = chosen.map(({ key }) => key);
    const { calls, isAffordable } = listActivityCost(desk, run, list, keys);
    const warning = isAffordable
      ? ''
      : ' That is more than you may use this month, so the import will stop before its end.';
    const question = `“${list.name}” has ${list.list_size} rows: at least ${calls.least} calls to Affinity, and more for the people behind them.${warning} Each refresh takes as many.`;
    if (desk.ui.confirm(WITH_ACTIVITY, question, 'ok-cancel') !== 'yes') return;
    const columns = [...availableColumns(run, list.id).map(({ key }) => key), ...keys];
    const { result } = importDataset(desk, run, { dataset: 'list', parameters: { listId: list.id } }, columns);
    desk.ui.say(`${WITH_ACTIVITY}: ${list.name}`, pullReport(result));
  });
