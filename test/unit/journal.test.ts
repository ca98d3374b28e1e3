/** The journal's stored form: written and read again, in this version and in the older one. */
import type { StateRows } from '../../src/sync/ports';
import { existingJournal, journalOf } from '../../src/sync/runs/keep-journal';
import type { Run } from '../../src/sync/runs/run';
import {
  JOURNAL_HEADERS,
  type Journal,
  type JournalLine,
  openJournal,
  SHARED_JOURNAL_ID,
} from '../../src/sync/state/journal';
import { FakeWorkbook } from '../fakes/fake-workbook';

const inMemory = (stored: string[][]): StateRows => ({
  first: () => stored[0] ?? [],
  read: () => stored.map((row) => [...row]),
  keys: () => stored.map(([key]) => key ?? ''),
  rows: (start, count) => stored.slice(start, start + count),
  write: (start, rows) => void stored.splice(start, rows.length, ...rows.map((row) => [...row])),
  remove: (start, count) => void stored.splice(start, count),
});

const common = {
  time: '2026-03-01T10:00:00.000Z',
  user: 'ann@example.com',
  importTitle: 'Companies',
  rowTitle: 'Acme',
  field: 'organization',
  oldText: '',
  newText: 'Acme',
  outcome: 'sending' as const,
  run: 'run-1',
  importId: 'i1',
  rowId: 'new:abc',
  entity: '',
};
const LINES: readonly JournalLine[] = [
  { ...common, kind: 'cell', column: 'field.1', old: null, new: ['a', 'b'], undoes: '' },
  { ...common, kind: 'creation', parts: { domain: 'acme.com', before: [1, 2] }, made: '' },
  { ...common, kind: 'removal', rowId: '7' },
];

test('every kind of line is read as it was written', () => {
  const stored: string[][] = [];
  openJournal(inMemory(stored)).add(LINES);
  expect(stored[0]).toEqual(JOURNAL_HEADERS);
  expect(openJournal(inMemory(stored)).entries.map(({ line }) => line)).toEqual(LINES);
});

test('the id of what was made is noted with the outcome', () => {
  const stored: string[][] = [];
  const journal = openJournal(inMemory(stored));
  const [, entry] = journal.add(LINES);
  if (entry === undefined) throw new Error('no entry');
  journal.complete([{ entry, outcome: 'sent', made: '42' }]);
  expect(openJournal(inMemory(stored)).entries[1]?.line).toMatchObject({ outcome: 'sent', made: '42' });
});

/** A line as format 1 wrote it. */
const OLD = [
  [
    'Time (UTC)',
    'User',
    'Import',
    'Row',
    'Field',
    'Old',
    'New',
    'Outcome',
    'Run',
    'Format',
    'Import id',
    'Row id',
    'Record',
    'Column',
    'Old value',
    'New value',
    'Of run',
  ],
  [
    '2026-03-01T10:00:00.000Z',
    'ann@example.com',
    'Deals',
    'Acme',
    'Amount',
    '1',
    '2',
    'sent',
    'run-1',
    '1',
    'i1',
    '7',
    '8:7',
    'field.1',
    '1',
    '2',
    '',
  ],
];

test('format 1 is read: all its lines are cells', () => {
  const { entries } = openJournal(inMemory(OLD.map((row) => [...row])));
  expect(entries.map(({ line }) => line)).toEqual([
    expect.objectContaining({ kind: 'cell', column: 'field.1', old: 1, new: 2, outcome: 'sent', undoes: '' }),
  ]);
});

test('a journal of format 1 gets the new headers with its first new line, and not by being read', () => {
  const stored = OLD.map((row) => [...row]);
  const journal = openJournal(inMemory(stored));
  expect(stored).toEqual(OLD);
  journal.add(LINES);
  expect(stored[0]).toEqual(JOURNAL_HEADERS);
  expect(openJournal(inMemory(stored)).entries).toHaveLength(4);
});

test.each([
  ['a newer format', 9, '3'],
  ['an unknown kind', 17, 'rumour'],
  ['an unknown outcome', 7, 'perhaps'],
  ['parts that are no object', 15, '[1]'],
])('%s is not guessed at', (_name, column, text) => {
  const stored: string[][] = [];
  openJournal(inMemory(stored)).add(LINES.slice(1, 2));
  const row = stored[1];
  if (row !== undefined) row[column] = text;
  expect(() => openJournal(inMemory(stored))).toThrow('sheet/state-unreadable');
});

test('what the shared journal says of an import counts until it has its own, which begins with it', () => {
  const workbook = new FakeWorkbook();
  const shared = openJournal(workbook.createState(SHARED_JOURNAL_ID));
  shared.add(LINES);
  const [first] = LINES;
  const importId = first?.importId ?? '';
  if (first !== undefined) shared.add([{ ...first, importId: 'another' }]);
  workbook.flush();
  const run = { workbook } as unknown as Run; // nothing else of it is asked
  const texts = (journal: Journal | null): readonly string[] =>
    (journal?.entries ?? []).filter(({ line }) => line.importId === importId).map(({ line }) => line.newText);
  const before = texts(existingJournal(run, importId));
  expect(before).toHaveLength(LINES.length);
  const own = journalOf(run, importId);
  workbook.flush();
  expect(own.entries).toHaveLength(LINES.length);
  expect(texts(existingJournal(run, importId))).toEqual(before);
  expect(journalOf(run, importId).entries).toHaveLength(LINES.length);
  expect(existingJournal(run, 'another')?.entries).toHaveLength(LINES.length + 1);
});

describe('a long journal', () => {
  const [cell] = LINES;
  if (cell?.kind !== 'cell') throw new Error('the first line is a cell');
  const linesOf = (run: string, count: number, outcome: JournalLine['outcome'] = 'sent'): readonly JournalLine[] =>
    Array.from({ length: count }, (_line, at) => ({ ...cell, run, outcome, rowId: `${run}/${at}` }));
  const trimmed = (lines: readonly JournalLine[], keep: number) => {
    const stored: string[][] = [];
    const journal = openJournal(inMemory(stored));
    journal.add(lines);
    journal.trim(keep);
    const runs = (one: Journal): readonly string[] => one.entries.map(({ line }) => line.rowId);
    const again = openJournal(inMemory(stored));
    // What the journal thinks and what stands there are the same, also for what is written next.
    expect(runs(again)).toEqual(runs(journal));
    const [last] = journal.add(linesOf('next', 1));
    if (last === undefined) throw new Error('nothing was added');
    journal.complete([{ entry: last, outcome: 'refused' }]);
    expect(openJournal(inMemory(stored)).entries.at(-1)?.line).toMatchObject({ run: 'next', outcome: 'refused' });
    return again.entries.length;
  };
  const three = [...linesOf('a', 4), ...linesOf('b', 4), ...linesOf('c', 4)];

  test.each([
    ['within its length', three, 12, 12],
    ['a little longer', three, 10, 12],
    ['too long: whole runs go', three, 8, 8],
    ['too long: no part of a run goes', three, 6, 8],
    ['one long run', linesOf('a', 12), 2, 12],
    ['an open line stays, and what is after it', [...linesOf('a', 2), ...linesOf('b', 2, 'sending'), ...three], 4, 14],
  ])('%s', (_name, lines, keep, left) => {
    expect(trimmed(lines, keep)).toBe(left);
  });
});
