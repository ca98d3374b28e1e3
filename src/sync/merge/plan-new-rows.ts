/**
 * What becomes of rows that a person typed: found out by the dataset, decided here. Pure; preview and push are views of it.
 * Cases: test/unit/plan-new-rows.test.ts.
 */
import { type Cell, isDay, isFormula } from '../cells/cell';
import type { Candidate, Column, Evidence, NamedRecord, NewRow } from '../datasets/dataset';
import { STATUS_COLUMN } from '../row-id';
import type { TableIndex } from './plan';

export type Fate =
  /** Something new is made in Affinity. */
  | { readonly kind: 'create' }
  /** A row is made for something that Affinity has. */
  | { readonly kind: 'attach'; readonly candidate: Candidate }
  /** Affinity has the row already and the table has not: the typed row becomes it. */
  | { readonly kind: 'tie'; readonly candidate: Candidate; readonly record: NamedRecord }
  /** It is a row of the table already. It is made a second time only on explicit wish. */
  | { readonly kind: 'repeat'; readonly candidate: Candidate }
  | { readonly kind: 'refused' };

export interface NewRowPlan {
  readonly row: NewRow;
  readonly fate: Fate;
  /** What will happen, or why nothing does: whole sentences. */
  readonly says: string;
}

const textOf = (cell: Cell): string => {
  if (isFormula(cell)) return cell.formula;
  if (isDay(cell)) return `${cell.day}T${cell.time ?? ''}`;
  return String(cell ?? '')
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
};

const fnv = (text: string, seed: number): string => {
  let hash = seed;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 16777619);
  return (hash >>> 0).toString(36);
};

/** A short name for a text, enough to tell the rows of one table apart: FNV-1a, twice. */
const hashOf = (text: string): string => `${fnv(text, 2166136261)}${fnv(text, 40503)}`;

/** The rows of a table that have content and an empty id cell. */
export const typedRows = ({ snapshot, unnamed }: TableIndex, columns: readonly Column[]): readonly NewRow[] =>
  unnamed
    .filter((position) => (snapshot.ids[position] ?? null) === null)
    .map((position) => {
      const cells = new Map<string, Cell>();
      for (const [key, column] of snapshot.columns) {
        const cell = column[position] ?? null;
        if (cell !== null && key !== STATUS_COLUMN) cells.set(key, cell);
      }
      const rowNumber = snapshot.firstRowNumber + position;
      const naming = columns.filter(({ namesNewRow }) => namesNewRow).map(({ key }) => textOf(cells.get(key) ?? null));
      // A row that nothing names is known by its place alone.
      const key = naming.every((text) => text === '') ? `new:@${rowNumber}` : `new:${hashOf(JSON.stringify(naming))}`;
      return { key, rowNumber, cells };
    });

const places = (rows: readonly NewRow[]): string => rows.map(({ rowNumber }) => rowNumber).join(' and ');

const refused = (row: NewRow, says: string): NewRowPlan => ({ row, fate: { kind: 'refused' }, says });

/** Candidates named in one refusal. */
const NAMED = 5;

const planOne = ({ row, candidates, creation }: Evidence, rowNumberOf: (key: string) => number | null): NewRowPlan => {
  const [candidate, ...others] = candidates;
  if (candidate === undefined) {
    return 'problem' in creation
      ? refused(row, creation.problem)
      : { row, fate: { kind: 'create' }, says: `Will create ${creation.says}.` };
  }
  if (others.length > 0) {
    const labels = candidates.slice(0, NAMED).map(({ label }) => label);
    const more = candidates.length > NAMED ? ` and ${candidates.length - NAMED} more` : '';
    return refused(
      row,
      `Affinity has ${candidates.length} of this name: ${labels.join(', ')}${more}. Write one of these as the name.`,
    );
  }
  const { records } = candidate;
  if (records.length === 0) {
    return { row, fate: { kind: 'attach', candidate }, says: `Will attach to ${candidate.says}.` };
  }
  const absent = records.filter(({ key }) => rowNumberOf(key) === null);
  const [record, ...further] = absent;
  if (record === undefined) {
    const number = Math.min(...records.flatMap(({ key }) => rowNumberOf(key) ?? []));
    return {
      row,
      fate: { kind: 'repeat', candidate },
      says: `Is in this table already, in row ${number}: ${candidate.label}.`,
    };
  }
  if (further.length > 0) {
    return refused(
      row,
      `Affinity has ${absent.length} rows of ${candidate.label} that are not in this table. Refresh first.`,
    );
  }
  return {
    row,
    fate: { kind: 'tie', candidate, record },
    says: `Is in Affinity already: this row will be tied to ${candidate.says}.`,
  };
};

interface Group {
  readonly strong: string | null;
  readonly weak: string;
  readonly row: NewRow;
}

const isSame = (a: Group, b: Group): boolean =>
  a.strong !== null && b.strong !== null ? a.strong === b.strong : a.weak === b.weak;

const groupOf = ({ row, candidates, creation }: Evidence): Group | null => {
  const [candidate, ...others] = candidates;
  if (candidate !== undefined)
    return others.length > 0 ? null : { row, strong: candidate.entity, weak: candidate.entity };
  return 'problem' in creation ? null : { row, ...creation.identity };
};

/**
 * Decides for each typed row. `rowNumberOf` gives the row of the table that an id stands on, or null. Rows that would become the
 * same thing are refused together: which of them is meant can't be known.
 */
export const planNewRows = (
  evidence: readonly Evidence[],
  rowNumberOf: (key: string) => number | null,
): readonly NewRowPlan[] => {
  const groups = evidence.map(groupOf);
  return evidence.map((one, index) => {
    const mine = groups[index] ?? null;
    const same = groups.flatMap((group) => (group !== null && mine !== null && isSame(group, mine) ? [group.row] : []));
    if (same.length > 1) {
      return refused(one.row, `Rows ${places(same)} mean the same. Keep one of them.`);
    }
    return planOne(one, rowNumberOf);
  });
};
