/** Cases of the rules about lists, fields, history, persons, organizations and opportunities. */
import { SEARCHABLE_DATES } from '../../../src/api/enums';
import { type Api, FIELDS, KEYS, LIST_IDS } from './api';
import {
  EXTERNAL,
  good,
  ids,
  NOBODY,
  ORGANIZATION,
  type RuleCase,
  refused,
  TEAM,
  touched,
  untouched,
} from './rule-case';

const { pipeline, companies, people, watchlist } = LIST_IDS;

const newList = { name: 'Scouts', type: 1, is_public: false };

const lists: readonly RuleCase[] = [
  {
    rule: 'list-owner-is-internal',
    sentence: 'the owner of a new list must be an internal person',
    run: (api) => refused(api.post('/lists', { ...newList, owner_id: EXTERNAL }), 422),
  },
  {
    rule: 'list-owner-can-be-named',
    sentence: 'a new list belongs to the owner that is named, else to the user of the key',
    run: (api) => {
      expect(api.post('/lists', newList, KEYS.colleague).json.owner_id).toBe(TEAM.colleague);
      const { json } = api.post('/lists', { ...newList, owner_id: TEAM.other });
      expect([json.owner_id, json.creator_id]).toEqual([TEAM.other, TEAM.admin]);
    },
  },
  {
    rule: 'list-role-for-internal',
    sentence: 'a role on a list is for internal persons',
    run: (api) => {
      const additional_permissions = [{ internal_person_id: EXTERNAL, role_id: 1 }];
      refused(api.post('/lists', { ...newList, additional_permissions }), 422);
    },
  },
  {
    rule: 'list-roles-are-kept',
    sentence: 'a new list tells its roles, and those who have one see the list',
    run: (api) => {
      const additional_permissions = [{ internal_person_id: TEAM.guest, role_id: 1 }];
      const list = api.post('/lists', { ...newList, additional_permissions }).json;
      expect(list.additional_permissions).toEqual(additional_permissions);
      good(api.get(`/lists/${list.id}`, KEYS.guest));
    },
  },
  {
    rule: 'list-can-be-private',
    sentence: 'a list that is not public is seen by its owner only',
    run: (api) => {
      const list = api.post('/lists', newList).json;
      expect(list).toMatchObject({ public: false, list_size: 0, type: 1, name: 'Scouts' });
      expect(ids(api.get('/lists').json)).toContain(list.id);
      expect(ids(api.get('/lists', KEYS.colleague).json)).not.toContain(list.id);
    },
  },
  {
    rule: 'list-field-needs-list',
    sentence: 'a list-specific field needs list_id',
    run: (api) =>
      refused(api.post('/fields', { name: 'Size', entity_type: 1, value_type: 3, is_list_specific: true }), 422),
  },
  {
    rule: 'field-fits-its-list',
    sentence: "a field's entity type must be that of its list",
    run: (api) => {
      const reply = api.post('/fields', { name: 'Size', entity_type: 0, value_type: 3, list_id: companies });
      refused(reply, 422);
      expect(reply.json).toEqual(['List EntityAttribute must have same model type as list type']);
    },
  },
  {
    rule: 'field-can-take-several',
    sentence: 'a field that allows several values takes them, and a new field is among those of its list',
    run: (api) => {
      const body = { name: 'Size', entity_type: 1, value_type: 3, list_id: companies, is_list_specific: true };
      const field = api.post('/fields', { ...body, allows_multiple: true }).json;
      expect(field).toMatchObject({ list_id: companies, allows_multiple: true, enrichment_source: 'none' });
      expect(ids(api.get(`/lists/${companies}`).json.fields)).toContain(field.id);
      const { id, entity_id } = api.entries(companies)[0];
      const cell = { field_id: field.id, entity_id, list_entry_id: id };
      good(api.post('/field-values', { ...cell, value: 1 }));
      good(api.post('/field-values', { ...cell, value: 2 }));
    },
  },
  {
    rule: 'no-global-opportunity-fields',
    sentence: 'opportunities have no global fields',
    run: (api) => refused(api.post('/fields', { name: 'Size', entity_type: 8, value_type: 3 }), 422),
  },
  {
    rule: 'enriched-field-stays',
    sentence: 'a field that Affinity fills cannot be deleted, one of the team can, with its values',
    run: (api) => {
      good(api.remove(`/fields/${FIELDS.amount}`));
      const { id } = api.entries(pipeline)[0];
      expect(api.get(`/field-values?list_entry_id=${id}`).text).not.toContain(`"field_id":${FIELDS.amount}`);
      refused(api.remove(`/fields/${FIELDS.personLocation}`), 422);
    },
  },
];

