/**
 * `npm run demo`: the product's main job without a browser. The built bundle runs on local Google; the Affinity emulator answers over
 * real HTTP from a thread of its own. A person connects, imports, edits, previews, pushes, meets a conflict and a refusal, and
 * refreshes. Every figure is counted by the emulator, by the service layer, or read off what the person was shown.
 */
import path from 'node:path';
import { type AffinityThread, startAffinityThread } from './affinity';
import { readFlags } from './demo-flags';
import {
  createGoogle,
  type DialogAnswer,
  type Google,
  pushedFolder,
  realClock,
  type SpreadsheetHandle,
} from './google';

const ADMIN_KEY = 'northlight-admin-key';
const COLLEAGUE_KEY = 'northlight-colleague-key';
const LIST = 'Deal Pipeline';

interface ListField {
  readonly id: number;
  readonly name: string;
}
interface FieldValue {
  readonly id: number;
  readonly field_id: number;
  readonly list_entry_id: number | null;
  readonly value: unknown;
}

const flags = readFlags(process.argv.slice(2));
const say = (...lines: readonly string[]): void => {
  if (!flags.json) for (const line of lines) console.log(line);
};

/** A table in text, columns cut to `width` characters. */
const drawn = (rows: readonly (readonly string[])[], width = 20): string => {
  const clean = rows.map((row) => row.map((cell) => cell.replace(/\s+/g, ' ')));
  const cut = clean.map((row) =>
    row.map((cell) => ([...cell].length > width ? `${[...cell].slice(0, width - 1).join('')}…` : cell)),
  );
  const widths = (cut[0] ?? []).map((_head, column) => Math.max(...cut.map((row) => [...(row[column] ?? '')].length)));
  const line = (row: readonly string[]) =>
    `  ${row.map((cell, i) => cell + ' '.repeat((widths[i] ?? 0) - [...cell].length)).join('  ')}`;
  const [head = [], ...body] = cut;
  return [line(head), `  ${widths.map((n) => '─'.repeat(n)).join('  ')}`, ...body.map(line)].join('\n');
};

const indented = (text: string): string => text.replace(/^/gm, '  │ ');

/** Somebody else's program on the same Affinity: plain HTTP, as the API documents it. */
const apiOf =
  (url: string, key: string) =>
  async <T>(method: string, pathAndQuery: string, body?: unknown): Promise<T> => {
    const answer = await fetch(`${url}${pathAndQuery}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${pathAndQuery} answered ${answer.status}`);
    return (await answer.json()) as T; // the documented form of that endpoint
  };

class Analyst {
  readonly #google: Google;
  readonly #file: SpreadsheetHandle;
  constructor(google: Google, file: SpreadsheetHandle) {
    this.#google = google;
    this.#file = file;
  }
  /** Chooses a menu item and answers its dialogs; gives the text of the last one. */
  click(
    caption: string,
    ...answers: (DialogAnswer | { readonly button: DialogAnswer; readonly text: string })[]
  ): string {
    this.#google.ui.answer(...answers);
    this.#google.clickMenu(caption, { spreadsheet: this.#file });
    const said = this.#google.ui.dialogs.at(-1)?.text ?? '';
    this.#google.ui.clear();
    return said;
  }
  table(tab = LIST): readonly (readonly string[])[] {
    return this.#google.person(this.#file).seesTable(tab);
  }
  tabs(): readonly string[] {
    return this.#google.snapshot(this.#file).sheets.map(({ name }) => name);
  }
  select(a1: string, tab = LIST): void {
    this.#google.person(this.#file).select(tab, a1);
  }
  #at(id: string, header: string, tab: string): string {
    const [heads = [], ...rows] = this.table(tab);
    const column = heads.indexOf(header);
    const row = rows.findIndex((cells) => cells[heads.indexOf('Affinity row ID')] === id);
    if (column < 0 || row < 0) throw new Error(`there is no cell ${header} of row ${id}`);
    const letters = column < 26 ? String.fromCharCode(65 + column) : `A${String.fromCharCode(65 + column - 26)}`;
    return `${letters}${row + 2}`;
  }
  type(id: string, header: string, text: string, tab = LIST): void {
    this.#google.person(this.#file).type(tab, this.#at(id, header, tab), text);
  }
  /** Types a row below a table. */
  typeBelow(cells: Readonly<Record<string, string>>, tab: string): void {
    const [heads = [], ...rows] = this.table(tab);
    for (const [header, text] of Object.entries(cells)) {
      const letter = String.fromCharCode(65 + heads.indexOf(header));
      this.#google.person(this.#file).type(tab, `${letter}${rows.length + 2}`, text);
    }
  }
  sees(id: string, header: string, tab = LIST): string {
    return this.#google.person(this.#file).sees(tab, this.#at(id, header, tab));
  }
}

