/**
 * `npm run demo`: the product's main job without a browser. The built bundle runs on local Google; the Affinity emulator answers over
 * real HTTP from a thread of its own. A person connects, imports, edits, previews, pushes, meets a conflict and a refusal, and
 * refreshes. Every figure is counted by the emulator, by the service layer, or read off what the person was shown.
 */
import path from 'node:path';
import { type AffinityThread, startAffinityThread } from './affinity';
import { showActivity } from './demo-activity';
import { Analyst, LIST } from './demo-analyst';
import { readFlags } from './demo-flags';
import { drawn, indented } from './demo-report';
import { createGoogle, pushedFolder, realClock } from './google';

const ADMIN_KEY = 'northlight-admin-key';
const COLLEAGUE_KEY = 'northlight-colleague-key';

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

  const activity = await showActivity(analyst, affinity, say);

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
