/** Notes. Source: official text, "Notes"; affinity-v1-facts, section 11. */
import { EntityType, NoteType } from '../../../src/api/enums';
import type { Affinity } from '../../../src/api/table';
import { checkEntities, checkInternal, instantFor, withoutPage } from '../access';
import { noteAnswer } from '../answers/activity';
import type { Caller, Handlers } from '../emulate';
import { tell } from '../events';
import { pageOf } from '../paging';
import { notFound, Refusal, unprocessable } from '../refusal';
import type { NoteRecord } from '../world/records';

/** @throws Refusal 404 for no such note. */
const noteFor = ({ world }: Caller, id: number): NoteRecord => {
  const note = world.notes.get(id);
  if (note === undefined) throw notFound(`Note ${id} does not exist`);
  return note;
};

const attended = ({ world }: Caller, { interaction }: NoteRecord, personId: number): boolean => {
  if (interaction === null || !world.rules.isOn('notes-of-attended-interactions')) return false;
  const one = world.interactions.find(interaction.type, interaction.id);
  return one !== undefined && [...one.person_ids, ...one.cc_ids].includes(personId);
};

export const notes: Handlers<Affinity>['notes'] = {
  list: ({ query }, caller) => {
    const { world } = caller;
    const { rules } = world;
    const { person_id, organization_id, opportunity_id, creator_id } = query;
    const fits = (note: NoteRecord): boolean =>
      (person_id === undefined ||
        note.person_ids.includes(person_id) ||
        attended(caller, note, person_id) ||
        !rules.isOn('notes-of-a-person')) &&
      (organization_id === undefined ||
        note.organization_ids.includes(organization_id) ||
        !rules.isOn('notes-of-an-organization')) &&
      (opportunity_id === undefined ||
        note.opportunity_ids.includes(opportunity_id) ||
        !rules.isOn('notes-of-an-opportunity')) &&
      (creator_id === undefined || note.creator_id === creator_id || !rules.isOn('notes-of-a-creator'));
    const found = world.notes
      .all()
      .filter(fits)
      .sort((a, b) => b.created_at - a.created_at || b.id - a.id);
    if (world.choices.notesForm === 'array') return found.map((note) => noteAnswer(world, note));
    const { items, next_page_token } = pageOf(world, found, query, withoutPage(query));
    return { notes: items.map((note) => noteAnswer(world, note)), next_page_token };
  },

  get: ({ path }, caller) => noteAnswer(caller.world, noteFor(caller, path.note_id)),

  create: ({ body }, caller) => {
    const { world, user } = caller;
    const { rules } = world;
    const { person_ids = [], organization_ids = [], opportunity_ids = [], parent_id } = body;
    const isReply = parent_id !== undefined;
    const hasEntity = person_ids.length + organization_ids.length + opportunity_ids.length > 0;
    if (!isReply && !hasEntity && rules.isOn('note-needs-a-place')) {
      throw unprocessable('One of person_ids, organization_ids, opportunity_ids, parent_id must be specified');
    }
    const parent = parent_id === undefined ? undefined : world.notes.get(parent_id);
    if (isReply && parent === undefined && rules.isOn('reply-to-a-known-note')) {
      throw unprocessable(`There is no note ${parent_id}`);
    }
    if (parent !== undefined && parent.parent_id !== null && rules.isOn('no-reply-to-a-reply')) {
      throw unprocessable('A reply cannot have replies');
    }
    const isIgnored = isReply && rules.isOn('reply-has-no-entities');
    if (!isIgnored) {
      checkEntities(caller, EntityType.person, person_ids);
      checkEntities(caller, EntityType.organization, organization_ids);
      checkEntities(caller, EntityType.opportunity, opportunity_ids);
    }
    const creatorId = body.creator_id ?? user.id;
    checkInternal(caller, creatorId, 'creator_id', 'note-creator-is-internal');
    const now = world.clock.now();
    const created = body.created_at === undefined ? now : instantFor(caller, body.created_at, 'created_at');
    if (created > now && rules.isOn('note-is-not-of-the-future')) {
      throw unprocessable('created_at must not be in the future');
    }
    const note: NoteRecord = {
      id: world.nextId('note'),
      creator_id: rules.isOn('note-creator-can-be-named') ? creatorId : user.id,
      person_ids: isIgnored ? [] : person_ids,
      organization_ids: isIgnored ? [] : organization_ids,
      opportunity_ids: isIgnored ? [] : opportunity_ids,
      interaction: null,
      mentioned_person_ids: [],
      parent_id: parent_id ?? null,
      content: body.content,
      type: body.type ?? NoteType.plain,
      created_at: rules.isOn('note-can-be-backdated') ? created : now,
      updated_at: null,
    };
    world.notes.put(note);
    const answer = noteAnswer(world, note);
    tell(world, 'note.created', answer);
    return answer;
  },

  update: ({ path, body }, caller) => {
    const { world } = caller;
    const note = noteFor(caller, path.notes_id);
    if (note.mentioned_person_ids.length > 0 && world.rules.isOn('note-with-mentions-is-fixed')) {
      throw unprocessable('A note with mentions cannot be updated');
    }
    if (note.type === NoteType.fromEmail && world.rules.isOn('note-from-email-is-fixed')) {
      throw unprocessable('A note that belongs to an e-mail cannot be updated');
    }
    const updated: NoteRecord = {
      ...note,
      content: body.content,
      updated_at: world.rules.isOn('note-update-is-dated') ? world.clock.now() : note.updated_at,
    };
    world.notes.put(updated);
    const answer = noteAnswer(world, updated);
    tell(world, 'note.updated', answer);
    return answer;
  },

  remove: ({ path }, caller) => {
    const { world, user } = caller;
    const note = noteFor(caller, path.note_id);
    if (note.creator_id !== user.id && world.rules.isOn('note-deleted-by-creator')) {
      throw new Refusal(403, 'Only the creator of a note can delete it');
    }
    world.notes.remove(note.id);
    tell(world, 'note.deleted', { id: note.id, creator_id: note.creator_id, content: note.content, type: note.type });
    return { success: true };
  },
};
