/**
 * Every endpoint is reached by the commands and the sidebar's forms that `local/affinity/doors.ts` names: an analyst walks through each
 * of them, and the emulator's counter of the endpoint moves, with a good answer. Twenty seconds.
 */
import { findEndpoints } from '../../local/affinity';
import type { ActivityRpc, ActivityWantedView, Rpc } from '../../src/sidebar/rpc';
import { Desktop, LIST_IDS, letters } from './desktop';
import { rpcOf } from './unattended';

const PIPELINE = 'Deal Pipeline';
const COMPANIES = 'Companies';
const enter = (text: string) => ({ button: 'OK' as const, text });
type Answer = Parameters<Desktop['click']>[1];

/** Endpoints that each command or form reached. */
const reached = new Map<string, Set<string>>();

class Walker {
  readonly desktop = new Desktop({ affinity: { entries: 30 } });

  /** Goes through a door, and notes which endpoints answered well. Gives what was said there. */
  #through<T>(door: string, act: () => T): T {
    const { counter } = this.desktop.affinity;
    counter.reset();
    const said = act();
    const { byEndpoint, byStatus } = counter.read();
    const bad = Object.keys(byStatus).filter((status) => !/^[23]/.test(status) && status !== '404');
    if (bad.length > 0) throw new Error(`${door} was answered with ${bad.join(', ')}: ${said}`);
    const known = reached.get(door) ?? new Set();
    for (const name of Object.keys(byEndpoint)) known.add(name);
    reached.set(door, known);
    return said;
  }

  /** Clicks a command. Gives what the last dialog said. */
  click(caption: string, ...answers: Answer[]): string {
    return this.#through(caption, () => this.desktop.click(caption, ...answers));
  }

  /** Sends a form of the sidebar's page of notes, reminders and interactions. Gives the server's answer. */
  send<N extends keyof ActivityRpc>(
    form: string,
    name: N,
    ...args: Parameters<ActivityRpc[N]>
  ): ReturnType<ActivityRpc[N]> {
    return this.#through(`Sidebar/Notes, reminders, interactions/${form}`, () => this.#rpc(name, ...args));
  }

  /** Has the page show records as a table, whose rows come by pulls. */
  sendForTable(wanted: Partial<ActivityWantedView>): void {
    this.#through('Sidebar/Notes, reminders, interactions/Show as a table', () => {
      const importId = this.#rpc('showActivity', { ...EVERYTHING, ...wanted });
      const slice = this.#rpc('pull', importId, 'ticket', false);
      if (slice.kind !== 'done') throw new Error(`${wanted.dataset}: ${slice.kind}`);
    });
  }

  #rpc<N extends keyof Rpc>(name: N, ...args: Parameters<Rpc[N]>): ReturnType<Rpc[N]> {
    return rpcOf(this.desktop, 'analyst@example.com')(name, ...args);
  }

  get tabs(): string[] {
    return this.desktop.google.snapshot(this.desktop.file).sheets.map(({ name }) => name);
  }

  /** Clicks a command that makes a tab; gives the tab's name. */
  show(caption: string, ...answers: Answer[]): string {
    const before = this.tabs;
    const said = this.click(caption, ...answers, 'OK');
    const made = this.tabs.find((name) => !before.includes(name) && !name.startsWith('_'));
    if (made === undefined) throw new Error(`${caption} made no tab: ${said}`);
    return made;
  }

  select(tab: string, a1: string): void {
    this.desktop.person().select(tab, a1);
  }

  /** Ids of rows for which a column shows something that fits. */
  rowsWhere(tab: string, header: string, isFit: (text: string) => boolean): string[] {
    return this.desktop.ids(tab).filter((id) => isFit(this.sees(tab, id, header)));
  }

  sees(tab: string, id: string, header: string): string {
    return this.desktop.person().sees(tab, this.desktop.at(id, header, tab));
  }

  /** Types into a cell and pushes; the edit has to arrive. */
  edit(tab: string, id: string, header: string, text: string): void {
    this.desktop.person().type(tab, this.desktop.at(id, header, tab), text);
    this.select(tab, 'A1');
    const said = this.click('Push my edits', 'OK', 'OK');
    if (!/1 cell in 1 row sent/.test(said)) throw new Error(`${tab}, ${header}: ${said}`);
  }

  /** Types a row below a table and pushes; it has to be added. Gives its id. */
  add(tab: string, cells: Readonly<Record<string, string>>): string {
    const [headers = [], ...rows] = this.desktop.table(tab);
    for (const [header, text] of Object.entries(cells)) {
      this.desktop.person().type(tab, `${letters(headers.indexOf(header))}${rows.length + 2}`, text);
    }
    const before = this.desktop.ids(tab);
    this.select(tab, 'A1');
    const said = this.click('Push my edits', 'OK', 'OK');
    const added = this.desktop.ids(tab).find((id) => !before.includes(id));
    if (added === undefined) throw new Error(`${tab}: ${said}`);
    return added;
  }

  remove(tab: string, id: string): void {
    this.select(tab, this.desktop.at(id, this.desktop.table(tab)[0]?.[1] ?? '', tab));
    const said = this.click('Delete the selected rows in Affinity', 'OK', 'OK');
    if (!/1 row deleted/.test(said)) throw new Error(`${tab}: ${said}`);
  }

  /** The row of somebody's new record. */
  rowOf(tab: string, header: string, text: string): string {
    const [id] = this.rowsWhere(tab, header, (shown) => shown === text);
    if (id === undefined) throw new Error(`${tab}: no row with ${header} ${text}`);
    return id;
  }
}

