/**
 * What a test, the demo or the workbench may do to the emulator besides calling the API. Each function takes one JSON value
 * and gives one, so that the same set works in process, over HTTP (`POST /_emulator/<name>`) and across threads.
 */

import { ChangeAction, EntityType } from '../../src/api/enums';
import { ValueType } from '../../src/api/records';
import { fieldValueAnswer, listAnswer, listEntryAnswer, organizationAnswer } from './answers/records';
import type { CallCounts } from './calls';
import { type Choices, DEFAULT_CHOICES } from './choices';
import type { Affinity } from './emulator';
import { deleteEntity, deleteField, tell, tellFieldValue } from './events';
import { FAULT_KINDS, type Fault, isFaultKind } from './faults';
import type { QuotaOptions } from './quota';
import { isRuleName, type RuleName } from './rules';
import type { Delivery } from './webhooks';
import { recordChange } from './world/changes';
import { entityKey, entryKey } from './world/field-values';
import { withPacificOffset } from './world/pacific';
import type { User } from './world/records';
import { merge, removeList } from './world/removal';

/** A control function was asked for something that it cannot do. The world is unchanged. */
export class ControlError extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'ControlError';
  }
}

export interface State {
  readonly tenant: string;
  readonly now: string;
  readonly users: readonly {
    readonly id: number;
    readonly role: User['role'];
    readonly key: string;
    readonly name: string;
  }[];
  readonly lists: readonly {
    readonly id: number;
    readonly name: string;
    readonly type: number;
    readonly list_size: number;
  }[];
  /** Records that were merged, each with the id that it lives on under. */
  readonly merged: readonly { readonly type: number; readonly id: number; readonly into: number }[];
  readonly choices: Choices;
  readonly quota: QuotaOptions;
}

export interface Dump {
  readonly list: object;
  readonly entries: readonly { readonly entry: object; readonly values: readonly object[] }[];
}

export interface Control {
  state(): State;
  calls(): CallCounts;
  resetCalls(): null;
  addFault(fault: Fault): null;
  faults(): readonly Fault[];
  clearFaults(): null;
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Moves the clock forward and gives the new time. */
  advance(milliseconds: number): number;
  setRule(change: { readonly rule: RuleName; readonly on: boolean }): null;
  setChoices(choices: Partial<Choices>): null;
  setQuota(options: Partial<QuotaOptions>): null;
  setUsedInMonth(calls: number): null;
  /** A part of one list with its list-specific values, newest entries first, for a look inside. */
  dump(what: { readonly list_id: number; readonly offset?: number; readonly limit?: number }): Dump;
  removeList(listId: number): null;
  removeField(fieldId: number): null;
  /** Gives a dropdown field more options, as its settings in the web app can. */
  addOptions(what: { readonly field_id: number; readonly texts: readonly string[] }): null;
  removeEntity(entity: { readonly type: EntityType; readonly id: number }): null;
  merge(change: { readonly type: 0 | 1; readonly id: number; readonly into: number }): null;
  /** Webhook deliveries so far, oldest first. */
  deliveries(): readonly Delivery[];
  /** Mentions somebody in a note, which only the web app can. */
  mentionIn(what: { readonly note_id: number; readonly person_id: number }): null;
  /** Lets every webhook address answer well or badly, for tests of what follows. */
  setWebhookAnswers(isGood: boolean): null;
  /** An edit in the web app: the value lives on under a new id, which is given. */
  editInApp(change: { readonly field_value_id: number; readonly value: number | string }): number;
}

export type ControlName = keyof Control;

