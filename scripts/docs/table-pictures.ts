/** Pictures of the tables beside the list: each is made by its command, as the guide tells it. */
import type { Stage } from '../../test/browser/stage';
import { type Album, fillAlbum, SIZE } from './album';
import { LIST, nameAll } from './deals';

/** Chooses a command and answers its questions; the last word has to be about `rows`. */
const show = async (stage: Stage, menu: string, caption: string, ...answers: readonly string[]): Promise<void> => {
  await stage.chooseMenu(menu, caption);
  for (const answer of answers) await stage.answer('OK', answer);
  for (let said = await stage.answer('OK'); !/read from Affinity/.test(said); said = await stage.answer('OK')) {
    if (!/calls to Affinity/.test(said)) throw new Error(`${caption}: ${said}`);
  }
  await stage.idle();
};

const ACTIVITY = 'Activity';
const MORE = 'More from Affinity';

/** Comes back to the list, with these cells selected. */
const onList = async (stage: Stage, cells: string): Promise<void> => {
  await stage.showTab(LIST);
  await stage.goTo(cells);
  await stage.saved();
};

const activity = async (stage: Stage, album: Album): Promise<void> => {
  await onList(stage, 'B2:B9');
  await show(stage, ACTIVITY, 'Show notes', '1', '');
  await album.page('notes', 420);
  await onList(stage, 'A1');
  await show(stage, ACTIVITY, 'Show reminders', '2', '', '', '');
  await album.page('reminders', 420);
  await onList(stage, 'B2:B9');
  await show(stage, ACTIVITY, 'Show interactions', '1', '2024-11-01', '');
  await album.page('interactions', 420);
  await stage.chooseMenu(ACTIVITY, 'Import a list with activity');
  await stage.answer('OK', LIST);
  await stage.answer('OK', '');
  for (let said = ''; !/read from Affinity/.test(said); ) said = await stage.answer('OK');
  await stage.goTo(await stage.at(2, 'Open in Affinity'));
  await stage.goTo(await stage.at(2, 'Last meeting'));
  await album.page('activity-columns', 420);
};

/** The views of a field's history, in the order of the command; those with charts say how high these are in all, in pixels. */
const VIEWS = [
  { name: 'field-history', charts: 0 },
  { name: 'stage-times', charts: 330 },
  { name: 'funnel', charts: 1010 },
  { name: 'stage-moves', charts: 490 },
];
/** What stands above the first row of a sheet, in pixels. */
const ABOVE_ROWS = 180;

const history = async (stage: Stage, album: Album): Promise<void> => {
  for (const [index, { name, charts }] of VIEWS.entries()) {
    await onList(stage, 'A1');
    await show(stage, MORE, 'Show field history', 'Status', String(index + 1));
    await stage.goTo('A1');
    await album.page(name, 420);
    if (charts === 0) continue;
    const height = ABOVE_ROWS + charts;
    await stage.page.setViewportSize({ ...SIZE, height: Math.max(SIZE.height, height + 40) });
    await stage.goTo('Z2');
    // The charts begin beside the last column.
    await stage.goTo(await stage.at(2, 'Sync status'));
    await album.page(`${name}-charts`, height);
    await stage.page.setViewportSize(SIZE);
  }
};

const directories = async (stage: Stage, album: Album): Promise<void> => {
  await show(stage, MORE, 'Show people', 'northlight', '');
  await album.page('persons', 420);
  await show(stage, MORE, 'Show organizations', 'health', '');
  await album.page('organizations', 420);
  await show(stage, MORE, 'Show opportunities', 'Seed');
  await album.page('opportunities', 420);
};

const services = async (stage: Stage, album: Album): Promise<void> => {
  await onList(stage, 'B2:B6');
  await show(stage, MORE, 'Show relationship strengths', '1');
  await album.page('strengths', 420);
  await onList(stage, 'B2:B6');
  await show(stage, MORE, 'Show files', '3');
  await album.page('files', 420);
  // Affinity tries an address at once; nobody answers at these.
  await stage.workbench.affinity?.control('setRule', { rule: 'webhook-url-answers', on: false });
  for (const [path, events] of [
    ['deals', ['list_entry.created', 'list_entry.deleted']],
    ['notes', ['note.created']],
  ] as const) {
    await stage.affinity('POST', '/webhook/subscribe', {
      webhook_url: `https://hooks.northlight.example/${path}`,
      subscriptions: events,
    });
  }
  await show(stage, MORE, 'Show webhooks');
  await album.page('webhooks', 420);
  await show(stage, MORE, 'Show lists and fields');
  await album.page('fields', 420);
};

/** Takes the pictures; gives the names of those that look different now. */
export const takeTablePictures = (folder: string): Promise<readonly string[]> =>
  fillAlbum(folder, async (stage, album) => {
    await nameAll(stage);
    await stage.connect();
    await stage.importList();
    await activity(stage, album);
    await history(stage, album);
    await directories(stage, album);
    await services(stage, album);
  });