/** What the page's form of tables asks for before anything is chosen. */
const EVERYTHING: ActivityWantedView = {
  ...{ dataset: 'notes', whose: 'all', records: [], named: '', person: '', from: '', to: '' },
  ...{ status: null, type: null, types: [], direction: null, isManualOnly: false },
};

/** The sidebar's page of notes, reminders and interactions, about one opportunity. `people`: who took part, as the page takes names. */
const walkForms = (walker: Walker, people: string): void => {
  const [deal] = walker.desktop.affinity.world.opportunities.keys();
  const on = [`8:${deal}`];
  const made = { made: 1, unknown: 0, problems: [] };
  const note = { content: 'Sent by the walk', isHtml: false, isEach: false, author: '', date: '' };
  expect(walker.send('Note', 'writeNote', on, null, note)).toEqual(made);
  const [{ id = 0 } = {}] = walker.desktop.affinity.world.notes.all().filter(({ content }) => content === note.content);
  expect(walker.send('Reply', 'writeNote', [], id, note)).toEqual(made);
  const reminder = { content: 'Sent by the walk', day: '2027-01-16', days: 0, after: 0, owner: '' } as const;
  expect(walker.send('Reminder', 'makeReminder', on, reminder)).toEqual(made);
  expect(walker.send('Interaction', 'logInteraction', [], 0, null, '', people, 'Met by the walk')).toEqual(made);
  walker.sendForTable({ dataset: 'notes' });
  walker.sendForTable({ dataset: 'reminders' });
  walker.sendForTable({ dataset: 'interactions', whose: 'selected', records: on });
};

