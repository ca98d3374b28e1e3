/** Interactions. Source: official text, "Interactions"; affinity-v1-facts, section 9. */
import { Direction, EntityType, InteractionType, LoggingType, NoteType, PersonType } from '../../../src/api/enums';
import type { Affinity } from '../../../src/api/table';
import { checkEntities, instantFor, opportunityFor, organizationFor, personFor, withoutPage } from '../access';
import { interactionAnswer, isInternal, noteAnswer } from '../answers/activity';
import type { Caller, Handlers } from '../emulate';
import { tell } from '../events';
import { pageOf } from '../paging';
import { notFound, unprocessable } from '../refusal';
import { isEvent } from '../world/interactions';
import { DAY } from '../world/pacific';
import type { InteractionRecord } from '../world/records';

/** Largest page of interactions. Source: official text, "Get All Interactions". */
const MAX_PAGE = 100;
/** A year that ends on the same day of the next one, also when that is a leap year. */
const MAX_WINDOW = 366 * DAY;

const keyOf = (type: number): 'events' | 'chat_messages' | 'emails' => {
  if (type === InteractionType.email) return 'emails';
  return type === InteractionType.chatMessage ? 'chat_messages' : 'events';
};

interface Query {
  readonly person_id?: number;
  readonly organization_id?: number;
  readonly opportunity_id?: number;
  readonly start_time: string;
  readonly end_time: string;
}

/** External persons whose interactions are asked for. @throws Refusal 422 for none or several of the three ids. */
const personsOf = (caller: Caller, query: Query): readonly number[] => {
  const { rules, persons } = caller.world;
  const given = [query.person_id, query.organization_id, query.opportunity_id].filter((id) => id !== undefined);
  if (given.length !== 1 && rules.isOn('interactions-of-one-entity')) {
    throw unprocessable('Exactly one of person_id, organization_id, opportunity_id must be specified');
  }
  if (query.person_id !== undefined) {
    const person = personFor(caller, query.person_id);
    if (person.type === PersonType.internal && rules.isOn('interactions-of-external-persons')) {
      throw unprocessable('person_id must be an external person');
    }
    return [person.id];
  }
  if (query.organization_id !== undefined) return organizationFor(caller, query.organization_id).person_ids;
  if (query.opportunity_id !== undefined) return opportunityFor(caller, query.opportunity_id).person_ids;
  return [...persons.keys()].slice(0, 1);
};

const windowOf = (caller: Caller, query: Query): { readonly from: number; readonly to: number } => {
  const { rules } = caller.world;
  const from = instantFor(caller, query.start_time, 'start_time');
  const to = instantFor(caller, query.end_time, 'end_time');
  if (from >= to && rules.isOn('interactions-start-before-end'))
    throw unprocessable('start_time must be before end_time');
  if (to - from > MAX_WINDOW && rules.isOn('interactions-within-a-year')) {
    throw unprocessable('The date range must not exceed one year');
  }
  return { from, to };
};

/** @throws Refusal 404 for an id that no interaction of this type has. */
const interactionFor = ({ world }: Caller, type: number, id: number): InteractionRecord => {
  const types = world.rules.isOn('interaction-id-goes-with-type') ? [type] : [type, 0, 1, 2, 3];
  const found = types.map((one) => world.interactions.find(one, id)).find((one) => one !== undefined);
  if (found === undefined) throw notFound(`Interaction ${id} of type ${type} does not exist`);
  return found;
};

const checkPersons = (caller: Caller, ids: readonly number[]): void => {
  const { rules } = caller.world;
  checkEntities(caller, EntityType.person, ids);
  const internal = ids.filter((id) => isInternal(caller.world, id));
  if (internal.length === 0 && rules.isOn('interaction-needs-internal')) {
    throw unprocessable('At least one internal person must be included');
  }
  if (internal.length === ids.length && rules.isOn('interaction-needs-external')) {
    throw unprocessable('At least one external person must be included');
  }
};

const notesOf = ({ world }: Caller, { id, type }: InteractionRecord) =>
  world.notes.all().filter(({ interaction }) => interaction?.id === id && interaction.type === type);

/** The content of an interaction is a note on it. */
const writeNote = (caller: Caller, one: InteractionRecord, content: string): void => {
  const { world, user } = caller;
  const note = {
    id: world.nextId('note'),
    creator_id: user.id,
    person_ids: [],
    organization_ids: [],
    opportunity_ids: [],
    interaction: { id: one.id, type: one.type },
    mentioned_person_ids: [],
    parent_id: null,
    content,
    type: NoteType.plain,
    created_at: world.clock.now(),
    updated_at: null,
  };
  world.notes.put(note);
  tell(world, 'note.created', noteAnswer(world, note));
};

