/**
 * Whether a sent value fits its field, and how it is kept. One check a value type, each under its own rule.
 * Source: official text, "Field Value Value Types"; affinity-v1-facts, sections 4 and 5.
 */
import { DecodeError } from '../../src/api/codec';
import { EntityType, location, ValueType } from '../../src/api/records';
import { refuseMerged } from './access';
import type { Caller } from './emulate';
import { unprocessable } from './refusal';
import { dayOf } from './world/pacific';
import type { FieldRecord, StoredValue } from './world/records';

type Check = (value: unknown, field: FieldRecord, caller: Caller) => StoredValue;

/** What is kept when the rule that would refuse a value is switched off. */
const asSent = (value: unknown): StoredValue => value as StoredValue; // only reached with a rule switched off

const entityId =
  (type: typeof EntityType.person | typeof EntityType.organization): Check =>
  (value, field, caller) => {
    const rule = type === EntityType.person ? 'person-takes-known-id' : 'organization-takes-known-id';
    const noun = type === EntityType.person ? 'person' : 'organization';
    if (!caller.world.rules.isOn(rule)) return asSent(value);
    if (!Number.isSafeInteger(value)) throw unprocessable(`${field.name} takes the id of a ${noun}`);
    const id = Number(value);
    refuseMerged(caller, type, id);
    if (!caller.world.hasEntity(type, id)) throw unprocessable(`${field.name}: there is no ${noun} ${id}`);
    return id;
  };

const text: Check = (value, field, { world }) => {
  if (typeof value === 'string' || !world.rules.isOn('text-takes-text')) return asSent(value);
  throw unprocessable(`${field.name} takes a text`);
};

const number: Check = (value, field, { world }) => {
  if ((typeof value === 'number' && Number.isFinite(value)) || !world.rules.isOn('number-takes-number')) {
    return asSent(value);
  }
  throw unprocessable(`${field.name} takes a number`);
};

const date: Check = (value, field, { world }) => {
  const day = typeof value === 'string' ? dayOf(value) : null;
  if (day === null) {
    if (!world.rules.isOn('date-takes-iso-text')) return '1970-01-01';
    throw unprocessable(`${field.name} takes an ISO 8601 date`);
  }
  return world.rules.isOn('date-is-pacific-day') ? day : String(value).slice(0, 10);
};

const place: Check = (value, field, { world }) => {
  try {
    return location.decode(value, 'value');
  } catch (fault) {
    if (!(fault instanceof DecodeError)) throw fault;
    if (!world.rules.isOn('location-takes-object')) return asSent(value);
    throw unprocessable(`${field.name} takes a location object`);
  }
};

/** Gives a plain dropdown one more option, as typing a new one in the web app does. */
const addOption = (caller: Caller, field: FieldRecord, optionText: string): void => {
  const option = { id: caller.world.nextId('option'), text: optionText, rank: 0, color: 0 };
  field.dropdown_options = [...field.dropdown_options, option];
};

const dropdown: Check = (value, field, caller) => {
  const { rules, choices } = caller.world;
  if (typeof value !== 'string') {
    if (!rules.isOn('dropdown-takes-text')) return asSent(value);
    throw unprocessable(`${field.name} takes a text`);
  }
  const isFree = field.dropdown_options.length === 0;
  if (isFree || field.dropdown_options.some((option) => option.text === value)) return value;
  if (!rules.isOn('dropdown-takes-known-option')) return value;
  if (choices.unknownOption === 'refuse') throw unprocessable(`${field.name} has no option with this text`);
  addOption(caller, field, value);
  return value;
};

const rankedDropdown: Check = (value, field, { world }) => {
  const { rules, choices } = world;
  const isTextTaken = choices.rankedText === 'accept' || !rules.isOn('ranked-dropdown-takes-option-id');
  const byText = isTextTaken ? field.dropdown_options.find((option) => option.text === value) : undefined;
  if (byText !== undefined) return byText.id;
  if (!Number.isSafeInteger(value)) throw unprocessable(`${field.name} takes the id of a dropdown option`);
  const id = Number(value);
  if (field.dropdown_options.some((option) => option.id === id)) return id;
  const first = field.dropdown_options[0];
  if (!rules.isOn('ranked-option-of-this-field') && first !== undefined) return first.id;
  throw unprocessable(`${field.name} has no dropdown option ${id}`);
};

const CHECKS: Readonly<Record<number, Check>> = {
  [ValueType.person]: entityId(EntityType.person),
  [ValueType.organization]: entityId(EntityType.organization),
  [ValueType.dropdown]: dropdown,
  [ValueType.number]: number,
  [ValueType.date]: date,
  [ValueType.location]: place,
  [ValueType.text]: text,
  [ValueType.rankedDropdown]: rankedDropdown,
};

/**
 * The value as it is kept. @throws Refusal 422 when it does not fit the field's value type, is empty, or the type cannot be
 * written at all.
 */
export const storedValue = (value: unknown, field: FieldRecord, caller: Caller): StoredValue => {
  const isEmpty = value === null || value === undefined || value === '';
  if (isEmpty && caller.world.rules.isOn('value-not-empty')) {
    throw unprocessable(`${field.name}: a value cannot be empty; delete the field value to clear the cell`);
  }
  const check = CHECKS[field.value_type];
  if (check === undefined) throw unprocessable(`${field.name} cannot be written`);
  return isEmpty ? asSent(value ?? null) : check(value, field, caller);
};