/** A number that the person was shown, by the words after it; 0 where it was not mentioned. */
const shownNumber = (text: string, words: RegExp): number =>
  Number(new RegExp(`(\\d+) ${words.source}`).exec(text)?.[1] ?? 0);

/** One edit for each value type, as typed by a person. `null`: what another row has, so that the name exists. */
const EDITS: readonly (readonly [string, string | null])[] = [
  ['Status', 'Term Sheet'],
  ['Priority', 'Urgent'],
  ['Lead Partner', null],
  ['Lead Investor', null],
  ['Amount', '2500000'],
  ['Sector', 'Climate'],
  ['Tags', 'hot; second look; =1+1'],
  ['Nickname', '00123'],
  ['Round Sizes', '500000; 2500000'],
  ['Close Date', '2027-03-31'],
  ['Milestones', '2026-12-01; 2027-02-15'],
  ['Headquarters', 'Lyon, Auvergne-Rhône-Alpes, France'],
  ['Deal Memo', 'Strong second meeting; ask for the data room.'],
];

/** Rows of the list whose activity is shown. */
const SHOWN_ROWS = 'B2:B13';

interface Activity {
  readonly command: string;
  /** Answers of the dialogs, the last of which says how it went. */
  readonly answers: readonly (DialogAnswer | { readonly button: DialogAnswer; readonly text: string })[];
  readonly columns: readonly string[];
  /** Header of a cell that is edited, the kind of row where it can be, and what is typed. */
  readonly edit: readonly [header: string, isFit: (row: Readonly<Record<string, string>>) => boolean, text: string];
  readonly write: readonly [command: string, ...answers: Activity['answers']];
  /** A new row by header, made with what the others say. */
  readonly typed: (rows: readonly Readonly<Record<string, string>>[]) => Readonly<Record<string, string>>;
}

/** Whoever took part in the first one of the rows whose names nobody has to look at twice. */
const namesIn = (rows: readonly Readonly<Record<string, string>>[]): string =>
  rows.map(({ People = '' }) => People).find((names) => /^[\p{L} ;]+$/u.test(names)) ?? '';

const enter = (text: string) => ({ button: 'OK', text }) as const;

/** Stands for the names of those who took part in the first interaction of the table. */
const PARTICIPANTS = enter('');

const ACTIVITIES: Readonly<Record<'notes' | 'reminders' | 'interactions', Activity>> = {
  notes: {
    command: 'Show notes',
    answers: [enter('1'), enter(''), 'OK'],
    columns: ['Affinity row ID', 'Note', 'Author', 'Written', 'Opportunities'],
    edit: ['Note', ({ Kind }) => Kind === 'Text', 'Strong second meeting; ask for the data room.'],
    write: ['Write a note', enter('Bring up at the Monday meeting'), 'OK'],
    typed: (rows) => ({
      Note: 'They hire a head of sales',
      'Reply to note': rows.find((row) => row['Reply to note'] === '')?.['Affinity row ID'] ?? '',
    }),
  },
  reminders: {
    command: 'Show reminders',
    answers: [enter('3'), enter(''), enter(''), enter(''), 'OK'],
    columns: ['Affinity row ID', 'Reminder', 'Due', 'Status', 'Owner'],
    edit: ['Completed', (row) => row.Type === 'One-time' && row.Completed === 'No', 'Yes'],
    write: ['Make a reminder', enter('Ask for the deck'), enter('2027-01-15'), enter(''), 'OK'],
    typed: () => ({ Reminder: 'Stay in touch', 'Starts anew after': 'Meeting', 'Days until due again': '30' }),
  },
  interactions: {
    command: 'Show interactions',
    answers: [enter('1'), enter('2023-03-01 to 2026-06-30'), enter(''), 'OK', 'OK'],
    columns: ['Affinity row ID', 'Date', 'Type', 'Title', 'Opportunity'],
    edit: ['Date', (row) => (row['Logged by'] ?? '') !== '', '2026-05-04 10:30'],
    write: [
      'Log an interaction',
      enter('2'),
      enter('2026-06-29 09:15'),
      PARTICIPANTS,
      enter('Wants to talk in autumn'),
      'OK',
    ],
    typed: (rows) => ({
      Type: 'Call',
      Date: '2026-06-30 09:15',
      People: namesIn(rows),
      'What was said': 'Sends the deck tomorrow',
    }),
  },
};