interface Change {
  readonly id: number;
  readonly list_entry_id: number;
  readonly entity_id: number;
  readonly action_type: number;
  readonly changed_at: string;
  readonly changer: { readonly id: number };
  // biome-ignore lint/suspicious/noExplicitAny: the value's type follows from the field
  readonly value: any;
}
const history = (api: Api, query = '', field: number = FIELDS.status): readonly Change[] =>
  api.get(`/field-value-changes?field_id=${field}${query}`).json;

const changes: readonly RuleCase[] = [
  {
    rule: 'changes-are-recorded',
    sentence: 'a value that is created, updated and deleted leaves three steps, newest first, with who made them',
    run: (api) => {
      const cell = api.emptyCell(FIELDS.amount);
      api.control.advance(1000);
      const { id } = api.post('/field-values', { ...cell, value: 1 }, KEYS.colleague).json;
      api.control.advance(1000);
      api.put(`/field-values/${id}`, { value: 2 });
      api.control.advance(1000);
      api.remove(`/field-values/${id}`);
      const steps = history(api, `&list_entry_id=${cell.list_entry_id}`, FIELDS.amount).slice(0, 3);
      expect(steps.map((one) => [one.action_type, one.value, one.changer.id])).toEqual([
        [1, 2, TEAM.admin],
        [2, 2, TEAM.admin],
        [0, 1, TEAM.colleague],
      ]);
    },
  },
  {
    rule: 'changes-of-tracked-fields-only',
    sentence: 'a field that does not track changes keeps no history, also when tracking would be asked for',
    run: (api) => {
      api.post('/field-values', { ...api.emptyCell(FIELDS.dealMemo), value: 'first' });
      api.control.setRule({ rule: 'changes-need-tracked-field', on: false });
      expect(history(api, '', FIELDS.dealMemo)).toEqual([]);
    },
  },
  {
    rule: 'changes-need-tracked-field',
    sentence: 'the history of an untracked field is a 422 that says so',
    run: (api) => {
      for (const field of [FIELDS.dealMemo, FIELDS.sector, FIELDS.personLocation]) {
        const reply = api.get(`/field-value-changes?field_id=${field}`);
        refused(reply, 422);
        expect(reply.json).toEqual(['Tracking changes for this entity attribute is not yet supported']);
      }
      good(api.get(`/field-value-changes?field_id=${FIELDS.closeDate}`));
    },
  },
  {
    rule: 'changes-by-action',
    sentence: 'action_type gives the steps of that kind',
    run: (api) => {
      expect(new Set(history(api, '&action_type=0').map((one) => one.action_type))).toEqual(new Set([0]));
      expect(new Set(history(api, '&action_type=2').map((one) => one.action_type))).toEqual(new Set([2]));
    },
  },
  {
    rule: 'changes-by-one-id',
    sentence: 'a history can be narrowed by one id, not by two',
    run: (api) => {
      const { id, entity_id } = api.entries(pipeline)[0];
      refused(
        api.get(`/field-value-changes?field_id=${FIELDS.status}&list_entry_id=${id}&opportunity_id=${entity_id}`),
        422,
      );
    },
  },
  {
    rule: 'changes-of-one-owner',
    sentence: 'list_entry_id gives the steps of that row',
    run: (api) => {
      const entry = history(api)[0]?.list_entry_id;
      expect(new Set(history(api, `&list_entry_id=${entry}`).map((one) => one.list_entry_id))).toEqual(
        new Set([entry]),
      );
    },
  },
  {
    rule: 'changes-of-one-owner',
    sentence: 'opportunity_id gives the steps of that opportunity',
    run: (api) => {
      const entity = history(api)[0]?.entity_id;
      expect(new Set(history(api, `&opportunity_id=${entity}`).map((one) => one.entity_id))).toEqual(new Set([entity]));
    },
  },
  {
    rule: 'changes-after-a-time',
    sentence: 'changed_after gives the steps from that instant on, itself included',
    run: (api) => {
      const all = history(api);
      const middle = all[Math.floor(all.length / 2)]?.changed_at ?? '';
      const later = history(api, `&changed_after=${encodeURIComponent(middle)}`);
      expect(later.length).toBeLessThan(all.length);
      expect(later.map((one) => one.changed_at)).toContain(middle);
    },
  },
  {
    rule: 'changes-limited',
    sentence: 'limit gives that many steps',
    run: (api) => expect(history(api, '&limit=3')).toHaveLength(3),
  },
  {
    rule: 'changes-limit-is-positive',
    sentence: 'a limit of 0 is a 422',
    run: (api) => refused(api.get(`/field-value-changes?field_id=${FIELDS.status}&limit=0`), 422),
  },
  {
    rule: 'changes-in-asked-order',
    sentence: 'order_by asc gives the oldest step first',
    run: (api) => expect(history(api, '&order_by=asc')).toEqual([...history(api)].reverse()),
  },
  {
    rule: 'after-id-needs-order',
    sentence: 'after_id needs changed_after and order_by asc',
    run: (api) => {
      const path = `/field-value-changes?field_id=${FIELDS.status}&after_id=1`;
      refused(api.get(path), 422);
      refused(api.get(`${path}&changed_after=2026-01-01`), 422);
      good(api.get(`${path}&changed_after=2026-01-01&order_by=asc`));
    },
  },
];

