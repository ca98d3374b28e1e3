/**
 * Notes, reminders and interactions typed below their tables: what the preview says of them, what a push makes, and that nothing is
 * made twice. Five seconds.
 */
import { LIST_IDS } from '../../local/affinity';
import { type Cell, dayCell } from '../../src/sync/cells/cell';
import { previewPush } from '../../src/sync/runs/desk';
import { EVERYTHING } from '../../src/sync/runs/send-rows';
import { isJournalId } from '../../src/sync/state/journal';
import { Stage } from './stage';
import { typedRows } from './typed-rows';

const opened = (dataset: string, more: object = {}) => {
  const stage = new Stage({ entries: 12 });
  const { world } = stage.affinity;
  const { importId } = stage.importDataset(dataset, { title: 'All', scope: {}, ...more });
  const external = [...world.persons.values()].filter(({ type, emails }) => type === 0 && emails.length > 0);
  const organization = [...world.organizations.values()].find(
    ({ name, domain }) =>
      domain !== null && [...world.organizations.values()].filter((other) => other.name === name).length === 1,
  );
  if (organization === undefined) throw new Error('no organization');
  return { stage, world, importId, ...typedRows(stage, importId), external, organization };
};

const calm = { rowsAdded: 0, cellsChanged: 0, rowsHeld: 0, rowsGone: 0, messages: [] };

