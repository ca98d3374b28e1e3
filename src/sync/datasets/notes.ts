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
import { asMarkup, isMarkup, markupScalar } from '../cells/markup';
import { singleNumber } from '../cells/number';
import { opportunityScalar, organizationScalar, personScalar } from '../cells/reference';
import { multiple, single } from '../cells/scalar';
import { textScalar } from '../cells/text';
import type { Dataset, Opening } from './dataset';
import { collected, column, type RecordColumn, type RecordKind, recordSource, required } from './record-source';
import { entitiesOf, idsByType, type Scope, scope } from './scope';

const locked = 'Affinity does not let this be changed once a note is written.';

const KINDS = {
  [NoteType.plain]: 'Text',
  [NoteType.fromEmail]: 'From an e-mail',
  [NoteType.html]: 'Formatted',
  [NoteType.aiSummary]: 'AI summary',
};
const OCCASIONS = { 0: 'Meeting', 1: 'Call', 2: 'Chat message', 3: 'E-mail' };

const columns: readonly RecordColumn<Note>[] = [
  column('note.content', 'Note', required(single(markupScalar)), ({ content }) => content),
  column('note.author', 'Author', single(personScalar), (note) => note.creator_id, { locked }),
  column('note.created', 'Written', instant, (note) => note.created_at, { locked }),
  column('note.persons', 'People', multiple(personScalar), (note) => note.person_ids, { locked }),
  column('note.organizations', 'Organizations', multiple(organizationScalar), (note) => note.organization_ids, {
    locked,
  }),
  column('note.opportunities', 'Opportunities', multiple(opportunityScalar), (note) => note.opportunity_ids, {
    locked,
  }),
  column(
    'note.occasion',
    'Taken at',
    single(choiceScalar(OCCASIONS)),
    (note) => note.interaction_type ?? (note.is_meeting ? 0 : null),
    { locked },
  ),
  column('note.parent', 'Reply to note', singleNumber, (note) => note.parent_id, { locked }),
  column('note.kind', 'Kind', single(choiceScalar(KINDS)), ({ type }) => type, { locked }),
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

const kindOf = ({ api }: Opening): RecordKind<Note> => ({
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
      note.mentioned_person_ids.length > 0 ? FIXED.mentions : note.type === NoteType.fromEmail ? FIXED.fromEmail : null;
    return new Map(why === null ? [] : [['note.content', why]]);
  },
  change: ({ id, type }, changes) => {
    const content = String(changes.get('note.content') ?? '');
    return api.prepare.notes.update({
      path: { notes_id: id },
      body: { content: type === NoteType.html ? asMarkup(content) : content },
    });
  },
});

export interface NotesWanted {
  /** What the table is called. */
  readonly title: string;
  readonly scope: Scope;
  /** Notes that this person wrote. */
  readonly creatorId?: number;
}

/** Notes that are meant, and the replies to them. */
const wantedOf = (
  all: readonly Note[],
  { creatorId, scope: about }: NotesWanted,
  opening: Opening,
): readonly Note[] => {
  const entities = entitiesOf(about, opening);
  const ids = entities === null ? null : idsByType(entities);
  const isAbout = (note: Note): boolean =>
    ids === null ||
    note.person_ids.some((id) => ids.person.has(id)) ||
    note.organization_ids.some((id) => ids.organization.has(id)) ||
    note.opportunity_ids.some((id) => ids.opportunity.has(id));
  const found = new Set(all.filter(isAbout).map(({ id }) => id));
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