const newPerson = { first_name: 'Nora', last_name: 'Quist', emails: ['nora@quist.example'] };

const persons: readonly RuleCase[] = [
  {
    rule: 'email-belongs-to-one-person',
    sentence: 'an e-mail address that somebody has is refused for a new person',
    run: (api) => {
      good(api.post('/persons', newPerson));
      const reply = api.post('/persons', { ...newPerson, emails: ['NORA@quist.example'] });
      refused(reply, 422);
      expect(reply.json).toEqual(['There exists a contact with this email address.']);
    },
  },
  {
    rule: 'email-belongs-to-one-person',
    sentence: 'an e-mail address that somebody else has is refused in an update, one of their own is not',
    run: (api) => {
      const { id } = api.post('/persons', newPerson).json;
      refused(api.put(`/persons/${EXTERNAL}`, { emails: newPerson.emails }), 422);
      good(api.put(`/persons/${id}`, { emails: newPerson.emails }));
    },
  },
  {
    rule: 'new-person-is-external',
    sentence: 'a new person is external, with its addresses and organizations',
    run: (api) => {
      const { json } = api.post('/persons', { ...newPerson, organization_ids: [ORGANIZATION] });
      expect(json).toMatchObject({ ...newPerson, type: 0, organization_ids: [ORGANIZATION] });
      expect(json.primary_email).toBe(newPerson.emails[0]);
      expect(api.get(`/organizations/${ORGANIZATION}`).json.person_ids).toContain(json.id);
    },
  },
  {
    rule: 'team-is-not-deleted',
    sentence: 'a user of the account cannot be deleted, somebody else can, with all their values and entries',
    run: (api) => {
      const { entity_id, id } = api.entries(people)[0];
      good(api.remove(`/persons/${entity_id}`));
      refused(api.get(`/persons/${entity_id}`), 404);
      refused(api.get(`/lists/${people}/list-entries/${id}`), 404);
      refused(api.get(`/field-values?person_id=${entity_id}`), 422);
      refused(api.remove(`/persons/${TEAM.other}`), 422);
    },
  },
  {
    rule: 'arrays-replace',
    sentence: "a person's e-mail addresses are replaced by those of an update",
    run: (api) => {
      const emails = ['only@one.example'];
      expect(api.put(`/persons/${EXTERNAL}`, { emails }).json).toMatchObject({ emails, primary_email: emails[0] });
    },
  },
  {
    rule: 'arrays-replace',
    sentence: "a person's organizations are replaced by those of an update",
    run: (api) => {
      api.put(`/persons/${EXTERNAL}`, { organization_ids: [40_001, 40_002] });
      expect(api.put(`/persons/${EXTERNAL}`, { organization_ids: [40_003] }).json.organization_ids).toEqual([40_003]);
      expect(api.get('/organizations/40001').json.person_ids).not.toContain(EXTERNAL);
    },
  },
  {
    rule: 'update-keeps-the-rest',
    sentence: 'an update of a person changes only what is sent',
    run: (api) => {
      const { id } = api.post('/persons', newPerson).json;
      expect(api.put(`/persons/${id}`, { first_name: 'NORA' }).json).toMatchObject({
        ...newPerson,
        first_name: 'NORA',
      });
    },
  },
  {
    rule: 'current-organizations-on-request',
    sentence: 'current organizations come with with_current_organizations only',
    run: (api) => {
      const path = `/persons/${EXTERNAL}`;
      expect(api.get(`${path}?with_current_organizations=true`).json).toHaveProperty('current_organization_ids');
      expect(api.get(path).json).not.toHaveProperty('current_organization_ids');
    },
  },
  {
    rule: 'opportunities-on-request',
    sentence: "a search gives each person's opportunities with with_opportunities only",
    run: (api) => {
      const rows: { opportunity_ids: number[] }[] = api.get('/persons?with_opportunities=true').json.persons;
      expect(rows.some((row) => row.opportunity_ids.length > 0)).toBe(true);
      expect(api.get('/persons').text).not.toContain('opportunity_ids');
    },
  },
  {
    rule: 'interaction-persons-on-request',
    sentence: 'the internal persons of each interaction come with with_interaction_persons only',
    run: (api) => {
      const path = `/persons/${touched(api)[0]}?with_interaction_dates=true`;
      const { last_event } = api.get(`${path}&with_interaction_persons=true`).json.interactions;
      expect(last_event.person_ids.every((id: number) => id < 40_007)).toBe(true);
      expect(last_event.person_ids.length).toBeGreaterThan(0);
      expect(api.get(path).json.interactions.last_event).not.toHaveProperty('person_ids');
    },
  },
  {
    rule: 'interaction-persons-on-request',
    sentence: 'the internal persons of the interactions of an organization come on request only',
    run: (api) => {
      const [one] = api.get('/organizations?with_interaction_dates=true').json.organizations;
      expect(one.interactions.last_interaction).not.toHaveProperty('person_ids');
      const path = `/organizations/${one.id}?with_interaction_dates=true&with_interaction_persons=true`;
      expect(api.get(path).json.interactions.last_interaction.person_ids.length).toBeGreaterThan(0);
    },
  },
  {
    rule: 'interaction-dates-leave-others-out',
    sentence: 'a search with interaction dates leaves out persons without interactions',
    run: (api) => {
      const nobody = untouched(api);
      expect(nobody).toBeGreaterThan(0);
      const all = api.get('/persons?with_interaction_dates=true').json.persons;
      expect(
        all.every((one: { interaction_dates: object }) => Object.values(one.interaction_dates).some(Boolean)),
      ).toBe(true);
      expect(ids(all)).not.toContain(nobody);
    },
  },
  {
    rule: 'interaction-dates-leave-others-out',
    sentence: 'a search with interaction dates leaves out organizations without interactions',
    run: (api) => {
      const dated = ids(api.get('/organizations?with_interaction_dates=true').json.organizations);
      expect(dated.length).toBeGreaterThan(0);
      expect(dated.length).toBeLessThan(api.get('/organizations').json.organizations.length);
    },
  },
  ...SEARCHABLE_DATES.map(
    (kind): RuleCase => ({
      rule: 'search-by-interaction-dates',
      sentence: `persons are searched by ${kind}: those between the minimum and the maximum, and nobody else`,
      run: (api) => {
        const key = `${kind}_date`;
        const rows: { interaction_dates: Record<string, string | null> }[] = api.get(
          '/persons?with_interaction_dates=true',
        ).json.persons;
        const dates = rows
          .map((row) => row.interaction_dates[key])
          .filter((date) => date != null)
          .sort((a, b) => Date.parse(a) - Date.parse(b));
        const [min, max] = [dates[1] ?? '', dates[Math.floor(dates.length / 2)] ?? ''];
        const query = `min_${key}=${encodeURIComponent(min)}&max_${key}=${encodeURIComponent(max)}`;
        const found = api.get(`/persons?with_interaction_dates=true&${query}`).json.persons;
        const wanted = dates.filter(
          (date) => Date.parse(date) >= Date.parse(min) && Date.parse(date) <= Date.parse(max),
        );
        expect(found).toHaveLength(wanted.length);
      },
    }),
  ),
  {
    rule: 'search-by-interaction-dates',
    sentence: 'a date without a time means the beginning of that day',
    run: (api) => {
      const count = (query: string) =>
        api.get(`/organizations?with_interaction_dates=true&${query}`).json.organizations.length;
      const whole = count('min_last_email_date=2020-01-01');
      expect(count('min_last_email_date=2026-01-01')).toBeLessThan(whole);
      expect(count('min_last_email_date=2026-01-01')).toBe(count('min_last_email_date=2026-01-01T00:00:00Z'));
    },
  },
];

