/** How an opportunity of a list comes to be, with its links, and is found again. Its entry is made with it. */
import { EntityType, type Opportunity } from '../../api/records';
import { as, type Page, searchAll } from '../search';
import type { Creates, Evidence, Made, NamedRecord, NewRow, Opening } from './dataset';
import { entityKeyOf, entityValues } from './list-entity';
import { linkValues, typedLinks } from './list-links';
import { same, textOnly, typed } from './typed-naming';

/** Opportunities: each lives on one list, and its entry is made with it. */
export const createsOfOpportunities = (listId: number, listName: string, opening: Opening): Creates => {
  const { api, persons, organizations } = opening;
  const type = EntityType.opportunity;
  const linksOf = (row: NewRow) => typedLinks(row, { ...textOnly, persons, organizations });
  const search = (names: readonly string[]) => {
    const results = searchAll(api, names, (query) =>
      as(
        api.prepare.opportunities.search({ query }),
        ({ opportunities: items, next_page_token: next }): Page<Opportunity> => ({ items, next }),
      ),
    );
    return (name: string): readonly Opportunity[] =>
      (results.get(name)?.items ?? []).filter((one) => same(one.name ?? '', name));
  };
  const recordsOf = (one: Opportunity): readonly NamedRecord[] =>
    one.list_entries
      .filter(({ list_id }) => list_id === listId)
      .map(({ id }) => ({
        key: String(id),
        entity: entityKeyOf(type, one.id),
        values: new Map([...entityValues(type, one.id, one), ...linkValues(one)]),
      }));

  return {
    calls: 1,
    evidence(rows) {
      const names = rows.map((row) => ({ row, ...linksOf(row), ...typed(row, 'entity.name') }));
      const found = search(names.flatMap(({ text }) => (text === '' ? [] : [text])));
      return names.map(({ row, text, problem }): Evidence => {
        if (text === '') {
          return { row, candidates: [], creation: { problem: problem ?? 'Write the name of the opportunity.' } };
        }
        if (problem !== undefined) return { row, candidates: [], creation: { problem } };
        const records = found(text).flatMap(recordsOf);
        const weak = `${type}:${text.toLowerCase()}`;
        const candidate = { entity: weak, label: text, says: `the opportunity ${text}`, records };
        return {
          row,
          candidates: records.length === 0 ? [] : [candidate],
          creation: { says: `the opportunity ${text} on “${listName}”`, identity: { strong: null, weak } },
        };
      });
    },
    mayBe(row, record) {
      const theirs = record.values.get('entity.name');
      return typeof theirs === 'string' && same(theirs, typed(row, 'entity.name').text);
    },
    first(row, candidate) {
      const before = (candidate?.records ?? []).map(({ key }) => Number(key));
      const { person_ids, organization_ids } = linksOf(row);
      return {
        noun: 'opportunity',
        title: typed(row, 'entity.name').text,
        parts: { before, person_ids, organization_ids },
      };
    },
    call({ title, parts }) {
      // As `first` writes them.
      const links = {
        person_ids: parts.person_ids as readonly number[],
        organization_ids: parts.organization_ids as readonly number[],
      };
      const body = { name: title, list_id: listId, ...links };
      return as(api.prepare.opportunities.create({ body }), (made): Made => {
        // The text says that the answer is without them.
        const [record] = recordsOf({ ...made, ...links });
        return { id: String(made.id), ...(record === undefined ? {} : { record }) };
      });
    },
    next: () => null,
    find(makings) {
      const found = search(makings.map(({ title }) => title));
      return makings.map(({ title, parts }) => {
        const before = new Set((parts.before as readonly number[]).map(String)); // as `first` writes it
        for (const one of found(title)) {
          const record = recordsOf(one).find(({ key }) => !before.has(key));
          if (record !== undefined) return { id: String(one.id), record };
        }
        return null;
      });
    },
  };
};
