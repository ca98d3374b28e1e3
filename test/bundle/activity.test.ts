/** Notes, reminders and interactions as tables of the built add-on: chosen in dialogs, refreshed, edited, pushed. Ten seconds. */
import { Desktop, letters } from './desktop';

const opened = (spreadsheet = {}) => {
  const desktop = new Desktop({ affinity: { entries: 30 }, spreadsheet });
  desktop.connect();
  desktop.importList();
  const { google } = desktop;
  desktop.person().select('Deal Pipeline', 'A1');
  const tabs = (): string[] => google.snapshot(desktop.file).sheets.map(({ name }) => name);
  const newTab = (before: readonly string[]): string =>
    tabs().find((name) => !before.includes(name) && !name.startsWith('_')) ?? '';
  /** Chooses a command and gives the name of the tab that it made and what it said. */
  const show = (caption: string, ...answers: Parameters<Desktop['click']>[1][]) => {
    const before = tabs();
    const said = desktop.click(`Activity/${caption}`, ...answers, 'OK');
    return { said, tab: newTab(before) };
  };
  return { desktop, show };
};

const enter = (text: string) => ({ button: 'OK' as const, text });

test('notes of the selected rows come to a tab, an edited one goes back, and a refresh finds nothing new', () => {
  const { desktop, show } = opened({ timeZone: 'Europe/Berlin' });
  desktop.person().select('Deal Pipeline', 'B2:C25');
  const { said, tab } = show('Show notes', enter('1'), enter(''));
  expect(said).toMatch(/^\d+ rows? read from Affinity/);
  expect(tab).toMatch(/^Notes of 24 rows of Deal Pipeline/);
  const person = desktop.person();
  const [headers = [], ...rows] = desktop.table(tab);
  expect(headers.slice(0, 5)).toEqual(['Affinity row ID', 'Note', 'Author', 'Written', 'People']);
  expect(rows[0]?.[3]).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d$/);
  const notes = desktop.api<{
    notes: { id: number; created_at: string; type: number; mentioned_person_ids: number[] }[];
  }>('GET', '/notes?page_size=500').notes;
  const plain = notes.find(
    ({ id, type, mentioned_person_ids }) =>
      type === 0 && mentioned_person_ids.length === 0 && desktop.ids(tab).includes(String(id)),
  );
  const id = String(plain?.id);
  const local = new Date(plain?.created_at ?? '').toLocaleString('sv-SE', { timeZone: 'Europe/Berlin' }).slice(0, 16);
  expect(person.sees(tab, desktop.at(id, 'Written', tab))).toBe(local);

  person.type(tab, desktop.at(id, 'Note', tab), 'Met again; they raise in May.');
  person.select(tab, 'A1');
  expect(desktop.click('Push my edits', 'OK', 'OK')).toMatch(/1 cell in 1 row sent/);
  expect(desktop.api<{ content: string }>('GET', `/notes/${id}`).content).toBe('Met again; they raise in May.');
  expect(desktop.refresh()).toMatch(/1 cell changed|up to date/);
  expect(desktop.refresh()).toMatch(/Everything was up to date/);
});

test('reminders of everybody that are overdue; one is completed and another one moved by typing', () => {
  const { desktop, show } = opened();
  const { tab } = show('Show reminders', enter('1'), enter('overdue'), enter(''), enter(''));
  expect(tab).toBe('Overdue reminders of Deal Pipeline');
  desktop.person().select('Deal Pipeline', 'A1');
  const { tab: all } = show('Show reminders', enter('2'), enter(''), enter(''), enter(''));
  const [headers = [], ...rows] = desktop.table(all);
  const at = (name: string) => headers.indexOf(name);
  const active = rows.filter((row) => row[at('Type')] === 'One-time' && row[at('Completed')] === 'No');
  const [done, moved] = active.map((row) => row[0] ?? '');
  const person = desktop.person();
  person.type(all, desktop.at(done ?? '', 'Completed', all), 'Yes');
  person.type(all, desktop.at(moved ?? '', 'Due', all), '2027-01-15');
  person.select(all, 'A1');
  expect(desktop.click('Push my edits', 'OK', 'OK')).toMatch(/2 cells in 2 rows sent/);
  type Reminder = { readonly status: number; readonly due_date: string; readonly completer: object | null };
  expect(desktop.api<Reminder>('GET', `/reminders/${done}`)).toMatchObject({ status: 0, completer: expect.anything() });
  expect(desktop.api<Reminder>('GET', `/reminders/${moved}`).due_date).toMatch(/^2027-01-15T00:00:00/);
  desktop.refresh();
  expect(person.sees(all, desktop.at(done ?? '', 'Status', all))).toBe('Completed');
  expect(desktop.refresh()).toMatch(/Everything was up to date/);
});

