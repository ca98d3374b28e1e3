/**
 * The dataset of reminders, with the filters that the API has. A due date is a calendar day; a day that is sent begins at midnight
 * US Pacific, which is how Affinity keeps days. Source: official text, "Reminders"; affinity-v1-facts, section 5.
 */
import type { Reminder } from '../../api/activity-records';
import { integer, object, oneOf, optional, text } from '../../api/codec';
import { ReminderResetType, ReminderStatus, ReminderType } from '../../api/enums';
import { pages } from '../../api/paging';
import { choiceScalar } from '../cells/choice';
import type { CellCodec } from '../cells/codec';
import { singleDate } from '../cells/date';
import { instant, instantAt } from '../cells/instant';
import { singleNumber } from '../cells/number';
import { opportunityScalar, organizationScalar, personScalar } from '../cells/reference';
import { single } from '../cells/scalar';
import { textScalar } from '../cells/text';
import { type Named, namedOpportunity, namedOrganization, namedPerson } from '../names';
import { as } from '../search';
import { type Colleagues, colleagues } from './colleagues';
import type { Api, Dataset, Opening } from './dataset';
import {
  numberIn,
  partsOf,
  quoted,
  type RecordMaking,
  readSideBySide,
  saidIf,
  sameText,
  sent,
  textIn,
} from './record-creation';
import { collected, column, type RecordColumn, type RecordKind, recordSource, required, typed } from './record-source';
import { type Attachment, aboutOneOf, entitiesOf, type Scope, scope } from './scope';

const byAffinity = 'Affinity fills this column itself.';
const lasting = 'Affinity does not let this be changed once a reminder is made.';

export const STATUSES = {
  [ReminderStatus.active]: 'Active',
  [ReminderStatus.overdue]: 'Overdue',
  [ReminderStatus.completed]: 'Completed',
};
export const TYPES = { [ReminderType.oneTime]: 'One-time', [ReminderType.recurring]: 'Recurring' };
export const RESETS = {
  [ReminderResetType.interaction]: 'Any interaction',
  [ReminderResetType.email]: 'E-mail',
  [ReminderResetType.meeting]: 'Meeting',
};

/** A day of a reminder: the API takes it as it is. */
const dueDay: CellCodec = required({ ...singleDate, toWire: (scalar) => scalar });

const idOf = (one: { readonly id: number } | null): number | null => one?.id ?? null;

const person = (key: string, header: string, of: (reminder: Reminder) => number | null, locked: string) =>
  column(key, header, single(personScalar), of, { locked });
const once = { locked: lasting, ...typed };

const columns: readonly RecordColumn<Reminder>[] = [
  column('reminder.content', 'Reminder', required(single(textScalar)), ({ content }) => content, typed),
  column('reminder.due', 'Due', dueDay, (reminder) => reminder.due_date, typed),
  column('reminder.status', 'Status', single(choiceScalar(STATUSES)), ({ status }) => status, {
    locked: `${byAffinity} To complete a reminder, write Yes under “Completed”.`,
    alarm: STATUSES[ReminderStatus.overdue],
  }),
  column('reminder.completed', 'Completed', required(single(choiceScalar({ 0: 'No', 1: 'Yes' }))), ({ status }) =>
    status === ReminderStatus.completed ? 1 : 0,
  ),
  column('reminder.owner', 'Owner', required(single(personScalar)), ({ owner }) => idOf(owner), typed),
  column('reminder.person', 'Person', single(personScalar), (one) => idOf(one.person), once),
  column('reminder.organization', 'Organization', single(organizationScalar), (one) => idOf(one.organization), once),
  column('reminder.opportunity', 'Opportunity', single(opportunityScalar), (one) => idOf(one.opportunity), once),
  column('reminder.type', 'Type', single(choiceScalar(TYPES)), ({ type }) => type, once),
  column('reminder.reset', 'Starts anew after', required(single(choiceScalar(RESETS))), (one) => one.reset_type, typed),
  column('reminder.days', 'Days until due again', required(singleNumber), (one) => one.reminder_days, typed),
  person('reminder.creator', 'Created by', ({ creator }) => idOf(creator), byAffinity),
  column('reminder.created', 'Created', instant, (one) => one.created_at, { locked: byAffinity }),
  person('reminder.completer', 'Completed by', ({ completer }) => idOf(completer), byAffinity),
  column('reminder.done', 'Completed at', instant, (one) => one.completed_at, { locked: byAffinity }),
];

const ONLY_RECURRING = 'Only a recurring reminder has this.';
const RESTARTS =
  'A recurring reminder does not end when it is completed: it is due again later. Choose “Complete the selected reminders” in the menu, which does it once.';

const day = (wire: string | null): unknown => dueDay.fromWire(wire);

