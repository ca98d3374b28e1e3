/**
 * The journal of an import: what was sent to Affinity, in a hidden sheet of the file: time, user, row, field, old, new, outcome, run. A line is
 * written before its call (`sending`) and completed after it, so that a run that died in between is settled by asking Affinity, and
 * every push can be explained and undone. Format 2; format 1 knew cells only and had neither `Kind` nor `Made`.
 */

import { DecodeError } from '../../api/codec';
import type { Value } from '../cells/value';
import type { Making, MakingParts } from '../datasets/dataset';
import { SheetError, type StateRows } from '../ports';
import { orRefuse } from './readable';
import { storedValue } from './stored-value';

export const JOURNAL_VERSION = 2;
/** Where one journal for all imports was kept, before each had its own: two runs at a time wrote over each other's lines. */
export const SHARED_JOURNAL_ID = 'journal';
/** Id under which the hidden sheet of an import's journal is kept. */
export const journalIdOf = (importId: string): string => `${SHARED_JOURNAL_ID}.${importId}`;
/** Whether a state is a journal, and no import. */
export const isJournalId = (id: string): boolean => id === SHARED_JOURNAL_ID || id.startsWith(journalIdOf(''));

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
  'Kind',
  'Made',
] as const;
const PARTS_SHAPE = '{name: text | number | [text | number]}';
export const JOURNAL_SHAPE = `${JOURNAL_HEADERS.join(', ')}; values ${storedValue.shape}; of a creation: new is ${PARTS_SHAPE}`;

/** `cell`: a value · `creation`: a record that was made for a row · `removal`: a row that was taken off. */
export type LineKind = 'cell' | 'creation' | 'removal';
const KINDS: readonly string[] = ['cell', 'creation', 'removal'] satisfies readonly LineKind[];

/** `sending`: not known yet · `sent` · `refused`: by Affinity · `undone`: sent, and taken back by a later run. */
export type Outcome = 'sending' | 'sent' | 'refused' | 'undone';
const OUTCOMES: readonly string[] = ['sending', 'sent', 'refused', 'undone'] satisfies readonly Outcome[];

interface Line {
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
  /** Id of the row; of a creation, what names the row that has none yet. */
  readonly rowId: string;
  readonly entity: string;
}

export interface CellLine extends Line {
  readonly kind: 'cell';
  readonly column: string;
  readonly old: Value;
  readonly new: Value;
  /** For a line that takes another back: the run of that other; else ''. */
  readonly undoes: string;
}

/** One creating call. `field` is what it makes, in Affinity's words, `newText` its name. */
export interface CreationLine extends Line {
  readonly kind: 'creation';
  readonly parts: MakingParts;
  /** Id of what was made, of the row itself for the call that completes one; '' while that is not known. */
  readonly made: string;
}

export interface RemovalLine extends Line {
  readonly kind: 'removal';
}

export type JournalLine = CellLine | CreationLine | RemovalLine;

export const makingOf = ({ field, newText, parts }: CreationLine): Making => ({ noun: field, title: newText, parts });

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
  line.kind === 'cell' ? line.column : '',
  line.kind === 'cell' ? JSON.stringify(line.old) : '',
  line.kind === 'cell' ? JSON.stringify(line.new) : line.kind === 'creation' ? JSON.stringify(line.parts) : '',
  line.kind === 'cell' ? line.undoes : '',
  line.kind,
  line.kind === 'creation' ? line.made : '',
];

const isPart = (raw: unknown): boolean => typeof raw === 'string' || typeof raw === 'number';

const partsOf = (raw: unknown, at: string): MakingParts => {
  const isObject = typeof raw === 'object' && raw !== null && !Array.isArray(raw);
  if (!isObject || !Object.values(raw).every((part) => isPart(part) || (Array.isArray(part) && part.every(isPart)))) {
    throw new DecodeError(at, PARTS_SHAPE);
  }
  return raw as MakingParts; // checked above
};

const decode = (row: readonly string[], at: string): JournalLine => {
  const text = (index: number): string => row[index] ?? '';
  const kind = text(9) === '1' ? 'cell' : text(17);
  const isKnown = text(9) === '1' || text(9) === String(JOURNAL_VERSION);
  if (!isKnown || !OUTCOMES.includes(text(7)) || !KINDS.includes(kind)) {
    throw new SheetError('sheet/state-unreadable', at);
  }
  const json = (index: number): unknown => JSON.parse(text(index));
  const value = (index: number): Value => storedValue.decode(json(index), `${at}[${index}]`);
  const line: Line = {
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
  };
  return orRefuse(at, () => {
    // One of KINDS, checked above.
    switch (kind as LineKind) {
      case 'cell':
        return { ...line, kind: 'cell', column: text(13), old: value(14), new: value(15), undoes: text(16) };
      case 'creation':
        return { ...line, kind: 'creation', parts: partsOf(json(15), `${at}[15]`), made: text(18) };
      case 'removal':
        return { ...line, kind: 'removal' };
    }
  });
};