describe('notes', () => {
  test('a typed note is created with what it hangs on, and its row is filled', () => {
    const { world, typeRow, cellOf, idOf, push, refresh, says, preview, external, organization } = opened('notes');
    const [someone] = external;
    const before = world.notes.size;
    const row = typeRow({
      Note: 'They raise in May',
      Organizations: organization.domain,
      People: someone?.emails[0] ?? '',
    });
    expect(says()).toEqual([expect.stringMatching(/^create: Will create the note “They raise in May” on .+, .+\.$/)]);
    expect(world.notes.size).toBe(before);
    expect(push()).toMatchObject({ kind: 'done', rowsAdded: 1, rowsNotAdded: 0, cells: 0 });
    expect(world.notes.size).toBe(before + 1);
    const note = world.notes.get(Number(idOf(row)));
    expect(note).toMatchObject({
      content: 'They raise in May',
      organization_ids: [organization.id],
      person_ids: [someone?.id],
      creator_id: world.users[0]?.id,
      type: 0,
    });
    expect(cellOf(row, 'Kind')).toBe('Text');
    expect(cellOf(row, 'Author')).not.toBeNull();
    expect(cellOf(row, 'Written')).not.toBeNull();
    expect(cellOf(row, 'Sync status')).toMatch(/^Added at .* UTC\./);
    expect(preview()).toMatchObject({ cells: [], newRows: [] });
    expect(refresh()).toMatchObject({ ...calm, cellsChanged: 0 });
    expect(push()).toMatchObject({ rowsAdded: 0, cells: 0 });
    expect(world.notes.size).toBe(before + 1);
  });

  test('a reply, a note of a colleague, of another day, as HTML', () => {
    const { world, typeRow, idOf, cellOf, push, organization, refresh } = opened('notes');
    const root = world.notes.all().find(({ parent_id }) => parent_id === null);
    const colleague = world.users[1];
    const reply = typeRow({ Note: 'Agreed', 'Reply to note': root?.id ?? 0 });
    const html = typeRow({
      Note: '<p>Call <strong>them</strong></p>',
      Organizations: organization.name,
      Author: `#${colleague?.id}`,
      Written: { day: '2026-03-31', time: '09:30:00' },
    });
    const formatted = typeRow({ Note: 'a < b', Organizations: organization.name, Kind: 'Formatted' });
    expect(push()).toMatchObject({ rowsAdded: 3, rowsNotAdded: 0 });
    expect(world.notes.get(Number(idOf(reply)))).toMatchObject({ parent_id: root?.id, organization_ids: [] });
    expect(world.notes.get(Number(idOf(html)))).toMatchObject({
      creator_id: colleague?.id,
      created_at: Date.parse('2026-03-31T09:30:00Z'),
      type: 2,
    });
    expect(cellOf(html, 'Note')).toBe('Call **them**');
    expect(world.notes.get(Number(idOf(formatted)))).toMatchObject({ type: 2 });
    expect(refresh()).toMatchObject(calm);
  });

  test('what is missing is said, and nothing is made', () => {
    const { world, typeRow, cellOf, push, says, organization, external } = opened('notes');
    const before = world.notes.size;
    const bare = typeRow({ Note: 'On nothing' });
    typeRow({ Organizations: organization.name });
    typeRow({ Note: 'On nobody', People: 'Zaphod Beeblebrox' });
    typeRow({ Note: 'Later', Organizations: organization.name, Written: dayCell('2031-01-01') });
    typeRow({ Note: 'By them', Organizations: organization.name, Author: external[0]?.emails[0] ?? '' });
    typeRow({ Note: 'Mail', Organizations: organization.name, Kind: 'From an e-mail' });
    const planned = says();
    expect(planned).toEqual([
      expect.stringMatching(/^refused: Write what it hangs on/),
      'refused: Write the note.',
      expect.stringMatching(/^refused: People: Affinity has no person "Zaphod Beeblebrox"/),
      'refused: A note can’t be of the future.',
      'refused: The author has to be a colleague of yours.',
      'refused: Only notes of the kinds Text and Formatted can be written.',
    ]);
    expect(push()).toMatchObject({ rowsAdded: 0, rowsNotAdded: 6 });
    expect(world.notes.size).toBe(before);
    expect(cellOf(bare, 'Sync status')).toMatch(/^Not added\. Write what it hangs on/);
  });

  test('the same note again is held, unless that is wanted; with another time it is another note', () => {
    const { world, typeRow, push, preview, says, organization } = opened('notes');
    typeRow({ Note: 'No answer', Organizations: organization.name });
    push();
    const before = world.notes.size;
    typeRow({ Note: 'No answer', Organizations: organization.name });
    expect(says()).toEqual([expect.stringMatching(/^repeat: Is in this table already, in row \d+: “No answer”\.$/)]);
    expect(push()).toMatchObject({ rowsAdded: 0, rowsNotAdded: 1 });
    expect(world.notes.size).toBe(before);
    const again = new Set(preview().newRows.map(({ key }) => key));
    expect(push({ selection: { ...EVERYTHING, again } })).toMatchObject({ rowsAdded: 1 });
    typeRow({ Note: 'No answer', Organizations: organization.name, Written: dayCell('2026-01-05') });
    expect(push()).toMatchObject({ rowsAdded: 1 });
    expect(world.notes.size).toBe(before + 2);
  });

  test('the journal lists what was created, with its number', () => {
    const { stage, typeRow, idOf, push, organization } = opened('notes');
    const row = typeRow({ Note: 'Listed', Organizations: organization.name });
    push();
    const lines = stage.workbook.state(stage.workbook.states().find(isJournalId) ?? '').read();
    expect(lines.at(-1)).toEqual(expect.arrayContaining(['note', 'Listed', 'sent', 'creation', idOf(row)]));
  });

  test('a table of a list keeps a note that was typed on something else', () => {
    const { stage, typeRow, idOf, push, refresh, organization } = opened('notes', {
      scope: { listId: LIST_IDS.pipeline },
    });
    const row = typeRow({ Note: 'Elsewhere', Organizations: organization.name });
    expect(push()).toMatchObject({ rowsAdded: 1 });
    expect(refresh()).toMatchObject(calm);
    expect(stage.ids()).toContain(idOf(row));
  });
});