/** How a reminder is sent, and found among those of its owner. Parts are named as the API names them. */
export const reminderMaking = (api: Api): Pick<RecordMaking<Reminder>, 'call' | 'alike' | 'isSame'> => ({
  call: (parts) =>
    api.prepare.reminders.create({
      body: sent({
        content: textIn(parts, 'content'),
        owner_id: Number(parts.owner_id),
        // Both come from columns that know these codes only.
        type: Number(parts.type) as ReminderType,
        reset_type: numberIn(parts, 'reset_type') as ReminderResetType | undefined,
        due_date: textIn(parts, 'due_date'),
        reminder_days: numberIn(parts, 'reminder_days'),
        person_id: numberIn(parts, 'person_id'),
        organization_id: numberIn(parts, 'organization_id'),
        opportunity_id: numberIn(parts, 'opportunity_id'),
      }),
    }),
  alike: (wanted) =>
    readSideBySide(
      api,
      wanted.map((parts) =>
        sent({
          owner_id: Number(parts.owner_id),
          type: Number(parts.type) as ReminderType,
          reset_type: numberIn(parts, 'reset_type') as ReminderResetType | undefined,
          page_size: REMINDERS_PER_PAGE,
        }),
      ),
      (query) =>
        as(api.prepare.reminders.list({ query }), (page) => ({ items: page.reminders, next: page.next_page_token })),
    ),
  isSame: (parts, one) => {
    const id = (name: string): number | null => numberIn(parts, name) ?? null;
    return (
      one.status !== ReminderStatus.completed &&
      Date.parse(one.created_at) >= Number(parts.since ?? 0) &&
      sameText(one.content ?? '', String(parts.content)) &&
      idOf(one.owner) === parts.owner_id &&
      one.type === parts.type &&
      idOf(one.person) === id('person_id') &&
      idOf(one.organization) === id('organization_id') &&
      idOf(one.opportunity) === id('opportunity_id') &&
      (parts.due_date === undefined || day(one.due_date) === parts.due_date) &&
      one.reset_type === id('reset_type') &&
      one.reminder_days === id('reminder_days')
    );
  },
});

/** What starts a reminder anew, by its code, as a sentence has it. */
const AFTER = ['any interaction', 'an e-mail', 'a meeting'] as const;
const TARGETS = ['person', 'organization', 'opportunity'] as const;
const NAMES = { person: 'persons', organization: 'organizations', opportunity: 'opportunities' } as const;

const creationOf = (opening: Opening, people: Colleagues): RecordMaking<Reminder> => ({
  ...reminderMaking(opening.api),
  noun: 'reminder',
  telling: ['reminder.content'],
  learn: people.learnFrom('reminder.owner'),
  wanted(row) {
    const content = row.text('reminder.content');
    const due = row.text('reminder.due');
    const days = row.number('reminder.days');
    const reset = row.number('reminder.reset');
    const [owner] = row.ids('reminder.owner');
    const typedType = row.number('reminder.type');
    const isRecurring = (typedType ?? (days === null && reset === null ? 0 : 1)) === ReminderType.recurring;
    const targets = TARGETS.flatMap((target) => {
      const [id] = row.ids(`reminder.${target}`);
      return id === undefined ? [] : [{ target, id, name: opening[NAMES[target]].label(id) }];
    });
    const missing = [
      ...saidIf(content === '', 'Write what to be reminded of.'),
      ...saidIf(!isRecurring && due === '', 'Write the day on which it is due.'),
      ...saidIf(isRecurring && reset === null, 'Write after what it starts anew.'),
      ...saidIf(
        isRecurring && !(days !== null && Number.isInteger(days) && days > 0),
        'Write after how many days it is due again: 1 or more.',
      ),
      ...saidIf(!isRecurring && (reset !== null || days !== null), 'Only a recurring reminder starts anew.'),
      ...saidIf(targets.length > 1, 'A reminder hangs on one record: a person, an organization or an opportunity.'),
      ...saidIf(owner !== undefined && !people.has(owner), 'The owner has to be a colleague of yours.'),
    ];
    const by = missing.length > 0 ? 0 : (owner ?? people.me());
    const when = isRecurring ? `due ${days} days after ${AFTER[reset ?? -1] ?? ''}` : `due ${due}`;
    return {
      title: content,
      says: `the reminder ${quoted(content)}, ${when}${targets.map(({ name }) => `, on ${name}`).join('')}${owner === undefined ? ', for you' : `, for ${opening.persons.label(owner)}`}`,
      missing,
      parts: partsOf({
        content,
        owner_id: by,
        type: isRecurring ? ReminderType.recurring : ReminderType.oneTime,
        due_date: due === '' ? null : due,
        ...(isRecurring ? { reset_type: reset, reminder_days: days } : {}),
        ...Object.fromEntries(targets.map(({ target, id }) => [`${target}_id`, id])),
      }),
    };
  },
});