/** A line in its place. */
export interface JournalEntry<L extends JournalLine = JournalLine> {
  readonly index: number;
  readonly line: L;
}

/** Entries of one kind. */
export const ofKind = <K extends LineKind>(
  entries: readonly JournalEntry[],
  kind: K,
): readonly JournalEntry<Extract<JournalLine, { readonly kind: K }>>[] =>
  // The filter looks at the very property that tells the kinds apart.
  entries.filter(({ line }) => line.kind === kind) as JournalEntry<Extract<JournalLine, { readonly kind: K }>>[];

export interface Journal {
  /** Whether nothing was ever written to it. */
  readonly isBlank: boolean;
  readonly entries: readonly JournalEntry[];
  /** Adds lines and gives them with their places. Buffered until the workbook is flushed. */
  add(lines: readonly JournalLine[]): readonly JournalEntry[];
  /** Notes outcomes, the ids of what was made, and parts. Buffered until the workbook is flushed. */
  complete(
    outcomes: readonly {
      readonly entry: JournalEntry;
      readonly outcome: Outcome;
      readonly made?: string;
      /** Of a cell of which a part was sent: what Affinity has now. */
      readonly part?: Pick<CellLine, 'new' | 'newText'>;
    }[],
  ): void;
  /** Takes the oldest lines out when there are a quarter more than `keep`; never a part of a run, nor what is open. Buffered as all. */
  trim(keep: number): void;
  /** Takes lines out that turned out not to have been sent. Buffered until the workbook is flushed. */
  drop(entries: readonly JournalEntry[]): void;
}

/** The first row holds the headers; a dropped line is a row without text. */
const FIRST_ROW = 1;

/** @throws SheetError sheet/state-unreadable */
export const openJournal = (state: StateRows): Journal => {
  const stored = state.read();
  const lines = new Map<number, JournalLine>();
  stored.slice(FIRST_ROW).forEach((row, index) => {
    if (row.some((cell) => cell !== '')) lines.set(index, decode(row, `journal row ${index + FIRST_ROW + 1}`));
  });
  let hasHeaders = (stored[0]?.length ?? 0) >= JOURNAL_HEADERS.length;
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
    isBlank: stored.length === 0,
    get entries() {
      return [...lines].map(([index, line]) => ({ index, line })).sort((a, b) => a.index - b.index);
    },
    add(added) {
      // An older version wrote fewer headers.
      if (!hasHeaders && added.length > 0) state.write(0, [JOURNAL_HEADERS]);
      hasHeaders ||= added.length > 0;
      const entries = added.map((line, offset) => ({ index: end + offset, line }));
      for (const { index, line } of entries) lines.set(index, line);
      end += added.length;
      writeBlocks(entries.map(({ index }) => index));
      return entries;
    },
    complete(outcomes) {
      for (const { entry, outcome, made, part } of outcomes) {
        const { line } = entry;
        if (line.kind === 'creation' && made !== undefined) lines.set(entry.index, { ...line, outcome, made });
        else if (line.kind === 'cell') lines.set(entry.index, { ...line, outcome, ...part });
        else lines.set(entry.index, { ...line, outcome });
      }
      writeBlocks(outcomes.map(({ entry }) => entry.index));
    },
    trim(keep) {
      const all = this.entries;
      if (all.length <= keep * 1.25) return;
      const open = all.findIndex(({ line }) => line.outcome === 'sending');
      let cut = Math.min(all.length - keep, open < 0 ? all.length : open);
      while (cut > 0 && all[cut - 1]?.line.run === all[cut]?.line.run) cut -= 1;
      const removed = all[cut]?.index ?? 0;
      if (removed === 0) return;
      state.remove(FIRST_ROW, removed);
      lines.clear();
      for (const { index, line } of all.slice(cut)) lines.set(index - removed, line);
      end -= removed;
    },
    drop(entries) {
      for (const { index } of entries) lines.delete(index);
      writeBlocks(entries.map(({ index }) => index));
      // Places at the end are used again, so that a resent cell leaves the journal as if it had been sent once.
      while (end > 0 && !lines.has(end - 1)) end -= 1;
    },
  };
};
