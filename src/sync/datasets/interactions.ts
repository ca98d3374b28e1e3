/**
 * The dataset of interactions: meetings, calls, chat messages and e-mails of some entities over a span of time. Those that were logged
 * by hand can be edited; Affinity keeps the rest as it recorded it. Source: official text, "Interactions"; affinity-v1-facts, section 9.
 */
import type { Interaction } from '../../api/activity-records';
import { array, flag, integer, object, oneOf, optional, text } from '../../api/codec';
import { Direction, InteractionType, LoggingType } from '../../api/enums';
import { EntityType, type Person } from '../../api/records';
import { choiceScalar } from '../cells/choice';
import { instant } from '../cells/instant';
import { opportunityScalar, organizationScalar, personScalar } from '../cells/reference';
import { multiple, single } from '../cells/scalar';
import { textScalar } from '../cells/text';
import { namedPerson } from '../names';
import { as } from '../search';
import { type Colleagues, colleagues } from './colleagues';
import type { Api, Dataset, Opening } from './dataset';
import {
  INTERACTIONS_PER_PAGE,
  type InteractionsWanted,
  interactionKey,
  type Met,
  readerOf,
  SLUGS,
} from './interaction-reading';
import { idsIn, numberIn, partsOf, type RecordMaking, readSideBySide, saidIf, sameIds, sent } from './record-creation';
import { column, type RecordColumn, type RecordKind, recordSource, required, typed } from './record-source';
import { scope } from './scope';

export const INTERACTION_TYPES = {
  [InteractionType.meeting]: 'Meeting',
  [InteractionType.call]: 'Call',
  [InteractionType.chatMessage]: 'Chat message',
  [InteractionType.email]: 'E-mail',
};
export const DIRECTIONS = { [Direction.sent]: 'Sent', [Direction.received]: 'Received' };

/** The parts of a key as the API takes them. */
const named = (key: string) => {
  const [slug = '', id] = key.split('-');
  const type = (SLUGS as readonly string[]).indexOf(slug) as InteractionType; // keys are made by `interactionKey`
  return { path: { id: Number(id) }, query: { type } };
};

const everybody = ({ persons, from, to, cc }: Interaction): readonly Person[] => [
  ...persons,
  ...(from === null ? [] : [from]),
  ...to,
  ...cc,
];
const idsOf = (persons: readonly Person[]): readonly number[] => persons.map(({ id }) => id);

const locked = 'Affinity fills this column itself.';
const about =
  (type: EntityType) =>
  ({ about: met }: Met) =>
    met?.type === type ? met.id : null;
const found = { locked: 'In whose history this was found.', isSaidOnce: true } as const;

const columns: readonly RecordColumn<Met>[] = [
  column('interaction.date', 'Date', required(instant), ({ one }) => one.date, typed),
  column('interaction.type', 'Type', single(choiceScalar(INTERACTION_TYPES)), ({ one }) => one.type, {
    locked: 'What was logged can’t become something else in Affinity.',
    ...typed,
  }),
  column('interaction.content', 'What was said', single(textScalar), () => undefined, {
    locked: 'Written when it is logged. It is a note from then on: edit it among the notes.',
    ...typed,
  }),
  column('interaction.title', 'Title', single(textScalar), ({ one }) => one.title ?? one.subject, { locked }),
  column('interaction.people', 'People', required(multiple(personScalar)), ({ one }) => idsOf(everybody(one)), typed),
  column('interaction.organization', 'Organization', single(organizationScalar), about(EntityType.organization), found),
  column('interaction.opportunity', 'Opportunity', single(opportunityScalar), about(EntityType.opportunity), found),
  column('interaction.person', 'Found with', single(personScalar), about(EntityType.person), found),
  column('interaction.direction', 'Direction', single(choiceScalar(DIRECTIONS)), ({ one }) => one.direction, {
    locked,
    ...typed,
  }),
  column('interaction.from', 'From', single(personScalar), ({ one }) => one.from?.id ?? null, { locked }),
  column('interaction.to', 'To', multiple(personScalar), ({ one }) => idsOf(one.to), { locked }),
  column('interaction.cc', 'Cc', multiple(personScalar), ({ one }) => idsOf(one.cc), { locked }),
  column('interaction.end', 'Until', instant, ({ one }) => one.end_time, { locked }),
  column('interaction.logger', 'Logged by', single(personScalar), ({ one }) => one.manual_creator_id, {
    locked,
  }),
  column('interaction.notes', 'Notes', single(textScalar), ({ one }) => one.notes.join(', '), {
    locked: 'Numbers of the notes on it. What was logged by hand is such a note: edit it among the notes.',
  }),
];

const AUTOMATIC = 'Affinity recorded this by itself. Only what was logged by hand can be changed.';

type Logged = Exclude<InteractionType, typeof InteractionType.email>;

/** A second later, where the span of a search ends: the end is exclusive. */
const secondAfter = (at: string): string => new Date(Date.parse(at) + 1000).toISOString();
const second = (at: string): number => Math.floor(Date.parse(at) / 1000);