describe('reminders', () => {
  test('one-time and recurring ones are created, for a colleague or for oneself', () => {
    const { stage, world, typeRow, idOf, cellOf, push, says, refresh, organization, external } = opened('reminders');
    const colleague = world.users[1];
    const once = typeRow({ Reminder: 'Ask for the deck', Due: dayCell('2026-12-31'), Organization: organization.name });
    const again = typeRow({
      Reminder: 'Stay in touch',
      Person: external[0]?.emails[0] ?? '',
      Owner: `#${colleague?.id}`,
      'Starts anew after': 'Meeting',
      'Days until due again': 30,
    });
    const alone = typeRow({ Reminder: 'Water the plants', Due: dayCell('2026-12-30'), Completed: 'Yes' });
    expect(says()).toEqual([
      `create: Will create the reminder “Ask for the deck”, due 2026-12-31, on ${organization.name}, for you.`,
      expect.stringMatching(
        /^create: Will create the reminder “Stay in touch”, due 30 days after a meeting, on .+, for .+\.$/,
      ),
      'create: Will create the reminder “Water the plants”, due 2026-12-30, for you.',
    ]);
    // That it is completed goes out as an edit of the new row.
    expect(push()).toMatchObject({ rowsAdded: 3, cells: 1 });
    expect(world.reminders.get(Number(idOf(once)))).toMatchObject({
      type: 0,
      organization_id: organization.id,
      owner_id: world.users[0]?.id,
    });
    expect(world.reminders.get(Number(idOf(again)))).toMatchObject({
      type: 1,
      reset_type: 2,
      reminder_days: 30,
      owner_id: colleague?.id,
      person_id: external[0]?.id,
    });
    expect(world.reminders.get(Number(idOf(alone)))?.completed_at).not.toBeNull();
    expect(cellOf(once, 'Due')).toEqual(dayCell('2026-12-31'));
    expect(cellOf(again, 'Type')).toBe('Recurring');
    expect(cellOf(again, 'Due')).not.toBeNull();
    refresh();
    expect(refresh()).toMatchObject(calm);
    expect(previewPush(stage.run(), stage.workbook.states()[0] ?? '').cells).toEqual([]);
  });

  test('what is missing is said, and nothing is made', () => {
    const { world, typeRow, push, says, organization, external } = opened('reminders');
    const before = world.reminders.size;
    typeRow({ Due: dayCell('2026-12-31') });
    typeRow({ Reminder: 'When?' });
    typeRow({ Reminder: 'Again?', Type: 'Recurring' });
    typeRow({ Reminder: 'Both', Due: dayCell('2026-12-31'), Type: 'One-time', 'Days until due again': 3 });
    typeRow({
      Reminder: 'Two',
      Due: dayCell('2026-12-31'),
      Organization: organization.name,
      Person: external[0]?.emails[0] ?? '',
    });
    typeRow({ Reminder: 'Not ours', Due: dayCell('2026-12-31'), Owner: external[0]?.emails[0] ?? '' });
    typeRow({ Reminder: 'Some day', Due: 'some day' });
    expect(says()).toEqual([
      'refused: Write what to be reminded of.',
      'refused: Write the day on which it is due.',
      'refused: Write after what it starts anew. Write after how many days it is due again: 1 or more.',
      'refused: Only a recurring reminder starts anew.',
      'refused: A reminder hangs on one record: a person, an organization or an opportunity.',
      'refused: The owner has to be a colleague of yours.',
      expect.stringMatching(/^refused: Due: "some day" is not a date/),
    ]);
    expect(push()).toMatchObject({ rowsAdded: 0, rowsNotAdded: 7 });
    expect(world.reminders.size).toBe(before);
  });
});