/** The activity behind some rows as tables: read, one cell edited and pushed, one record written from the menu and one typed. */
const showActivity = async (analyst: Analyst, affinity: AffinityThread) => {
  const figures: Record<string, { readonly read: number; readonly written: number }> = {};
  /** Writes of a resource that Affinity carried out so far. */
  const writesSoFar = async (resource: string): Promise<number> => {
    const { written } = await affinity.control('calls');
    const counts = Object.entries(written).map(([call, count]) => (call.startsWith(`${resource}.`) ? count : 0));
    return counts.reduce((sum, count) => sum + count, 0);
  };
  for (const [name, { command, answers, columns, edit, write, typed }] of Object.entries(ACTIVITIES)) {
    analyst.select(SHOWN_ROWS);
    const before = analyst.tabs();
    const said = analyst.click(`Activity/${command}`, ...answers);
    const tab = analyst.tabs().find((one) => !before.includes(one) && !one.startsWith('_')) ?? '';
    const [heads = [], ...rows] = analyst.table(tab);
    const shown = rows.slice(0, 5).map((row) => columns.map((header) => row[heads.indexOf(header)] ?? ''));
    say('', `${command}: “${tab}”`, indented(said), '', drawn([columns, ...shown], 26));

    const writes = await writesSoFar(name);
    const [header, isFit, text] = edit;
    const known = rows.map((row) => Object.fromEntries(heads.map((head, at) => [head, row[at] ?? ''])));
    // Which of them Affinity lets be changed is what a preview says; the first that fits is tried, then the next.
    for (const row of known.filter(isFit)) {
      const id = row['Affinity row ID'] ?? '';
      const kept = analyst.sees(id, header, tab);
      analyst.type(id, header, text, tab);
      analyst.select('A1', tab);
      if (/1 edit to send/.test(analyst.click('Preview my edits', 'OK'))) break;
      analyst.type(id, header, kept, tab);
    }
    say('', `Edit one, and push`, indented(analyst.click('Push my edits', 'OK', 'OK')));
    const [writing, ...replies] = write;
    analyst.select('B2');
    const everybody = namesIn(known);
    const filled = replies.map((reply) => (reply === PARTICIPANTS ? enter(everybody) : reply));
    say('', writing, indented(analyst.click(`Activity/${writing}`, ...filled)));
    // And one more by typing it below the table.
    analyst.typeBelow(typed(known), tab);
    analyst.select('A1', tab);
    say('', 'Type a new one below the table, preview, push', indented(analyst.click('Preview my edits', 'OK')));
    say(indented(analyst.click('Push my edits', 'OK', 'OK')));
    figures[name] = {
      read: new Set(known.map((row) => row['Affinity row ID'])).size,
      written: (await writesSoFar(name)) - writes,
    };
  }
  return figures;
};

