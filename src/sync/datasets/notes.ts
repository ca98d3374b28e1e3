/**
 * The dataset of notes. All notes that the key's user sees are read, 500 a call, and those that are meant are kept: the API can't be
 * asked for replies, which name nothing but their parent. Source: official text, "Notes"; affinity-v1-facts, section 11.
 */
import type { Note } from '../../api/activity-records';
import { integer, object, optional, text } from '../../api/codec';
import { NoteType } from '../../api/enums';
import { pages } from '../../api/paging';
import { choiceScalar } from '../cells/choice';
import { instant } from '../cells/instant';
import { asMarkup, isMarkup, markupScalar, readable } from '../cells/markup';
import { singleNumber } from '../cells/number';
import { opportunityScalar, organizationScalar, personScalar } from '../cells/reference';
import { multiple, single } from '../cells/scalar';
import { textScalar } from '../cells/text';
import { as } from '../search';
import { type Colleagues, colleagues } from './colleagues';
import type { Api, Dataset, MakingParts, Opening } from './dataset';
import {
  idsIn,
  numberIn,
  partsOf,
  quoted,
  type RecordMaking,
  readSideBySide,
  saidIf,
  sent,
  textIn,
} from './record-creation';
import { collected, column, type RecordColumn, type RecordKind, recordSource, required, typed } from './record-source';
import { type Attachment, aboutOneOf, entitiesOf, type Scope, scope } from './scope';

const locked = 'Affinity does not let this be changed once a note is written.';
const once = { locked, ...typed };

const KINDS = {
  [NoteType.plain]: 'Text',
  [NoteType.fromEmail]: 'From an e-mail',
  [NoteType.html]: 'Formatted',
  [NoteType.aiSummary]: 'AI summary',
};
const OCCASIONS = { 0: 'Meeting', 1: 'Call', 2: 'Chat message', 3: 'E-mail' };

const columns: readonly RecordColumn<Note>[] = [
  column('note.content', 'Note', required(single(markupScalar)), ({ content }) => content, typed),
  column('note.author', 'Author', single(personScalar), (note) => note.creator_id, once),
  column('note.created', 'Written', instant, (note) => note.created_at, once),
  column('note.persons', 'People', multiple(personScalar), (note) => note.person_ids, once),
  column('note.organizations', 'Organizations', multiple(organizationScalar), (note) => note.organization_ids, once),
  column('note.opportunities', 'Opportunities', multiple(opportunityScalar), (note) => note.opportunity_ids, once),
  column(
    'note.occasion',
    'Taken at',
    single(choiceScalar(OCCASIONS)),
    (note) => note.interaction_type ?? (note.is_meeting ? 0 : null),
    { locked },
  ),
  column('note.parent', 'Reply to note', singleNumber, (note) => note.parent_id, once),
  column('note.kind', 'Kind', single(choiceScalar(KINDS)), ({ type }) => type, once),
  column('note.updated', 'Changed', instant, (note) => note.updated_at, {
    locked: 'Affinity fills this column itself.',
  }),
  column('note.original', 'Original HTML', single(textScalar), ({ content }) => (isMarkup(content) ? content : null), {
    locked: 'What Affinity holds where a note is HTML. Edit the note instead.',
  }),
];

const FIXED = {
  mentions: 'Affinity does not let a note that mentions somebody be changed from outside.',
  fromEmail: 'Affinity does not let a note that was made from an e-mail be changed.',
};

/** A note of the same words that is older than this, in milliseconds, is another one, unless a time is typed with it. */
const SAME_FOR_MS = 7 * 86_400_000;
/** So many records are asked for their notes side by side; for more of them, their authors are. */
const ASKED_SIDE_BY_SIDE = 10;