describe('interactions', () => {
  const asked = {
    scope: { listId: LIST_IDS.pipeline },
    types: [0, 1, 2, 3],
    from: '2026-01-01',
  };

  test('a call, a meeting and a message are logged with what was said, once', () => {
    const { world, typeRow, idOf, cellOf, push, says, refresh, preview, external } = opened('interactions', asked);
    const [someone, other] = external;
    const call = typeRow({
      Date: { day: '2026-06-30', time: '09:15:00' },
      Type: 'Call',
      'What was said': 'Wants to talk in autumn',
      People: someone?.emails[0] ?? '',
    });
    const message = typeRow({
      Date: { day: '2026-06-29', time: null },
      Type: 'Chat message',
      Direction: 'Received',
      'What was said': 'Thanks',
      People: `${other?.emails[0]}; #${world.users[1]?.id}`,
    });
    expect(says()).toEqual([
      expect.stringMatching(/^create: Will create the call of 2026-06-30 09:15 with .+ and you\.$/),
      expect.stringMatching(/^create: Will create the chat message of 2026-06-29 00:00 with .+\.$/),
    ]);
    expect(push()).toMatchObject({ rowsAdded: 2, cells: 0 });
    const logged = world.interactions.find(1, Number(idOf(call)?.split('-')[1]));
    expect(logged).toMatchObject({ date: Date.parse('2026-06-30T09:15:00Z') });
    expect(logged?.person_ids).toEqual([someone?.id, world.users[0]?.id]);
    expect(world.interactions.find(2, Number(idOf(message)?.split('-')[1]))).toMatchObject({ direction: 1 });
    expect(world.notes.all().filter(({ content }) => content === 'Wants to talk in autumn')).toHaveLength(1);
    expect(cellOf(call, 'What was said')).toBe('Wants to talk in autumn');
    expect(cellOf(call, 'Logged by')).not.toBeNull();
    expect(preview()).toMatchObject({ cells: [], newRows: [] });
    refresh();
    expect(refresh()).toMatchObject({ ...calm, messages: expect.anything() });
    expect(cellOf(call, 'What was said')).toBe('Wants to talk in autumn');
    expect(push()).toMatchObject({ rowsAdded: 0, cells: 0 });
  });

  test('what is missing is said, and nothing is made', () => {
    const { stage, world, typeRow, push, says, external } = opened('interactions', asked);
    const when = { day: '2026-06-30', time: '09:15:00' };
    const People = external[0]?.emails[0] ?? '';
    typeRow({ Date: when, Type: 'E-mail', 'What was said': 'x', People });
    typeRow({ Date: when, Type: 'Call', People });
    typeRow({ Date: when, Type: 'Call', 'What was said': 'x', People: `#${world.users[0]?.id}` });
    typeRow({ 'What was said': 'x' });
    typeRow({ Date: when, Type: 'Call', 'What was said': 'y', People, Direction: 'Sent' });
    expect(says()).toEqual([
      'refused: E-mails can’t be logged by hand.',
      'refused: Write what was said.',
      'refused: Write who took part, one person outside your firm at least.',
      'refused: Write what it was: a meeting, a call or a chat message. Write when it was. Write who took part, one person outside your firm at least.',
      'refused: Only a chat message has a direction.',
    ]);
    stage.affinity.counter.reset();
    expect(push()).toMatchObject({ rowsAdded: 0, rowsNotAdded: 5 });
    expect(stage.affinity.counter.read().writes).toBe(0);
  });
});

describe.each([
  ['notes', {}, { Note: 'Once', Opportunities: 'deal' }, 'notes.create'],
  ['reminders', {}, { Reminder: 'Once', Due: dayCell('2026-12-31'), Opportunity: 'deal' }, 'reminders.create'],
  [
    'interactions',
    { scope: { listId: LIST_IDS.pipeline }, types: [0, 1, 2], from: '2026-01-01' },
    { Date: { day: '2026-06-30', time: '09:15:00' }, Type: 'Meeting', 'What was said': 'Once', People: 'somebody' },
    'interactions.create',
  ],
] as const)('%s whose answer is lost', (dataset, more, cells, endpoint) => {
  test.each(['reply-lost', 'applied-error-500', 'html'] as const)('%s: found by the next run, made once', (kind) => {
    const { stage, world, typeRow, idOf, push, refresh, external } = opened(dataset, more);
    const [deal] = world.opportunities.keys();
    const named = new Map<Cell, Cell>([
      ['deal', `#${deal}`],
      ['somebody', external[0]?.emails[0] ?? ''],
    ]);
    const all: readonly (readonly [string, Cell])[] = Object.entries(cells);
    const row = typeRow(Object.fromEntries(all.map(([header, cell]) => [header, named.get(cell) ?? cell])));
    stage.affinity.faults.add({ kind, endpoint, times: 1 });
    push();
    expect(idOf(row)).toBeNull();
    stage.clock.sleep(200_000);
    stage.affinity.counter.reset();
    expect(push()).toMatchObject({ kind: 'done', rowsAdded: 0 });
    expect(idOf(row)).not.toBeNull();
    expect(stage.affinity.counter.read().byEndpoint[endpoint]).toBeUndefined();
    refresh();
    expect(stage.ids().filter((id) => id === idOf(row))).toHaveLength(1);
    expect(push()).toMatchObject({ rowsAdded: 0, cells: 0 });
  });
});