const ownOrganization = (api: Api): number =>
  api.post('/organizations', { name: 'Owned', domain: 'owned.example', person_ids: [EXTERNAL] }).json.id;
const globalOrganization = (api: Api): number =>
  api.get('/organizations').json.organizations.find((one: { global: boolean }) => one.global).id;

const organizations: readonly RuleCase[] = [
  {
    rule: 'new-organization-is-own',
    sentence: 'a new organization is not global, and its persons know it',
    run: (api) => {
      const body = { name: 'Owned', domain: 'owned.example', person_ids: [EXTERNAL] };
      const { json } = api.post('/organizations', body);
      expect(json).toMatchObject({ ...body, domains: [body.domain], global: false });
      expect(api.get(`/persons/${EXTERNAL}`).json.organization_ids).toContain(json.id);
    },
  },
  {
    rule: 'global-organization-is-fixed',
    sentence: 'the name and the domain of a global organization cannot be changed, its persons can',
    run: (api) => {
      const id = globalOrganization(api);
      refused(api.put(`/organizations/${id}`, { name: 'Mine' }), 422);
      refused(api.put(`/organizations/${id}`, { domain: 'mine.example' }), 422);
      good(api.put(`/organizations/${id}`, { person_ids: [EXTERNAL] }));
    },
  },
  {
    rule: 'global-organization-stays',
    sentence: 'a global organization cannot be deleted, one of the team can',
    run: (api) => {
      good(api.remove(`/organizations/${ownOrganization(api)}`));
      refused(api.remove(`/organizations/${globalOrganization(api)}`), 422);
    },
  },
  {
    rule: 'domain-is-plain',
    sentence: 'a domain is neither an address nor a name with an underscore',
    run: (api) => {
      for (const domain of ['https://owned.example', 'my_firm.example', 'owned']) {
        refused(api.post('/organizations', { name: 'Owned', domain }), 422);
      }
    },
  },
  {
    rule: 'arrays-replace',
    sentence: "an organization's persons are replaced by those of an update",
    run: (api) => {
      const id = ownOrganization(api);
      expect(api.put(`/organizations/${id}`, { person_ids: [40_009] }).json.person_ids).toEqual([40_009]);
      expect(api.get(`/persons/${EXTERNAL}`).json.organization_ids).not.toContain(id);
    },
  },
  {
    rule: 'update-keeps-the-rest',
    sentence: 'an update of an organization changes only what is sent',
    run: (api) => {
      const { json } = api.put(`/organizations/${ownOrganization(api)}`, { domain: 'new.example' });
      expect(json).toMatchObject({ name: 'Owned', domain: 'new.example', person_ids: [EXTERNAL] });
    },
  },
];

