/** The codec of a field, by its value type. Types this version does not know are shown and never sent. */
import { type Field, ValueType } from '../../api/records';
import type { CellCodec } from './codec';
import { dateScalar, singleDate } from './date';
import { dropdownScalar, rankedDropdownScalar } from './dropdown';
import { locationScalar } from './location';
import { numberScalar, singleNumber } from './number';
import { organizationScalar, personScalar } from './reference';
import { multiple, single, type TextScalar } from './scalar';
import { textScalar } from './text';
import type { Unknown } from './value';

/** Affinity-filled text: documented by no page, met in practice. Source: affinity-v1-facts, section 4. */
const FILTERABLE_TEXT = 10;

const unknownScalar: TextScalar = {
  isContextual: false,
  fromWire: (raw) => (raw === null || raw === undefined || raw === '' ? null : { unknown: JSON.stringify(raw) }),
  toWire: (scalar) => scalar,
  toText: (scalar) => {
    const { unknown } = scalar as Unknown; // this type's `fromWire` gives nothing else
    const parsed: unknown = JSON.parse(unknown);
    return typeof parsed === 'string' ? parsed : unknown;
  },
  fromText: () => ({ ok: false, problem: 'this type of value is shown only and can be changed in Affinity alone.' }),
};

/** Whether values of this field's type can be sent to Affinity at all. */
export const isKnownType = (field: Pick<Field, 'value_type'>): boolean =>
  (Object.values(ValueType) as readonly number[]).includes(field.value_type);

const TYPE_NAMES: Readonly<Record<number, string>> = {
  [ValueType.person]: 'Person',
  [ValueType.organization]: 'Organization',
  [ValueType.dropdown]: 'Dropdown',
  [ValueType.number]: 'Number',
  [ValueType.date]: 'Date',
  [ValueType.location]: 'Location',
  [ValueType.text]: 'Text',
  [FILTERABLE_TEXT]: 'Text',
  [ValueType.rankedDropdown]: 'Ranked dropdown',
};

/** The type of a field's values in words, e.g. `Person, several`. */
export const typeNameOf = (field: Pick<Field, 'value_type' | 'allows_multiple'>): string =>
  `${TYPE_NAMES[field.value_type] ?? 'Other'}${field.allows_multiple ? ', several' : ''}`;

export const codecFor = (field: Pick<Field, 'value_type' | 'allows_multiple' | 'dropdown_options'>): CellCodec => {
  const wrap = field.allows_multiple ? multiple : single;
  switch (field.value_type) {
    case ValueType.person:
      return wrap(personScalar);
    case ValueType.organization:
      return wrap(organizationScalar);
    case ValueType.dropdown:
      return wrap(dropdownScalar(field.dropdown_options));
    case ValueType.number:
      return field.allows_multiple ? multiple(numberScalar) : singleNumber;
    case ValueType.date:
      return field.allows_multiple ? multiple(dateScalar) : singleDate;
    case ValueType.location:
      return wrap(locationScalar);
    case ValueType.text:
    case FILTERABLE_TEXT:
      return wrap(textScalar);
    case ValueType.rankedDropdown:
      return wrap(rankedDropdownScalar(field.dropdown_options));
    default:
      return wrap(unknownScalar);
  }
};
