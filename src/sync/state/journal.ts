/**
 * The journal: what was sent to Affinity, cell by cell, in a hidden sheet of the file: time, user, row, field, old, new, outcome, run.
 * A cell's line is written before its call (`sending`) and completed after it, so that a run that died in between is settled by
 * asking Affinity, and every push can be explained and undone. Format 1.
 */
import { DecodeError } from '../../api/codec';
import type { Value } from '../cells/value';
import { SheetError, type StateRows } from '../ports';
import { storedValue } from './stored-value';

export const JOURNAL_VERSION = 1;
/** Id under which the journal's hidden sheet is kept; no import has it. */
export const JOURNAL_ID = 'journal';

export const JOURNAL_HEADERS = [
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
] as const;
export const JOURNAL_SHAPE = `${JOURNAL_HEADERS.join(', ')}; values ${storedValue.shape}`;

/** `sending`: not known yet · `sent` · `refused`: by Affinity · `undone`: sent, and taken back by a later run. */
export type Outcome = 'sending' | 'sent' | 'refused' | 'undone';
const OUTCOMES: readonly string[] = ['sending', 'sent', 'refused', 'undone'] satisfies readonly Outcome[];

export interface JournalLine {
  /** Instant, ISO 8601 UTC. */
  readonly time: string;
  readonly user: string;
  readonly importTitle: string;
  readonly rowTitle: string;
  readonly field: string;
  readonly oldText: string;
  readonly newText: string;
  readonly outcome: Outcome;
  readonly run: string;
  readonly importId: string;
  readonly rowId: string;
  readonly entity: string;
  readonly column: string;
  readonly old: Value;
  readonly new: Value;
  /** For a line that takes another back: the run of that other; else ''. */
  readonly undoes: string;
}

const encode = (line: JournalLine): readonly string[] => [
  line.time,
  line.user,
  line.importTitle,
  line.rowTitle,
  line.field,
  line.oldText,
  line.newText,
  line.outcome,
  line.run,
  String(JOURNAL_VERSION),
  line.importId,
  line.rowId,
  line.entity,
  line.column,
  JSON.stringify(line.old),
  JSON.stringify(line.new),
  line.undoes,
];

const decode = (row: readonly string[], at: string): JournalLine => {
  const text = (index: number): string => row[index] ?? '';
  const value = (index: number): Value => storedValue.decode(JSON.parse(text(index)), `${at}[${index}]`);
  if (text(9) !== String(JOURNAL_VERSION) || !OUTCOMES.includes(text(7)))
    throw new SheetError('sheet/state-unreadable', at);
  try {
    return {
      time: text(0),
      user: text(1),
      importTitle: text(2),
      rowTitle: text(3),
      field: text(4),
      oldText: text(5),
      newText: text(6),
      outcome: text(7) as Outcome, // one of OUTCOMES, checked above
      run: text(8),
      importId: text(10),
      rowId: text(11),
      entity: text(12),
      column: text(13),
      old: value(14),
      new: value(15),
      undoes: text(16),
    };
  } catch (fault) {
    if (fault instanceof DecodeError || fault instanceof SyntaxError)
      throw new SheetError('sheet/state-unreadable', at);
    throw fault;
  }
};

/** A line in its place. */
export interface JournalEntry {
  readonly index: number;
  readonly line: JournalLine;
}

export interface Journal {
  readonly entries: readonly JournalEntry[];
  /** Adds lines and gives them with their places. Buffered until the workbook is flushed. */
  add(lines: readonly JournalLine[]): readonly JournalEntry[];
  /** Notes outcomes. Buffered until the workbook is flushed. */
  complete(outcomes: readonly { readonly entry: JournalEntry; readonly outcome: Outcome }[]): void;
  /** Takes lines out that turned out not to have been sent. Buffered until the workbook is flushed. */
  drop(entries: readonly JournalEntry[]): void;
}

/** The first row holds the headers; a dropped line is a row without text. */
const FIRST_ROW = 1;

/** @throws SheetError sheet/state-unreadable */
export const openJournal = (state: StateRows): Journal => {
  const stored = state.read();
  if (stored.length === 0) state.write(0, [JOURNAL_HEADERS]);
  const lines = new Map<number, JournalLine>();
  stored.slice(FIRST_ROW).forEach((row, index) => {
    if (row.some((cell) => cell !== '')) lines.set(index, decode(row, `journal row ${index + FIRST_ROW + 1}`));
  });
  let end = Math.max(0, stored.length - FIRST_ROW);
  const writeBlocks = (indices: readonly number[]) => {
    const sorted = [...indices].sort((a, b) => a - b);
    let block: (readonly string[])[] = [];
    sorted.forEach((index, position) => {
      const line = lines.get(index);
      block.push(line === undefined ? [''] : encode(line));
      if (sorted[position + 1] === index + 1) return;
      state.write(FIRST_ROW + index - block.length + 1, block);
      block = [];
    });
  };
  return {
    get entries() {
      return [...lines].map(([index, line]) => ({ index, line })).sort((a, b) => a.index - b.index);
    },
    add(added) {
      const entries = added.map((line, offset) => ({ index: end + offset, line }));
      for (const { index, line } of entries) lines.set(index, line);
      end += added.length;
      writeBlocks(entries.map(({ index }) => index));
      return entries;
    },
    complete(outcomes) {
      for (const { entry, outcome } of outcomes) lines.set(entry.index, { ...entry.line, outcome });
      writeBlocks(outcomes.map(({ entry }) => entry.index));
    },
    drop(entries) {
      for (const { index } of entries) lines.delete(index);
      writeBlocks(entries.map(({ index }) => index));
      // Places at the end are used again, so that a resent cell leaves the journal as if it had been sent once.
      while (end > 0 && !lines.has(end - 1)) end -= 1;
    },
  };
};