const demo = async (affinity: AffinityThread): Promise<object> => {
  const colleague = apiOf(affinity.url, COLLEAGUE_KEY);
  const google = createGoogle({
    bundle: pushedFolder(path.join(process.cwd(), 'dist')),
    hosts: { 'https://api.affinity.co': affinity.url },
    clock: realClock,
  });
  const file = google.createSpreadsheet({ name: 'Pipeline review', locale: 'en_US', timeZone: 'Europe/London' });
  const analyst = new Analyst(google, file);
  google.openDocument({ spreadsheet: file });
  say('', 'Connect', indented(analyst.click('Connect to Affinity', { button: 'OK', text: ADMIN_KEY }, 'OK')));

  const imported = analyst.click('Import a list', { button: 'OK', text: LIST }, 'OK', 'OK'); // a long list asks before it begins
  say('', `Import “${LIST}”`, indented(imported));
  // A list too long for one run of six minutes pauses by itself; the analyst goes on with it.
  for (let last = imported; /goes on where it stopped|to go on from there/.test(last); ) {
    last = analyst.click('Refresh from Affinity', 'OK');
    say('', 'Go on with the import', indented(last));
  }
  const [heads = [], ...rows] = analyst.table();
  const shown = ['Affinity row ID', 'Name', 'Status', 'Owners', 'Amount', 'Close Date', 'Headquarters'];
  const view = () => {
    const [head = [], ...body] = analyst.table();
    return drawn([shown, ...body.slice(0, 8).map((row) => shown.map((name) => row[head.indexOf(name)] ?? ''))]);
  };
  say('', view());
  const ids = rows.map((row) => row[heads.indexOf('Affinity row ID')] ?? '').filter((id) => id !== '');
  const columns = heads.filter((head) => head !== '').length - 2;

  const before = await affinity.control('calls');
  const untouched = analyst.click('Push my edits', 'OK');
  say('', 'Push before any edit', indented(untouched));
  const writesWithoutEdit = (await affinity.control('calls')).writes - before.writes;

  EDITS.forEach(([header, text], index) => {
    const id = ids[index] ?? '';
    const others = rows.map((row) => row[heads.indexOf(header)] ?? '').filter((cell) => cell !== '');
    analyst.type(id, header, text ?? others.find((cell) => cell !== analyst.sees(id, header)) ?? '');
  });
  const fields = await colleague<readonly ListField[]>('GET', '/fields?list_id=4974');
  const fieldNamed = (name: string) => fields.find((field) => field.name === name)?.id ?? 0;
  const valuesOf = (id: string) => colleague<readonly FieldValue[]>('GET', `/field-values?list_entry_id=${id}`);
  // The conflict: the analyst and a colleague change the same cell, differently.
  const contested = ids.slice(EDITS.length).find((id) => analyst.sees(id, 'Amount') !== '') ?? ids[0] ?? '';
  const theirs = (await valuesOf(contested)).find(({ field_id }) => field_id === fieldNamed('Amount'));
  analyst.type(contested, 'Amount', '111000');
  if (theirs !== undefined) await colleague('PUT', `/field-values/${theirs.id}`, { value: 222000 });
  // The refusal: an option that the dropdown does not have.
  const misspelt = ids[ids.indexOf(contested) + 1] ?? ids[1] ?? '';
  analyst.type(misspelt, 'Status', 'Term Shet');

  const preview = analyst.click('Preview my edits', 'OK');
  say('', 'Preview', indented(preview));
  const contents = async () => {
    const dump = await affinity.control('dump', { list_id: 4974, limit: ids.length });
    const cells = new Map<string, string>();
    for (const value of dump.entries.flatMap(({ values }) => values as readonly FieldValue[])) {
      const cell = `${value.list_entry_id}/${value.field_id}`;
      cells.set(cell, `${cells.get(cell) ?? ''}|${JSON.stringify(value.value)}`);
    }
    return cells;
  };
  const contentsBefore = await contents();
  const statusesBefore = (await affinity.control('calls')).byStatus;
  const pushed = analyst.click('Push my edits', 'OK', 'CANCEL', 'OK');
  say('', 'Push, leaving the conflict for later', indented(pushed));
  const contentsAfter = await contents();
  const statusesAfter = (await affinity.control('calls')).byStatus;
  const changed = [...new Set([...contentsBefore.keys(), ...contentsAfter.keys()])].filter(
    (cell) => contentsBefore.get(cell) !== contentsAfter.get(cell),
  );
  const refusedByAffinity = (statusesAfter['422'] ?? 0) - (statusesBefore['422'] ?? 0);

  const meanwhile = ids.at(-1) ?? '';
  const remote = (await valuesOf(meanwhile)).find(({ field_id }) => field_id === fieldNamed('Status'));
  const option = await colleague<{ fields: { id: number; dropdown_options: { id: number; text: string }[] }[] }>(
    'GET',
    '/lists/4974',
  );
  const passed = option.fields.find(({ id }) => id === fieldNamed('Status'))?.dropdown_options.at(-1);
  if (remote !== undefined) await colleague('PUT', `/field-values/${remote.id}`, { value: passed?.id });
  const refreshed = analyst.click('Refresh from Affinity', 'OK');
  say('', 'Refresh, after a colleague changed a status', indented(refreshed), '', view());
  const statuses = analyst
    .table()
    .slice(1)
    .map((row) => [row[heads.indexOf('Name')] ?? '', row[heads.indexOf('Sync status')] ?? '']);
  say(
    '',
    'What the status column says',
    drawn([['Name', 'Sync status'], ...statuses.filter(([, status]) => status !== '')], 90),
  );

  const activity = await showActivity(analyst, affinity);

  const { total, byEndpoint } = await affinity.control('calls');
  return {
    imported: { list: LIST, rows: ids.length, columns },
    pending: shownNumber(preview, /edits? to send/),
    pushed: {
      cells: changed.length,
      rows: new Set(changed.map((cell) => cell.split('/')[0])).size,
      failed: refusedByAffinity,
    },
    refused: shownNumber(preview, /refused/),
    conflicts: shownNumber(preview, /conflicts? held/),
    refreshed: { rows: shownNumber(refreshed, /rows? read/), cellsChanged: shownNumber(refreshed, /cells? changed/) },
    writesWithoutEdit,
    ...activity,
    api: { calls: total, byEndpoint },
    sheet: { calls: google.calls.spreadsheet },
  };
};

const affinity = await startAffinityThread({
  entries: flags.entries,
  ...(flags.seed === null ? {} : { seed: flags.seed }),
});
try {
  const figures = await demo(affinity);
  if (flags.json) console.log(JSON.stringify(figures));
  else say('', 'Figures', JSON.stringify(figures, null, 2));
} finally {
  await affinity.close();
}
// The thread of the blocking HTTP bridge would keep the process alive.
process.exit(0);
