/**
 * What the datasets of persons, organizations and opportunities share: they are read page by page as the API searches them. Interaction
 * dates come when they are asked for, and then records without any interaction stay out. Source: official text, sections of the same
 * names.
 */
import { flag, object, optional, text } from '../../api/codec';
import type { InteractionDates } from '../../api/records';
import { instant, instantAt } from '../cells/instant';
import type { Value } from '../cells/value';
import type { Opening } from './dataset';
import { column, type RecordColumn } from './record-source';

export interface DirectoryWanted {
  /** What the table is called. */
  readonly title: string;
  /** Part of a name, an e-mail address or a domain. */
  readonly term?: string;
  readonly withDates?: boolean;
  /** Calendar days in the sheet's zone between which the last interaction was, both included. */
  readonly lastFrom?: string;
  readonly lastTo?: string;
}

export const parameters = object({
  title: text,
  term: optional(text),
  withDates: optional(flag),
  lastFrom: optional(text),
  lastTo: optional(text),
});

export const byAffinity = 'Affinity fills this column itself.';
const DAY_MS = 86_400_000;
/** Largest page. Source: official text, "Search for Persons". */
export const RECORDS_PER_PAGE = 500;

/** The query that all pages share: a token is good for exactly that. */
export const queryOf = ({ term, withDates, lastFrom, lastTo }: DirectoryWanted, { localTime }: Opening) => {
  const start = (day: string): number => instantAt(`${day}T00:00:00`, localTime);
  const after = lastTo === undefined ? null : new Date(Date.parse(lastTo) + DAY_MS).toISOString().slice(0, 10);
  return {
    page_size: RECORDS_PER_PAGE,
    ...(term === undefined ? {} : { term }),
    ...(withDates === true ? { with_interaction_dates: true } : {}),
    ...(lastFrom === undefined ? {} : { min_last_interaction_date: new Date(start(lastFrom)).toISOString() }),
    ...(after === null ? {} : { max_last_interaction_date: new Date(start(after) - 1).toISOString() }),
  };
};

/** The page that a token leads to; the first one for null. */
export const paged = (token: string | null) => (token === null ? {} : { page_token: token });

interface Dated {
  readonly interaction_dates?: InteractionDates | null;
}

const DATES = [
  ['first_email_date', 'First e-mail'],
  ['last_email_date', 'Last e-mail'],
  ['last_event_date', 'Last meeting'],
  ['next_event_date', 'Next meeting'],
  ['last_interaction_date', 'Last interaction'],
] as const;

/** Columns of the dates of interactions, where they are asked for. */
export const dateColumns = (withDates: boolean | undefined): readonly RecordColumn<Dated>[] =>
  withDates !== true
    ? []
    : DATES.map(([key, header]) =>
        column<Dated>(`dates.${key}`, header, instant, (record) => record.interaction_dates?.[key] ?? null, {
          locked: byAffinity,
        }),
      );

/** A value of several texts, or of one. */
export const texts = (value: Value): readonly string[] =>
  Array.isArray(value) ? value.map(String) : value === null ? [] : [String(value)];
/** Only what was changed is sent. */
export const changed = <T>(changes: ReadonlyMap<string, Value>, key: string, to: (value: Value) => T): T | undefined =>
  changes.has(key) ? to(changes.get(key) ?? null) : undefined;