/** How an interaction is logged, and found in the history of somebody outside who took part: `about`. */
export const interactionMaking = (api: Api): Pick<RecordMaking<Met>, 'call' | 'alike' | 'isSame'> => ({
  call: (parts) =>
    as(
      api.prepare.interactions.create({
        body: sent({
          type: Number(parts.type) as Logged, // `wanted` refuses e-mails
          date: String(parts.date),
          person_ids: idsIn(parts, 'person_ids'),
          content: String(parts.content),
          direction: numberIn(parts, 'direction') as Direction | undefined, // a column that knows these codes only
        }),
      }),
      (one) => ({ one, about: null }),
    ),
  alike: (wanted) =>
    readSideBySide(
      api,
      wanted.map(({ type, date, about: person }) => ({
        type: Number(type) as Logged,
        person_id: Number(person),
        start_time: String(date),
        end_time: secondAfter(String(date)),
        logging_type: LoggingType.manual,
        page_size: INTERACTIONS_PER_PAGE,
      })),
      (query) =>
        as(api.prepare.interactions.list({ query }), (page) => ({
          items: page.interactions.map((one) => ({ one, about: null })),
          next: page.next_page_token,
        })),
    ),
  isSame: ({ type, date, ...parts }, { one }) =>
    one.type === type &&
    one.manual_creator_id !== null &&
    second(one.date) === second(String(date)) &&
    [undefined, one.direction].includes(numberIn(parts, 'direction')) &&
    sameIds(idsIn(parts, 'person_ids'), idsOf(one.persons)),
});

const creationOf = ({ api, persons, localTime }: Opening, people: Colleagues): RecordMaking<Met> => ({
  ...interactionMaking(api),
  noun: 'interaction',
  telling: ['interaction.date'],
  learn: people.learnFrom('interaction.people'),
  wanted(row) {
    const type = row.number('interaction.type');
    const date = row.text('interaction.date');
    const content = row.text('interaction.content');
    const direction = row.number('interaction.direction');
    const who = row.ids('interaction.people');
    const outside = who.filter((id) => !people.has(id));
    const isChat = type === InteractionType.chatMessage;
    const missing = [
      ...saidIf(type === null, 'Write what it was: a meeting, a call or a chat message.'),
      ...saidIf(type === InteractionType.email, 'E-mails can’t be logged by hand.'),
      ...saidIf(date === '', 'Write when it was.'),
      ...saidIf(content === '', 'Write what was said.'),
      ...saidIf(outside.length === 0, 'Write who took part, one person outside your firm at least.'),
      ...saidIf(!isChat && direction !== null, 'Only a chat message has a direction.'),
    ];
    const all = outside.length < who.length || missing.length > 0 ? who : [...who, people.me()];
    const word = (INTERACTION_TYPES[type as InteractionType] ?? '').toLowerCase();
    const names = who.map((id) => persons.label(id)).join(', ');
    return {
      title: content,
      says: `the ${word} of ${date === '' ? '' : localTime(Date.parse(date)).slice(0, 16).replace('T', ' ')} with ${names}${all.length > who.length ? ' and you' : ''}`,
      missing,
      parts: partsOf({ type, date, content, direction, person_ids: all, about: outside[0] }),
    };
  },
  told: ({ content }) => [['interaction.content', String(content)]],
});

const kindOf = (opening: Opening): RecordKind<Met> => {
  const { api, persons } = opening;
  return {
    columns,
    keyOf: ({ one }) => interactionKey(one),
    titleOf: ({ one }) => one.title ?? one.subject ?? INTERACTION_TYPES[one.type as InteractionType] ?? '',
    one: (key) => {
      const call = api.prepare.interactions.get(named(key));
      return { ...call, decode: (raw) => ({ one: call.decode(raw), about: null }) };
    },
    removes: {
      warning: 'What Affinity recorded by itself may be refused.',
      call: (key) => api.prepare.interactions.remove(named(key)),
    },
    locksOf: ({ one }) =>
      new Map(
        one.manual_creator_id === null || one.type === InteractionType.email
          ? ['interaction.date', 'interaction.people'].map((key) => [key, AUTOMATIC])
          : [],
      ),
    change: ({ one }, changes) => {
      const people = changes.get('interaction.people');
      const date = changes.get('interaction.date');
      return api.prepare.interactions.update({
        path: { id: one.id },
        body: {
          type: one.type as Exclude<InteractionType, 3>, // e-mails are locked
          person_ids: Array.isArray(people) ? people.map(Number) : idsOf(one.persons),
          ...(typeof date === 'string' ? { date } : {}),
        },
      });
    },
    meet: ({ one }) => {
      for (const person of everybody(one)) persons.add(namedPerson(person));
    },
    making: creationOf(opening, colleagues(api)),
  };
};

export const interactions: Dataset<InteractionsWanted> = {
  parameters: object({
    title: text,
    scope,
    types: array(oneOf(...Object.values(InteractionType))),
    from: text,
    to: optional(text),
    direction: optional(oneOf(...Object.values(Direction))),
    colleagueId: optional(integer),
    isManualOnly: optional(flag),
  }),
  open: (wanted, opening) =>
    recordSource(
      kindOf(opening),
      {
        title: wanted.title,
        place: 'among these interactions',
        read: readerOf(wanted, opening),
        // Every record would be asked for again.
        isCheap: false,
      },
      opening,
    ),
};
