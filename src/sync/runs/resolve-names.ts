/**
 * Finds the names behind ids and the ids behind names, with few calls: a few ids one by one, many by pages of the directory, never
 * more pages than there are ids in question. What was found serves the whole run.
 */

import type { NamedKind } from '../cells/codec';
import type { Api, Column, SyncRecord } from '../datasets/dataset';
import { createDirectory, type Directory, type Named } from '../names';
import { answerOf, isAbsent, longestWord, namingCalls, pageQuery, searchAll } from '../search';

const KINDS = ['person', 'organization', 'opportunity'] as const satisfies readonly NamedKind[];

/** So few ids are asked for one by one rather than by a page of the directory. */
const FEW = 4;
export interface NameBook {
  readonly persons: Directory;
  readonly organizations: Directory;
  readonly opportunities: Directory;
  /** Learns the names of all ids in the reference columns of these records. @throws ApiError */
  learn(columns: readonly Column[], records: readonly SyncRecord[]): void;
  /** Whether all that `learn` would ask for this record is known. */
  knows(columns: readonly Column[], record: SyncRecord): boolean;
  /** Learns who is meant by these texts, e.g. names typed by a person. @throws ApiError */
  search(kind: NamedKind, labels: readonly string[]): void;
  /** What was learnt since the last call of this, as lines that `recall` takes. */
  news(): readonly string[];
  /** Knows again what another slice of this run had learnt. A line that can't be read is left out: it is learnt anew. */
  recall(lines: readonly string[]): void;
}

/** What a line of `news` says: a record's name, a record that Affinity does not have, how far the directory was read. */
type News =
  | readonly ['named', NamedKind, number, string, readonly string[]]
  | readonly ['absent', NamedKind, number]
  | readonly ['cursor', NamedKind, string | false];

/** Lines of `news`, as they were told; any other says nothing. Only this file writes them. */
const readNews = (lines: readonly string[]): readonly News[] => {
  try {
    return JSON.parse(`[${lines.filter((line) => line.startsWith('[')).join(',')}]`) as readonly News[]; // written by `tell`
  } catch {
    return [];
  }
};

export const createNameBook = (api: Api): NameBook => {
  let fresh: string[] = [];
  const tell = (news: News) => fresh.push(JSON.stringify(news));
  const directories: Readonly<Record<NamedKind, Directory>> = {
    person: createDirectory(),
    organization: createDirectory(),
    opportunity: createDirectory(),
  };
  /** Knows somebody from now on, and tells of it. */
  const add = (kind: NamedKind, named: Named): void => {
    if (!directories[kind].has(named.id)) tell(['named', kind, named.id, named.name, named.keys]);
    directories[kind].add(named);
  };
  /** As others see it. */
  const telling = (kind: NamedKind): Directory => ({ ...directories[kind], add: (named) => add(kind, named) });
  const absent: Readonly<Record<NamedKind, Set<number>>> = {
    person: new Set(),
    organization: new Set(),
    opportunity: new Set(),
  };
  const searched: Readonly<Record<NamedKind, Set<string>>> = {
    person: new Set(),
    organization: new Set(),
    opportunity: new Set(),
  };
  /** Where the reading of the directory stands: null before the first page, false after the last. */
  const cursor: Record<NamedKind, string | null | false> = { person: null, organization: null, opportunity: null };

  const calls = namingCalls(api);

  const addAll = (kind: NamedKind, named: readonly Named[]) => {
    for (const entry of named) add(kind, entry);
  };

  /** The ids of this kind in a record's reference columns. */
  const idsIn = (kind: NamedKind, columns: readonly Column[], { values }: SyncRecord): readonly number[] =>
    columns.flatMap(({ key, codec }) =>
      codec.references?.kind === kind ? codec.references.ids(values.get(key) ?? null) : [],
    );

  const isSettled = (kind: NamedKind, id: number): boolean => directories[kind].has(id) || absent[kind].has(id);

  const learnIds = (kind: NamedKind, ids: Iterable<number>) => {
    const open = () => [...unknown].filter((id) => !isSettled(kind, id));
    const unknown = new Set(ids);
    const pagesAllowed = open().length;
    for (let read = 0; read < pagesAllowed && open().length > FEW; read += 1) {
      const at = cursor[kind];
      if (at === false) break;
      const [outcome] = api.all([calls[kind].page(pageQuery(at))]);
      const { items, next } = answerOf(outcome);
      addAll(kind, items);
      cursor[kind] = next ?? false;
      tell(['cursor', kind, next ?? false]);
    }
    const rest = open();
    api.all(rest.map((id) => calls[kind].one(id))).forEach((outcome, index) => {
      const id = rest[index];
      if (outcome.ok) add(kind, outcome.value);
      else if (isAbsent(outcome) && id !== undefined) {
        absent[kind].add(id);
        tell(['absent', kind, id]);
      } else answerOf(outcome);
    });
  };

  /** The part of a label that Affinity's search takes: it looks into single name parts, not across them. */
  const termOf = (kind: NamedKind, label: string): string => {
    const key = /<([^<>]+)>/.exec(label)?.[1];
    if (key !== undefined) return key.trim();
    if (kind !== 'person' || label.includes('@')) return label.trim();
    return longestWord(label);
  };

  return {
    persons: telling('person'),
    organizations: telling('organization'),
    opportunities: telling('opportunity'),
    news() {
      const told = fresh;
      fresh = [];
      return told;
    },
    recall(lines) {
      for (const news of readNews(lines)) {
        if (news[0] === 'named') directories[news[1]].add({ id: news[2], name: news[3], keys: news[4] });
        if (news[0] === 'absent') absent[news[1]].add(news[2]);
        if (news[0] === 'cursor') cursor[news[1]] = news[2];
      }
      fresh = [];
    },
    learn(columns, records) {
      for (const kind of KINDS) {
        const ids = new Set(records.flatMap((record) => idsIn(kind, columns, record)));
        if (ids.size > 0) learnIds(kind, ids);
      }
    },
    knows: (columns, record) => KINDS.every((kind) => idsIn(kind, columns, record).every((id) => isSettled(kind, id))),
    search(kind, labels) {
      const fresh = [...new Set(labels)].filter((label) => !searched[kind].has(label) && label.trim() !== '');
      for (const label of fresh) searched[kind].add(label);
      learnIds(
        kind,
        fresh.flatMap((label) => {
          const id = /^(?:.*\s)?#(\d+)$/.exec(label.trim())?.[1];
          return id === undefined ? [] : [Number(id)];
        }),
      );
      const terms = [...new Set(fresh.map((label) => termOf(kind, label)))].filter((term) => !term.startsWith('#'));
      for (const { items } of searchAll(api, terms, calls[kind].page).values()) addAll(kind, items);
    },
  };
};

/** Learns the ids behind the texts of edited cells. Texts that the row's own baseline already explains cost nothing. */
export const searchEdited = (
  book: NameBook,
  columns: readonly Column[],
  edited: readonly { readonly column: string; readonly labels: readonly string[] }[],
): void => {
  for (const kind of KINDS) {
    const labels = edited.flatMap(({ column, labels }) =>
      columns.find(({ key }) => key === column)?.codec.references?.kind === kind ? labels : [],
    );
    if (labels.length > 0) book.search(kind, labels);
  }
};