/** The letters of a text: Affinity gives HTML back as text of its own making. */
const lettersOf = (content: string): string => readable(content).replace(/[\s*_~#>•-]+/g, '');

/** The API's names for parts are its own: `content`, `type`, `person_ids`… Ours: `author`, who it is by; `since`, milliseconds. */
export const noteParts = (
  {
    content,
    type,
    parent,
    author,
    creator,
    created,
  }: {
    readonly content: string;
    readonly type?: number | null;
    readonly parent?: number | null;
    /** Who it will be by, and whether that is to be said: nobody has to be named for their own notes. */
    readonly author: number;
    readonly creator?: number | undefined;
    readonly created?: string | null;
  },
  on: Attachment<number>,
  since: number,
): MakingParts => {
  const kind = type ?? (isMarkup(content) ? NoteType.html : NoteType.plain);
  return partsOf({
    content: kind === NoteType.html && !isMarkup(content) ? asMarkup(content) : content,
    type: kind,
    person_ids: on.persons,
    organization_ids: on.organizations,
    opportunity_ids: on.opportunities,
    parent_id: parent,
    author,
    creator_id: creator,
    created_at: created,
    since,
  });
};

const SELECTORS = ['person_id', 'organization_id', 'opportunity_id'] as const;

/** Where the notes are that some parts ask for: with the first record they hang on, else with their author. */
const placeOf = (parts: MakingParts) => {
  for (const name of SELECTORS) {
    const [id] = idsIn(parts, `${name}s`);
    if (id !== undefined) return { [name]: id };
  }
  return byAuthor(parts);
};
const byAuthor = ({ author }: MakingParts) => ({ creator_id: Number(author) });

/** How a note is sent, and found among those of its record. */
export const noteMaking = (api: Api): Pick<RecordMaking<Note>, 'call' | 'alike' | 'isSame'> => ({
  call: (parts) =>
    api.prepare.notes.create({
      body: sent({
        content: String(parts.content),
        // Only these two can be made; `wanted` refuses the others.
        type: numberIn(parts, 'type') as 0 | 2,
        parent_id: numberIn(parts, 'parent_id'),
        creator_id: numberIn(parts, 'creator_id'),
        created_at: textIn(parts, 'created_at'),
        ...(parts.parent_id === undefined
          ? {
              person_ids: idsIn(parts, 'person_ids'),
              organization_ids: idsIn(parts, 'organization_ids'),
              opportunity_ids: idsIn(parts, 'opportunity_ids'),
            }
          : {}),
      }),
    }),
  alike(wanted) {
    const isMany = new Set(wanted.map((parts) => JSON.stringify(placeOf(parts)))).size > ASKED_SIDE_BY_SIDE;
    const places = wanted.map(isMany ? byAuthor : placeOf);
    return readSideBySide(api, places, (query) =>
      as(api.prepare.notes.list({ query: { ...query, page_size: NOTES_PER_PAGE } }), (page) => ({
        items: page.notes,
        next: page.next_page_token,
      })),
    );
  },
  isSame: (parts, note) =>
    lettersOf(note.content) === lettersOf(String(parts.content)) &&
    note.creator_id === Number(parts.author) &&
    note.parent_id === (numberIn(parts, 'parent_id') ?? null) &&
    // Who took part in an interaction stands among the persons of a note on it.
    SELECTORS.every(
      (name) => parts.parent_id !== undefined || idsIn(parts, `${name}s`).every((id) => note[`${name}s`].includes(id)),
    ) &&
    (parts.created_at === undefined
      ? Date.parse(note.created_at) >= Number(parts.since)
      : Math.floor(Date.parse(note.created_at) / 1000) === Date.parse(String(parts.created_at)) / 1000),
});

const creationOf = (opening: Opening, people: Colleagues): RecordMaking<Note> => ({
  ...noteMaking(opening.api),
  noun: 'note',
  telling: ['note.content'],
  learn: people.learnFrom('note.author'),
  wanted(row) {
    const content = row.text('note.content');
    const created = row.value('note.created');
    const type = row.number('note.kind');
    const parent = row.number('note.parent');
    const [author] = row.ids('note.author');
    const on = {
      persons: row.ids('note.persons'),
      organizations: row.ids('note.organizations'),
      opportunities: row.ids('note.opportunities'),
    };
    const records = [
      ...on.persons.map((id) => opening.persons.label(id)),
      ...on.organizations.map((id) => opening.organizations.label(id)),
      ...on.opportunities.map((id) => opening.opportunities.label(id)),
    ];
    const missing = [
      ...saidIf(content === '', 'Write the note.'),
      ...saidIf(
        records.length === 0 && parent === null,
        'Write what it hangs on: people, organizations or opportunities, or the number of the note that it answers.',
      ),
      ...saidIf(
        records.length > 0 && parent !== null,
        'A reply hangs on its note alone: leave people, organizations and opportunities empty.',
      ),
      ...saidIf(
        type === NoteType.fromEmail || type === NoteType.aiSummary,
        'Only notes of the kinds Text and Formatted can be written.',
      ),
      ...saidIf(typeof created === 'string' && Date.parse(created) > opening.now, 'A note can’t be of the future.'),
      ...saidIf(author !== undefined && !people.has(author), 'The author has to be a colleague of yours.'),
    ];
    return {
      title: content,
      says: `the ${parent === null ? 'note' : 'reply'} ${quoted(content)} ${parent === null ? `on ${records.join(', ')}` : `to note ${parent}`}`,
      missing,
      parts:
        missing.length > 0
          ? {}
          : noteParts(
              {
                content,
                type,
                parent,
                author: author ?? people.me(),
                creator: author,
                created: typeof created === 'string' ? created : null,
              },
              on,
              opening.now - SAME_FOR_MS,
            ),
    };
  },
});

const kindOf = (opening: Opening): RecordKind<Note> => {
  const { api } = opening;
  return {
    columns,
    keyOf: ({ id }) => String(id),
    titleOf: ({ content }) => content.slice(0, 60),
    one: (key) => api.prepare.notes.get({ path: { note_id: Number(key) } }),
    removes: {
      warning: 'Affinity lets nobody delete a note but its author.',
      call: (key) => api.prepare.notes.remove({ path: { note_id: Number(key) } }),
    },
    locksOf: (note) => {
      const why =
        note.mentioned_person_ids.length > 0
          ? FIXED.mentions
          : note.type === NoteType.fromEmail
            ? FIXED.fromEmail
            : null;
      return new Map(why === null ? [] : [['note.content', why]]);
    },
    change: ({ id, type }, changes) => {
      const content = String(changes.get('note.content') ?? '');
      return api.prepare.notes.update({
        path: { notes_id: id },
        body: { content: type === NoteType.html ? asMarkup(content) : content },
      });
    },
    making: creationOf(opening, colleagues(api)),
  };
};

export interface NotesWanted {
  /** What the table is called. */
  readonly title: string;
  readonly scope: Scope;
  /** Notes that this person wrote. */
  readonly creatorId?: number;
}

const attachmentOf = ({ person_ids, organization_ids, opportunity_ids }: Note): Attachment => ({
  persons: person_ids,
  organizations: organization_ids,
  opportunities: opportunity_ids,
});

/** Notes that are meant, and the replies to them. */
const wantedOf = (
  all: readonly Note[],
  { creatorId, scope: about }: NotesWanted,
  opening: Opening,
): readonly Note[] => {
  const isAbout = aboutOneOf(entitiesOf(about, opening));
  const found = new Set(all.filter((note) => isAbout(attachmentOf(note))).map(({ id }) => id));
  return all.filter(
    (note) =>
      (creatorId === undefined || note.creator_id === creatorId) &&
      (found.has(note.id) || (note.parent_id !== null && found.has(note.parent_id))),
  );
};

export const notes: Dataset<NotesWanted> = {
  parameters: object({ title: text, scope, creatorId: optional(integer) }),
  open(wanted, opening) {
    const { api } = opening;
    // An author alone is a question that the API answers; everything else needs the parents of replies.
    const isAuthorOnly = wanted.scope.listId === undefined && wanted.scope.entities === undefined;
    const filter = isAuthorOnly && wanted.creatorId !== undefined ? { creator_id: wanted.creatorId } : {};
    const fetch = (token: string | null) =>
      api.notes.list({
        query: { ...filter, page_size: NOTES_PER_PAGE, ...(token === null ? {} : { page_token: token }) },
      });
    const readAll = () => {
      const all = [...pages('notes.list', fetch)].flatMap((page) => page.notes);
      return isAuthorOnly ? all : wantedOf(all, wanted, opening);
    };
    return recordSource(
      kindOf(opening),
      { title: wanted.title, place: 'among these notes', read: collected(readAll, ({ id }) => id), isCheap: true },
      opening,
    );
  },
};

/** Largest page of notes. Source: official text, "Get All Notes". */
const NOTES_PER_PAGE = 500;