test('overdue reminders are coloured, also those whose day passed since the last refresh, and no more once they are done', () => {
  const { desktop, show } = opened();
  const { tab } = show('Show reminders', enter('2'), enter(''), enter(''), enter(''));
  const status = letters((desktop.table(tab)[0] ?? []).indexOf('Status'));
  const coloured = () =>
    desktop.ids(tab).filter((_id, at) => desktop.person().looks(tab, `${status}${at + 2}`).background === '#f9cb9c');
  const overdue = () =>
    desktop.ids(tab).filter((id) => desktop.person().sees(tab, desktop.at(id, 'Status', tab)) === 'Overdue');
  const before = overdue();
  expect(before.length).toBeGreaterThan(0);
  expect(coloured()).toEqual(before);
  const row = desktop.table(tab).length + 1;
  desktop.person().type(tab, `${letters((desktop.table(tab)[0] ?? []).indexOf('Reminder'))}${row}`, 'Tomorrow');
  const tomorrow = new Date(desktop.clock.now() + 86_400_000).toISOString().slice(0, 10);
  desktop.person().type(tab, `${letters((desktop.table(tab)[0] ?? []).indexOf('Due'))}${row}`, tomorrow);
  desktop.person().select(tab, 'A1');
  desktop.click('Push my edits', 'OK', 'OK');
  const id = desktop.ids(tab).at(-1) ?? '';
  expect(coloured()).not.toContain(id);
  desktop.clock.wait(4 * 86_400_000);
  desktop.refresh();
  expect(coloured()).toContain(id);
  expect(coloured()).toEqual(overdue());
  desktop.person().type(tab, desktop.at(id, 'Completed', tab), 'Yes');
  desktop.click('Push my edits', 'OK', 'OK');
  desktop.refresh();
  expect(coloured()).not.toContain(id);
});

test('interactions of a list over two years: the cost is said first, and what it says is what it takes', () => {
  const { desktop, show } = opened();
  desktop.affinity.counter.reset();
  let question = '';
  const { said, tab } = show(
    'Show interactions',
    enter('1'),
    enter('2024-07-01 to 2026-06-30'),
    enter('calls, e-mails'),
    (dialog) => {
      question = dialog.text;
      return 'OK';
    },
  );
  expect(said).toMatch(/\d+ rows read from Affinity/);
  const calls = Number(/at least (\d+) calls/.exec(question)?.[1]);
  const made = desktop.affinity.counter.read().byEndpoint['interactions.list'] ?? 0;
  expect(calls).toBe(30 * 2 * 2);
  expect(made).toBeGreaterThanOrEqual(calls - 8); // an opportunity may be on a list twice
  const [headers = [], ...rows] = desktop.table(tab);
  const types = new Set(rows.map((row) => row[headers.indexOf('Type')]));
  expect([...types].sort()).toEqual(['Call', 'E-mail']);
  expect(rows.every((row) => (row[headers.indexOf('Opportunity')] ?? '') !== '')).toBe(true);
});