const newOpportunity = {
  name: 'Project Alder',
  list_id: pipeline,
  person_ids: [EXTERNAL],
  organization_ids: [ORGANIZATION],
};

const opportunities: readonly RuleCase[] = [
  {
    rule: 'opportunity-needs-its-list',
    sentence: 'an opportunity can be created on a list of opportunities only',
    run: (api) => refused(api.post('/opportunities', { ...newOpportunity, list_id: companies }), 422),
  },
  {
    rule: 'opportunity-comes-with-its-entry',
    sentence: 'a new opportunity comes with the entry that was made for it, and is found by a part of its name',
    run: (api) => {
      const { json } = api.post('/opportunities', newOpportunity);
      expect(json).toMatchObject({ name: 'Project Alder', person_ids: [EXTERNAL], organization_ids: [ORGANIZATION] });
      expect(json.list_entries).toEqual([
        expect.objectContaining({ list_id: pipeline, entity_id: json.id, entity_type: 8, creator_id: TEAM.admin }),
      ]);
      expect(api.entries(pipeline)[0].id).toBe(json.list_entries[0].id);
      expect(ids(api.get('/opportunities?term=alder').json.opportunities)).toEqual([json.id]);
    },
  },
  {
    rule: 'opportunity-hidden-with-its-list',
    sentence: 'who may not see the list does not see its opportunities, by id or by search',
    run: (api) => {
      const list = api.post('/lists', { name: 'Secret deals', type: 8, is_public: false }).json;
      const { id } = api.post('/opportunities', { name: 'Project Birch', list_id: list.id }).json;
      good(api.get(`/opportunities/${id}`));
      refused(api.get(`/opportunities/${id}`, KEYS.guest), 403);
      expect(api.get('/opportunities?term=birch', KEYS.guest).json.opportunities).toEqual([]);
    },
  },
  {
    rule: 'search-matches-term',
    sentence: 'a term finds opportunities by a part of their name',
    run: (api) => expect(api.get('/opportunities?term=no-such-deal').json.opportunities).toEqual([]),
  },
  {
    rule: 'arrays-replace',
    sentence: "an opportunity's persons and organizations are replaced by those of an update",
    run: (api) => {
      const { id } = api.post('/opportunities', newOpportunity).json;
      const { json } = api.put(`/opportunities/${id}`, { person_ids: [40_009], organization_ids: [] });
      expect([json.person_ids, json.organization_ids]).toEqual([[40_009], []]);
    },
  },
  {
    rule: 'update-keeps-the-rest',
    sentence: 'an update of an opportunity changes only what is sent',
    run: (api) => {
      const { id } = api.post('/opportunities', newOpportunity).json;
      const { list_id: _list, ...rest } = newOpportunity;
      expect(api.put(`/opportunities/${id}`, { name: 'Project Ash' }).json).toMatchObject({
        ...rest,
        name: 'Project Ash',
      });
    },
  },
  {
    rule: 'missing-record-not-found',
    sentence: 'an opportunity that is deleted takes its list entry with it',
    run: (api) => {
      const { id, list_entries } = api.post('/opportunities', newOpportunity).json;
      good(api.remove(`/opportunities/${id}`));
      refused(api.get(`/lists/${pipeline}/list-entries/${list_entries[0].id}`), 404);
      refused(api.get(`/opportunities/${id}`), 404);
    },
  },
  {
    rule: 'values-of-known-entity',
    sentence: 'an opportunity that is deleted takes its values with it',
    run: (api) => {
      const { id } = api.post('/opportunities', newOpportunity).json;
      api.remove(`/opportunities/${id}`);
      refused(api.get(`/field-values?opportunity_id=${id}`), 422);
      refused(api.get(`/field-values?opportunity_id=${NOBODY}`), 422);
    },
  },
  {
    rule: 'hidden-list-refused',
    sentence: 'the history of a field on a private list is a 403 without rights',
    run: (api) => refused(api.get('/field-value-changes?field_id=64001', KEYS.guest), 403),
  },
  {
    rule: 'hidden-list-refused',
    sentence: 'nothing can be put on a private list without rights, and none of its fields deleted',
    run: (api) => {
      refused(api.post(`/lists/${watchlist}/list-entries`, { entity_id: ORGANIZATION }, KEYS.guest), 403);
      refused(api.remove('/fields/64001', KEYS.guest), 403);
    },
  },
];

export const RECORD_CASES: readonly RuleCase[] = [...lists, ...changes, ...persons, ...organizations, ...opportunities];