export const createControl = (affinity: Affinity): Control => {
  const { world, quota, faults, counter } = affinity;
  return {
    state: () => ({
      tenant: world.tenant.name,
      now: new Date(world.clock.now()).toISOString(),
      users: world.users.map(({ id, role, key }) => {
        const person = world.persons.get(id);
        return { id, role, key, name: `${person?.first_name} ${person?.last_name}` };
      }),
      lists: [...world.lists.values()].map(({ id, name, type }) => ({
        id,
        name,
        type,
        list_size: world.entriesOf(id).length,
      })),
      merged: [...world.merged].map(([key, into]) => ({ type: key % 16, id: Math.floor(key / 16), into })),
      choices: world.choices,
      quota: { ...quota.options },
    }),
    calls: () => counter.read(),
    resetCalls() {
      counter.reset();
      return null;
    },
    addFault(fault) {
      if (!isFaultKind(fault.kind))
        throw new ControlError(`kind must be one of ${Object.keys(FAULT_KINDS).join(', ')}`);
      faults.add(fault);
      return null;
    },
    faults: () => faults.list(),
    clearFaults() {
      faults.clear();
      return null;
    },
    now: () => world.clock.now(),
    advance(milliseconds) {
      if (!(milliseconds >= 0)) throw new ControlError('advance takes milliseconds, 0 or more');
      world.clock.advance(milliseconds);
      affinity.carryDue();
      return world.clock.now();
    },
    setRule({ rule, on }) {
      if (!isRuleName(rule)) throw new ControlError('there is no such rule');
      world.rules.set(rule, on);
      return null;
    },
    setChoices(choices) {
      for (const name of Object.keys(choices)) {
        if (!Object.hasOwn(DEFAULT_CHOICES, name)) throw new ControlError(`there is no choice ${name}`);
      }
      world.choices = { ...world.choices, ...choices };
      return null;
    },
    setQuota(options) {
      Object.assign(quota.options, options);
      return null;
    },
    setUsedInMonth(calls) {
      quota.setUsedInMonth(calls);
      return null;
    },
    dump({ list_id, offset = 0, limit = 50 }) {
      const list = world.lists.get(list_id);
      if (list === undefined) throw new ControlError(`there is no list ${list_id}`);
      const entries = [...world.entriesOf(list_id)].reverse().slice(offset, offset + limit);
      return {
        list: listAnswer(world, list),
        entries: entries.map((entry) => ({
          entry: listEntryAnswer(world, entry),
          values: world.fieldValues.of(entryKey(entry.id)).map((value) => fieldValueAnswer(world, value)),
        })),
      };
    },
    removeList(listId) {
      if (!world.lists.has(listId)) throw new ControlError(`there is no list ${listId}`);
      removeList(world, listId);
      return null;
    },
    removeField(fieldId) {
      if (!world.fields.has(fieldId)) throw new ControlError(`there is no field ${fieldId}`);
      const field = world.fields.get(fieldId);
      if (field !== undefined) deleteField(world, field);
      return null;
    },
    addOptions({ field_id, texts }) {
      const field = world.fields.get(field_id);
      if (field === undefined) throw new ControlError(`there is no field ${field_id}`);
      const last = field.dropdown_options.reduce((highest, { id }) => Math.max(highest, id), field_id * 100);
      const isRanked = field.value_type === ValueType.rankedDropdown;
      const added = texts.map((text, index) => ({
        id: last + index + 1,
        text,
        rank: isRanked ? field.dropdown_options.length + index + 1 : 0,
        color: 0,
      }));
      world.fields.set(field_id, { ...field, dropdown_options: [...field.dropdown_options, ...added] });
      return null;
    },
    removeEntity({ type, id }) {
      if (!world.hasEntity(type, id)) throw new ControlError(`there is no entity ${id} of type ${type}`);
      deleteEntity(world, type, id);
      return null;
    },
    merge({ type, id, into }) {
      if (id === into || !world.hasEntity(type, id) || !world.hasEntity(type, into)) {
        throw new ControlError('a merge needs two records of the same type');
      }
      const removed = type === EntityType.organization ? world.organizations.get(id) : undefined;
      const survivor = type === EntityType.organization ? world.organizations.get(into) : undefined;
      merge(world, type, id, into);
      if (removed !== undefined && survivor !== undefined) {
        tell(world, 'organization.merged', {
          changer: { id: world.users[0]?.id ?? 0 },
          removed_company: organizationAnswer(removed),
          company: organizationAnswer(survivor),
          merged_at: withPacificOffset(world.clock.now()),
        });
      }
      affinity.carryDue();
      return null;
    },
    editInApp({ field_value_id, value }) {
      const old = world.fieldValues.find(field_value_id);
      if (old === undefined) throw new ControlError(`there is no field value ${field_value_id}`);
      const id = world.nextId('fieldValue');
      const now = world.clock.now();
      const { list_entry_id, entity_type, entity_id } = old;
      const key = list_entry_id === null ? entityKey(entity_type, entity_id) : entryKey(list_entry_id);
      world.fieldValues.remove(old.id);
      const edited = { ...old, id, value, created_at: now, updated_at: null };
      world.fieldValues.add(key, edited);
      recordChange(world, ChangeAction.update, edited, world.users[1]?.id ?? 0);
      tellFieldValue(world, 'updated', edited);
      affinity.carryDue();
      return id;
    },
    mentionIn({ note_id, person_id }) {
      const note = world.notes.get(note_id);
      if (note === undefined) throw new ControlError(`there is no note ${note_id}`);
      world.notes.put({ ...note, mentioned_person_ids: [...note.mentioned_person_ids, person_id] });
      return null;
    },
    deliveries: () => affinity.webhooks.list(),
    setWebhookAnswers(isGood) {
      affinity.carryWith(() => isGood);
      return null;
    },
  };
};