test('a name that nobody has, a span that is none, a filter that is not understood: said, and nothing is done', () => {
  const { desktop } = opened();
  const before = desktop.google.snapshot(desktop.file).sheets.length;
  expect(desktop.click('Activity/Show notes', enter('Zaphod Beeblebrox'), 'OK')).toMatch(/nobody and nothing called/);
  expect(desktop.click('Activity/Show interactions', enter('1'), enter('last week'), 'OK')).toMatch(/no span of days/);
  expect(desktop.click('Activity/Show interactions', enter('1'), enter(''), enter('calls, letters'), 'OK')).toMatch(
    /“letters” is not understood/,
  );
  expect(desktop.click('Activity/Show notes', 'CANCEL')).not.toMatch(/wrong/);
  expect(desktop.google.snapshot(desktop.file).sheets.length).toBe(before);
});

test('a note, a reminder and a call typed below their tables are previewed, created and shown as Affinity has them', () => {
  const { desktop, show } = opened({ timeZone: 'Europe/Berlin' });
  const { affinity } = desktop;
  const [, ...deals] = desktop.table('Deal Pipeline');
  const name = deals.map((row) => row[1] ?? '').find((text) => /^\w/.test(text)) ?? '';
  const typeRow = (tab: string, cells: Readonly<Record<string, string>>): number => {
    const [headers = [], ...rows] = desktop.table(tab);
    for (const [header, text] of Object.entries(cells)) {
      desktop.person().type(tab, `${letters(headers.indexOf(header))}${rows.length + 2}`, text);
    }
    desktop.person().select(tab, 'A1');
    return rows.length + 2;
  };
  const sees = (tab: string, row: number, header: string): string =>
    desktop.person().sees(tab, `${letters((desktop.table(tab)[0] ?? []).indexOf(header))}${row}`);

  const { tab: notes } = show('Show notes', enter('2'), enter(''));
  const note = typeRow(notes, { Note: 'That is 1+1 to them', Opportunities: name, Written: '2026-03-31 14:30' });
  expect(desktop.click('Preview my edits', 'OK')).toContain(
    `New row ${note} That is 1+1 to them\n  Will create the note “That is 1+1 to them” on ${name}.`,
  );
  expect(desktop.click('Push my edits', 'OK', 'OK')).toMatch(/1 row added in Affinity/);
  expect(affinity.world.notes.get(Number(sees(notes, note, 'Affinity row ID')))).toMatchObject({
    content: 'That is 1+1 to them',
    created_at: Date.parse('2026-03-31T12:30:00Z'),
  });
  expect(sees(notes, note, 'Kind')).toBe('Text');
  expect(desktop.refresh()).toMatch(/Everything was up to date/);

  desktop.person().select('Deal Pipeline', 'A1');
  const { tab: reminders } = show('Show reminders', enter('2'), enter(''), enter(''), enter(''));
  const bare = typeRow(reminders, { Reminder: 'Ask again' });
  expect(desktop.click('Push my edits', 'OK')).toContain('Not added. Write the day on which it is due.');
  desktop
    .person()
    .type(reminders, `${letters((desktop.table(reminders)[0] ?? []).indexOf('Due'))}${bare}`, '2026-12-31');
  expect(desktop.click('Push my edits', 'OK', 'OK')).toMatch(/1 row added in Affinity/);
  expect(sees(reminders, bare, 'Status')).toBe('Active');
  expect(desktop.refresh()).toMatch(/Everything was up to date/);

  const someone = [...affinity.world.persons.values()].find(({ type, emails }) => type === 0 && emails.length > 0);
  desktop.person().select('Deal Pipeline', 'A1');
  const { tab: interactions } = show('Show interactions', enter('1'), enter('2026-01-01'), enter(''), 'OK');
  const call = typeRow(interactions, {
    Type: 'Call',
    Date: '2026-06-30 09:15',
    'What was said': 'Wants to talk in autumn',
    People: someone?.emails[0] ?? '',
  });
  expect(desktop.click('Push my edits', 'OK', 'OK')).toMatch(/1 row added in Affinity/);
  expect(affinity.world.interactions.of(someone?.id ?? 0)).toContainEqual(
    expect.objectContaining({ type: 1, date: Date.parse('2026-06-30T07:15:00Z') }),
  );
  expect(sees(interactions, call, 'Logged by')).not.toBe('');
  desktop.refresh();
  expect(sees(interactions, call, 'What was said')).toBe('Wants to talk in autumn');
  expect(desktop.refresh()).toMatch(/Everything was up to date/);
});

