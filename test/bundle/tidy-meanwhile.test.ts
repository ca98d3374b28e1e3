/**
 * Deleting rows is the one write that takes what people wrote beside them along. Where somebody sorts or inserts in that very moment, the
 * row that was hit comes back with everything on it, and the one that was meant goes.
 */
import { byNote, ID, OWN, PIPELINE, prepared, Tab } from '../interference/world';
import { agreeing } from '../kill/scenarios';
import type { Desktop } from './desktop';

const TIDY = 'Tidy rows that are gone';

/** A list of which Affinity has two rows less, with a colour, a note and a row without an id to lose. */
const tidying = () => {
  const desktop = prepared();
  const person = desktop.person();
  const tab = new Tab(desktop);
  const gone = tab.ids.slice(3, 5);
  const kept = tab.ids.filter((id) => !gone.includes(id));
  for (const id of kept) {
    const cell = `${tab.letter(OWN)}${tab.row(id)}`;
    person.setBackground(PIPELINE, cell, '#ffeeaa');
    person.setNote(PIPELINE, cell, `note on ${id}`);
  }
  person.type(PIPELINE, `${tab.letter(OWN)}${tab.rows.length + 2}`, 'a line of my own');
  for (const id of gone) desktop.api('DELETE', `/lists/4974/list-entries/${id}`);
  desktop.refresh();
  desktop.clock.advance(3_600_000);
  return { desktop, gone, kept };
};

const acts: readonly (readonly [string, (desktop: Desktop) => void])[] = [
  ['nothing', () => undefined],
  [
    'a sort',
    (desktop) => {
      const tab = new Tab(desktop);
      const ascending = Number(tab.ids[0]) > Number(tab.ids[1]);
      desktop
        .person()
        .sort(PIPELINE, `A2:${tab.lastLetter}${tab.rows.length + 1}`, { column: tab.column(ID) + 1, ascending });
    },
  ],
  ['an insertion', (desktop) => desktop.person().insertRows(PIPELINE, 3, 1)],
  [
    'a deletion of the line of one’s own',
    (desktop) => desktop.person().deleteRows(PIPELINE, new Tab(desktop).rows.length + 1),
  ],
];

test.each(acts)('while rows are deleted: %s', (name, act) => {
  const { desktop, gone, kept } = tidying();
  const before = byNote(desktop);
  let calls = 0;
  const stop = desktop.google.onServiceCall(({ member }) => {
    if (!/deleteRow/.test(member)) return;
    calls += 1;
    if (calls === 1) act(desktop);
  });
  agreeing(desktop, TIDY);
  stop();
  expect(calls).toBeGreaterThan(0);
  const tab = new Tab(desktop);
  expect([...tab.ids].sort()).toEqual([...kept].sort());
  const after = byNote(desktop);
  for (const [note, cells] of before) {
    const isGone = gone.includes(cells[ID] ?? '');
    const isDeleted = note === 'a line of my own' && name.startsWith('a deletion');
    if (isGone || isDeleted) expect(after.has(note)).toBe(false);
    else expect(after.get(note)).toEqual(cells);
  }
  const sheet = desktop.google.snapshot(desktop.file).sheets.find(({ name: title }) => title === PIPELINE);
  const { notes, looks } = sheet as unknown as Record<'notes' | 'looks', Record<string, unknown>>; // parts of a snapshot are loose
  for (const id of kept) {
    const cell = `${tab.letter(OWN)}${tab.row(id)}`;
    expect([id, notes[cell], looks[cell]]).toEqual([id, `note on ${id}`, { background: '#ffeeaa' }]);
  }
});