const kindOf = (opening: Opening): RecordKind<Reminder> => {
  const { api, persons, organizations, opportunities } = opening;
  return {
    columns,
    keyOf: ({ id }) => String(id),
    titleOf: ({ content, id }) => content ?? `Reminder ${id}`,
    one: (key) => api.prepare.reminders.get({ path: { reminder_id: Number(key) } }),
    removes: { warning: '', call: (key) => api.prepare.reminders.remove({ path: { reminder_id: Number(key) } }) },
    locksOf: ({ type }) =>
      new Map(
        type === ReminderType.recurring
          ? [['reminder.completed', RESTARTS]]
          : [
              ['reminder.reset', ONLY_RECURRING],
              ['reminder.days', ONLY_RECURRING],
            ],
      ),
    change: ({ id }, changes) => {
      const number = (key: string): number | undefined => {
        const value = changes.get(key);
        return typeof value === 'number' ? value : undefined;
      };
      const words = (key: string): string | undefined => {
        const value = changes.get(key);
        return typeof value === 'string' ? value : undefined;
      };
      const completed = number('reminder.completed');
      const body = {
        content: words('reminder.content'),
        due_date: words('reminder.due'),
        owner_id: number('reminder.owner'),
        // The API lists these as an enum; one that it does not know is refused there, by name.
        reset_type: number('reminder.reset') as ReminderResetType | undefined,
        reminder_days: number('reminder.days'),
        is_completed: completed === undefined ? undefined : completed === 1,
      };
      return api.prepare.reminders.update({ path: { reminder_id: id }, body: sent(body) });
    },
    meet: (one) => {
      const known: readonly (Named | null)[] = [one.owner, one.creator, one.completer, one.person].map((met) =>
        met === null ? null : namedPerson(met),
      );
      for (const named of known) if (named !== null) persons.add(named);
      if (one.organization !== null) organizations.add(namedOrganization(one.organization));
      if (one.opportunity !== null) opportunities.add(namedOpportunity(one.opportunity));
    },
    making: creationOf(opening, colleagues(api)),
  };
};

export interface RemindersWanted {
  /** What the table is called. */
  readonly title: string;
  readonly scope: Scope;
  readonly ownerId?: number;
  readonly status?: ReminderStatus;
  readonly type?: ReminderType;
  /** Calendar days in the sheet's zone, both included. */
  readonly dueFrom?: string;
  readonly dueTo?: string;
}

/** Largest page of reminders. Source: official text, "Get All Reminders". */
const REMINDERS_PER_PAGE = 500;
const SECOND_MS = 1000;
const DAY_MS = 86_400_000;

const iso = (at: number): string => new Date(at).toISOString();

/** What the API is asked for: once, or once for each way in which a recurring reminder starts anew, since it demands one of them. */
const queriesOf = ({ ownerId, status, type, dueFrom, dueTo }: RemindersWanted, { localTime }: Opening) => {
  const start = (day: string): number => instantAt(`${day}T00:00:00`, localTime);
  // Both bounds are exclusive.
  const after = dueFrom === undefined ? {} : { due_after: iso(start(dueFrom) - SECOND_MS) };
  const before = dueTo === undefined ? {} : { due_before: iso(start(iso(Date.parse(dueTo) + DAY_MS).slice(0, 10))) };
  const common = {
    ...(ownerId === undefined ? {} : { owner_id: ownerId }),
    ...(status === undefined ? {} : { status }),
    ...(type === undefined ? {} : { type }),
    ...after,
    ...before,
    page_size: REMINDERS_PER_PAGE,
  };
  return type === ReminderType.recurring
    ? Object.values(ReminderResetType).map((reset_type) => ({ ...common, reset_type }))
    : [common];
};

const attachmentOf = ({ person: of, organization, opportunity }: Reminder): Attachment => ({
  persons: [of?.id],
  organizations: [organization?.id],
  opportunities: [opportunity?.id],
});

export const reminders: Dataset<RemindersWanted> = {
  parameters: object({
    title: text,
    scope,
    ownerId: optional(integer),
    status: optional(oneOf(...Object.values(ReminderStatus))),
    type: optional(oneOf(...Object.values(ReminderType))),
    dueFrom: optional(text),
    dueTo: optional(text),
  }),
  open(wanted, opening) {
    const { api } = opening;
    const readAll = (): readonly Reminder[] => {
      const isAbout = aboutOneOf(entitiesOf(wanted.scope, opening));
      return queriesOf(wanted, opening).flatMap((query) =>
        [
          ...pages('reminders.list', (token) =>
            api.reminders.list({ query: { ...query, ...(token === null ? {} : { page_token: token }) } }),
          ),
        ].flatMap((page) => page.reminders.filter((one) => isAbout(attachmentOf(one)))),
      );
    };
    return recordSource(
      kindOf(opening),
      { title: wanted.title, place: 'among these reminders', read: collected(readAll, ({ id }) => id), isCheap: true },
      opening,
    );
  },
};