describe('written from the menu', () => {
  const entityOf = (desktop: Desktop, entryId: string): number =>
    desktop.api<{ entity_id: number }>('GET', `/lists/4974/list-entries/${entryId}`).entity_id;
  type Note = { id: number; content: string; opportunity_ids: number[]; parent_id: number | null; type: number };
  const notes = (desktop: Desktop): Note[] => desktop.api<{ notes: Note[] }>('GET', '/notes?page_size=500').notes;

  test('one note on all selected rows, and a note of its own on each', () => {
    const { desktop } = opened();
    const before = notes(desktop).length;
    const [first = '', second = ''] = desktop.ids();
    desktop.person().select('Deal Pipeline', 'B2:B3');
    const entities = [first, second].map((id) => entityOf(desktop, id));
    expect(desktop.click('Activity/Write a note', enter('Both look good'), 'YES', 'OK')).toBe('1 note written.');
    expect(notes(desktop).find(({ content }) => content === 'Both look good')?.opportunity_ids).toEqual(entities);
    expect(desktop.click('Activity/Write a note', enter('<p>Call <b>them</b></p>'), 'NO', 'OK')).toBe(
      '2 notes written.',
    );
    const own = notes(desktop).filter(({ content }) => content === 'Call **them**');
    expect(own.map(({ opportunity_ids }) => opportunity_ids).sort()).toEqual(entities.map((id) => [id]).sort());
    expect(notes(desktop).length).toBe(before + 3);
  });

  test('a reply comes to the table with its parent, and can be deleted by its author', () => {
    const { desktop, show } = opened();
    const { tab } = show('Show notes', enter('1'), enter(''));
    const [headers = [], ...rows] = desktop.table(tab);
    const root = rows.findIndex((row) => row[headers.indexOf('Reply to note')] === '');
    const parent = rows[root]?.[0] ?? '';
    desktop.person().select(tab, `B${root + 2}`);
    expect(desktop.click('Activity/Reply to the selected note', enter('Agreed.'), 'OK')).toBe('1 reply written.');
    expect(desktop.refresh()).toMatch(/1 row added/);
    const reply = desktop.ids(tab).find((id) => desktop.person().sees(tab, desktop.at(id, 'Note', tab)) === 'Agreed.');
    expect(desktop.person().sees(tab, desktop.at(reply ?? '', 'Reply to note', tab))).toBe(parent);
    desktop.person().select(tab, desktop.at(reply ?? '', 'Note', tab));
    expect(desktop.click('Delete the selected rows in Affinity', 'OK', 'OK')).toBe('1 row deleted in Affinity.');
    expect(notes(desktop).some(({ id }) => String(id) === reply)).toBe(false);
    expect(desktop.person().sees(tab, desktop.at(reply ?? '', 'Sync status', tab))).toMatch(/^Deleted in Affinity/);
    expect(desktop.refresh()).toMatch(/1 row no longer among these notes/);
  });

  test('somebody else’s note is not deleted, and its row says why', () => {
    const { desktop, show } = opened();
    const { tab } = show('Show notes', enter('1'), enter(''));
    const mine = desktop.api<{ user: { id: number } }>('GET', '/auth/whoami', undefined, 'northlight-admin-key').user
      .id;
    const other = desktop
      .api<{ notes: { id: number; creator_id: number }[] }>('GET', '/notes?page_size=500')
      .notes.find(({ id, creator_id }) => creator_id !== mine && desktop.ids(tab).includes(String(id)));
    const id = String(other?.id);
    desktop.person().select(tab, desktop.at(id, 'Note', tab));
    expect(desktop.click('Delete the selected rows in Affinity', 'OK', 'OK')).toMatch(/1 row not deleted/);
    expect(desktop.person().sees(tab, desktop.at(id, 'Sync status', tab))).toMatch(/^Not deleted. .*creator of a note/);
  });

  test('a reminder for each selected row, and one that comes again is completed once', () => {
    const { desktop, show } = opened();
    desktop.person().select('Deal Pipeline', 'B2:B3');
    const make = 'Activity/Make a reminder';
    expect(desktop.click(make, enter('Ask for the deck'), enter('2026-12-31'), enter(''), 'OK')).toBe(
      '2 reminders made.',
    );
    desktop.person().select('Deal Pipeline', 'B2');
    expect(desktop.click(make, enter('Stay in touch'), enter('30 days after a meeting'), enter(''), 'OK')).toBe(
      '1 reminder made.',
    );
    expect(desktop.click(make, enter('Later'), enter('some day'), 'OK')).toMatch(/“some day” is not understood/);
    desktop.person().select('Deal Pipeline', 'B2:B3');
    const { tab } = show('Show reminders', enter('1'), enter(''), enter(''), enter(''));
    const texts = () => desktop.ids(tab).map((id) => desktop.person().sees(tab, desktop.at(id, 'Reminder', tab)));
    expect(texts().filter((text) => text === 'Ask for the deck')).toHaveLength(2);
    const id = desktop.ids(tab)[texts().indexOf('Stay in touch')] ?? '';
    const due = desktop.person().sees(tab, desktop.at(id, 'Due', tab));
    desktop.clock.wait(5 * 86_400_000);
    desktop.person().select(tab, desktop.at(id, 'Due', tab));
    expect(desktop.click('Activity/Complete the selected reminders', 'OK', 'OK')).toBe('1 reminder completed.');
    desktop.refresh();
    const later = desktop.person().sees(tab, desktop.at(id, 'Due', tab));
    expect(Date.parse(later) - Date.parse(due)).toBe(5 * 86_400_000);
    expect(desktop.person().sees(tab, desktop.at(id, 'Status', tab))).toBe('Active');
  });

  test('a call that is logged stands among the interactions with its note, once', () => {
    const { desktop } = opened();
    const { affinity } = desktop;
    const someone = [...affinity.world.persons.values()].find(
      ({ id, type }) => type === 0 && affinity.world.interactions.of(id).length > 2,
    );
    const email = someone?.emails[0] ?? '';
    const log = 'Activity/Log an interaction';
    const answers = [enter('2'), enter('2026-06-30 09:15'), enter(email), enter('Wants to talk in autumn')];
    expect(desktop.click(log, ...answers, 'OK')).toBe('1 interaction logged.');
    const logged = () =>
      affinity.world.interactions
        .of(someone?.id ?? 0)
        .filter(({ date }) => date === Date.parse('2026-06-30T09:15:00Z'));
    expect(logged()).toHaveLength(1);
    expect(logged()[0]?.person_ids).toHaveLength(2);
    expect(notes(desktop).filter(({ content }) => content === 'Wants to talk in autumn')).toHaveLength(1);
  });
});

test('a list comes with columns of activity that were chosen, after its cost was said', () => {
  const desktop = new Desktop({ affinity: { entries: 30 } });
  desktop.connect();
  let question = '';
  const said = desktop.click(
    'Activity/Import a list with activity',
    enter('Companies'),
    enter('1, 5, 10, 12'),
    (dialog) => {
      question = dialog.text;
      return 'OK';
    },
    'OK',
  );
  expect(question).toMatch(/“Companies” has 18 rows: at least \d+ calls/);
  expect(said).toMatch(/18 rows read from Affinity. 18 rows added/);
  const [headers = [], ...rows] = desktop.table('Companies');
  const chosen = ['Last meeting', 'Last interaction', 'Number of notes', 'Open in Affinity'];
  expect(headers.slice(-5, -1)).toEqual(chosen);
  expect(rows[0]?.[headers.indexOf('Open in Affinity')]).toMatch(
    /^https:\/\/northlight\.affinity\.co\/companies\/\d+$/,
  );
  expect(rows.some((row) => /^\d{4}-\d\d-\d\d \d\d:\d\d$/.test(row[headers.indexOf('Last interaction')] ?? ''))).toBe(
    true,
  );
  expect(desktop.refresh()).toMatch(/Everything was up to date/);
});