const walk = (): void => {
  const walker = new Walker();
  const { desktop } = walker;
  const more = (caption: string): string => `More from Affinity/${caption}`;
  walker.click('Connect to Affinity', enter('northlight-admin-key'), 'OK');
  walker.click('Import a list', enter(PIPELINE), 'OK');

  // The list itself.
  const [filled = '', emptied = '', gone = ''] = walker.rowsWhere(PIPELINE, 'Amount', (text) => text !== '');
  walker.edit(PIPELINE, filled, 'Amount', '77');
  desktop.person().clear(PIPELINE, desktop.at(emptied, 'Amount'));
  walker.select(PIPELINE, 'A1');
  walker.click('Push my edits', 'OK', 'YES', 'OK');
  walker.edit(PIPELINE, emptied, 'Amount', '5');
  desktop.api('DELETE', `/lists/${LIST_IDS.pipeline}/list-entries/${gone}`);
  walker.click('Refresh from Affinity', 'OK');
  walker.remove(PIPELINE, desktop.ids()[4] ?? '');
  walker.click('Import a list', enter(COMPANIES), 'OK');

  // Notes, reminders and interactions: read, edited, made, deleted.
  walker.select(PIPELINE, 'A1');
  const notes = walker.show('Activity/Show notes', enter('2'), enter(''));
  const [plain = ''] = walker.rowsWhere(notes, 'Kind', (text) => text === 'Text');
  walker.edit(notes, plain, 'Note', 'Edited by the walk');
  walker.select(PIPELINE, 'B2');
  walker.click('Activity/Write a note', enter('Written by the walk'), 'OK');
  walker.select(notes, 'A1');
  walker.click('Refresh from Affinity', 'OK');
  const written = walker.rowOf(notes, 'Note', 'Written by the walk');
  walker.select(notes, desktop.at(written, 'Note', notes));
  walker.click('Activity/Reply to the selected note', enter('Answered by the walk'), 'OK');
  walker.remove(notes, written);
  const [deal] = desktop.affinity.world.opportunities.keys();
  const typed = walker.add(notes, { Note: 'Typed by the walk', Opportunities: `#${deal}` });
  walker.remove(notes, walker.add(notes, { Note: 'Answer typed by the walk', 'Reply to note': typed }));

  walker.select(PIPELINE, 'B2');
  walker.click('Activity/Make a reminder', enter('Made by the walk'), enter('2027-01-15'), enter(''), 'OK');
  walker.select(PIPELINE, 'A1');
  const reminders = walker.show('Activity/Show reminders', enter('2'), enter(''), enter(''), enter(''));
  const made = walker.rowOf(reminders, 'Reminder', 'Made by the walk');
  walker.edit(reminders, made, 'Due', '2027-02-15');
  walker.select(reminders, desktop.at(made, 'Due', reminders));
  walker.click('Activity/Complete the selected reminders', 'OK', 'OK');
  walker.remove(reminders, made);
  walker.remove(reminders, walker.add(reminders, { Reminder: 'Typed by the walk', Due: '2027-03-15' }));

  walker.select(PIPELINE, 'A1');
  const interactions = walker.show('Activity/Show interactions', enter('1'), enter('2024-07-01'), enter(''), 'OK');
  const [byHand = ''] = walker.rowsWhere(interactions, 'Logged by', (text) => text !== '');
  walker.edit(interactions, byHand, 'Date', '2026-05-04 10:30');
  const people = walker.sees(interactions, byHand, 'People');
  walker.click('Activity/Log an interaction', enter('2'), enter(''), enter(people), enter('Logged by the walk'), 'OK');
  const said = { Type: 'Call', Date: '2026-05-05 10:30', 'What was said': 'Typed by the walk' };
  walker.remove(interactions, walker.add(interactions, { ...said, People: people }));
  walker.remove(interactions, byHand);
  walkForms(walker, people);

  // Directories.
  walker.click(more('Add a record'), enter('1'), enter('Ada; Walker; ada@walk.example'), 'OK');
  walker.click(more('Add a record'), enter('2'), enter('Walk & Sons; walk.example'), 'OK');
  walker.click(more('Add a record'), enter('3'), enter(PIPELINE), enter('Walk – Seed'), 'OK');
  const persons = walker.show(more('Show people'), enter('ada@walk.example'), enter(''));
  const ada = walker.rowOf(persons, 'Last name', 'Walker');
  walker.edit(persons, ada, 'Last name', 'Stroller');
  walker.remove(persons, ada);
  walker.remove(persons, walker.add(persons, { 'First name': 'Zed', 'Last name': 'Walker' }));
  const organizations = walker.show(more('Show organizations'), enter('walk.example'), enter(''));
  const walk = walker.rowOf(organizations, 'Name', 'Walk & Sons');
  walker.edit(organizations, walk, 'Name', 'Walk & Daughters');
  // A row typed below a list of companies gets its entry there.
  desktop.person().type(COMPANIES, `B${desktop.ids(COMPANIES).length + 2}`, 'Walk & Daughters');
  walker.select(COMPANIES, 'A1');
  walker.click('Push my edits', 'OK', 'OK');
  walker.remove(organizations, walk);
  walker.remove(organizations, walker.add(organizations, { Name: 'Typed & Sons', Domain: 'typed.example' }));
  const opportunities = walker.show(more('Show opportunities'), enter('Walk'));
  const seed = walker.rowOf(opportunities, 'Name', 'Walk – Seed');
  walker.edit(opportunities, seed, 'Name', 'Walk – Series A');
  walker.remove(opportunities, seed);
  walker.remove(opportunities, walker.add(opportunities, { Name: 'Typed – Seed', List: PIPELINE }));

  // History, relationships, files.
  walker.select(PIPELINE, 'A1');
  walker.show(more('Show field history'), enter('Status'), enter('2'));
  walker.select(PIPELINE, 'B2:B6');
  walker.show(more('Show relationship strengths'), enter('1'));
  walker.select(PIPELINE, 'B2');
  walker.click(more('Upload a file'), enter('2'), enter('walk.txt'), enter('Ünïcode of the walk'), 'OK');
  const [first = ''] = desktop.ids();
  walker.click(more('Upload a file'), enter('1'), enter(walker.sees(PIPELINE, first, 'Name')), 'OK');
  const files = walker.show(more('Show files'), enter('3'));
  const file = walker.rowOf(files, 'File', 'walk.txt');
  walker.select(files, desktop.at(file, 'File', files));
  expect(walker.click(more('Read the selected file'), 'OK')).toMatch(/text\/plain.*bytes\n\nÜnïcode of the walk/);
  desktop.affinity.world.entityFiles.remove(Number(file));
  walker.click('Refresh from Affinity', 'OK');

  // Webhooks, lists and fields, the key.
  walker.click(more('Subscribe a webhook'), enter('https://walk.example/hook'), enter('note.created'), 'OK');
  const webhooks = walker.show(more('Show webhooks'));
  const hook = walker.rowOf(webhooks, 'Address', 'https://walk.example/hook');
  walker.edit(webhooks, hook, 'Switched off', 'Yes');
  walker.remove(webhooks, hook);
  walker.remove(webhooks, walker.add(webhooks, { Address: 'https://typed.example/hook', Events: 'note.created' }));
  walker.click(
    more('Create a list in Affinity'),
    enter('Walks'),
    enter('2'),
    'NO',
    enter(''),
    enter('Grace Oyelaran as standard'),
    'OK',
  );
  desktop.person().type(PIPELINE, 'Z1', 'Miles walked');
  walker.select(PIPELINE, 'Z1');
  walker.click(more('Create a field from the selected column'), 'OK', 'OK');
  const fields = walker.show(more('Show lists and fields'));
  walker.remove(fields, walker.rowOf(fields, 'Field', 'Miles walked'));
  walker.click(more('Who am I, and what is left'), 'OK');
};

test('each endpoint is reached by each command and form that is named for it', () => {
  walk();
  const wrong = findEndpoints().flatMap(({ name, usedBy }) =>
    usedBy.filter((door) => reached.get(door)?.has(name) !== true).map((door) => `${door} does not lead to ${name}`),
  );
  expect(wrong).toEqual([]);
});