export const interactions: Handlers<Affinity>['interactions'] = {
  list: ({ query }, caller) => {
    const { world } = caller;
    const { rules } = world;
    const personIds = personsOf(caller, query);
    const { from, to } = windowOf(caller, query);
    const { internal_person_id, direction, logging_type } = query;
    const found = world.interactions
      .ofAll(personIds)
      .filter(
        (one) =>
          (one.type === query.type || !rules.isOn('interactions-of-one-type')) &&
          one.date >= from &&
          (rules.isOn('interactions-end-is-exclusive') ? one.date < to : one.date <= to) &&
          (logging_type !== LoggingType.manual ||
            one.manual_creator_id !== null ||
            !rules.isOn('interactions-logged-by-hand')) &&
          (internal_person_id === undefined ||
            one.person_ids.includes(internal_person_id) ||
            one.cc_ids.includes(internal_person_id) ||
            !rules.isOn('interactions-of-internal-person')) &&
          (direction === undefined ||
            one.type === InteractionType.meeting ||
            one.type === InteractionType.call ||
            one.direction === direction ||
            !rules.isOn('interactions-by-direction')),
      )
      .sort((a, b) => b.date - a.date || b.id - a.id);
    const { items, next_page_token } = pageOf(world, found, query, withoutPage(query), MAX_PAGE);
    const key = rules.isOn('interactions-key-by-type') ? keyOf(query.type) : 'interactions';
    return { [key]: items.map((one) => interactionAnswer(world, one)), next_page_token };
  },

  get: ({ path, query }, caller) => interactionAnswer(caller.world, interactionFor(caller, query.type, path.id)),

  create: ({ body }, caller) => {
    const { world, user } = caller;
    checkPersons(caller, body.person_ids);
    const isChat = body.type === InteractionType.chatMessage;
    if (body.direction !== undefined && !isChat && world.rules.isOn('direction-of-chat-messages-only')) {
      throw unprocessable('direction applies to chat messages only');
    }
    const one: InteractionRecord = {
      id: world.nextId('interaction'),
      type: body.type,
      date: instantFor(caller, body.date, 'date'),
      end_time: null,
      updated_at: null,
      manual_creator_id: world.rules.isOn('interaction-creator-is-caller') ? user.id : null,
      title: isEvent({ type: body.type } as InteractionRecord) ? 'Manually logged event' : null,
      direction: isChat ? (body.direction ?? Direction.sent) : null,
      person_ids: body.person_ids,
      cc_ids: [],
    };
    world.interactions.put(one);
    if (world.rules.isOn('interaction-content-is-a-note')) writeNote(caller, one, body.content);
    return interactionAnswer(world, one);
  },

  update: ({ path, body }, caller) => {
    const { world } = caller;
    const old = interactionFor(caller, body.type, path.id);
    if (body.person_ids === undefined && world.choices.interactionPersons === 'required') {
      throw unprocessable('person_ids is missing or invalid: expected [integer]');
    }
    if (body.person_ids !== undefined) checkPersons(caller, body.person_ids);
    const notes = notesOf(caller, old);
    const hasMentions = notes.some((note) => note.mentioned_person_ids.length > 0);
    if (body.content !== undefined && hasMentions && world.rules.isOn('content-with-mentions-is-fixed')) {
      throw unprocessable('Content with mentions cannot be changed');
    }
    const one: InteractionRecord = {
      ...old,
      person_ids: world.rules.isOn('arrays-replace') ? (body.person_ids ?? old.person_ids) : old.person_ids,
      date: body.date === undefined ? old.date : instantFor(caller, body.date, 'date'),
    };
    world.interactions.put(one);
    const [note] = notes;
    if (body.content !== undefined && world.rules.isOn('interaction-content-is-a-note')) {
      if (note === undefined) writeNote(caller, one, body.content);
      else world.notes.put({ ...note, content: body.content, updated_at: world.clock.now() });
    }
    return interactionAnswer(world, one);
  },

  remove: ({ path, query }, caller) => {
    const { type, id } = interactionFor(caller, query.type, path.id);
    caller.world.interactions.remove(type, id);
    return { success: true };
  },
};
