/** Affinity's values as the emulator tells them, and how they look and are typed in the drawer. */
export interface Option {
  readonly id: number;
  readonly text: string;
}
export interface Field {
  readonly id: number;
  readonly name: string;
  readonly list_id: number | null;
  readonly value_type: number;
  readonly allows_multiple: boolean;
  readonly dropdown_options?: readonly Option[];
}
export interface Stored {
  readonly id: number;
  readonly field_id: number;
  readonly value: unknown;
}
export interface ListDump {
  readonly list: { readonly id: number; readonly name: string };
  readonly fields: readonly Field[];
  readonly entries: readonly {
    readonly entry: {
      readonly id: number;
      readonly entity_id: number;
      readonly entity: { readonly name?: string; readonly first_name?: string; readonly last_name?: string };
    };
    readonly values: readonly Stored[];
  }[];
}

/** Types of values by number. Source: affinity-v1-facts. */
export const TYPES = { person: 0, organization: 1, dropdown: 2, number: 3, date: 4, location: 5, text: 6, ranked: 7 };

/** Fields of the list itself: the ones whose values an entry carries. */
export const fieldsOf = ({ fields, list }: ListDump): readonly Field[] =>
  fields.filter(({ list_id }) => list_id === list.id);

export const valuesOf = (values: readonly Stored[], field: Field): readonly Stored[] =>
  values.filter(({ field_id }) => field_id === field.id);

export const shownValue = (value: unknown, field: Field): string => {
  if (value === null || value === undefined) return '';
  if (field.value_type === TYPES.date && typeof value === 'string') return value.slice(0, 10);
  if (typeof value !== 'object') {
    const option = field.dropdown_options?.find(({ id }) => id === value);
    return option ? option.text : String(value);
  }
  if ('text' in value) return String(value.text);
  return Object.values(value).filter(Boolean).join(', ');
};

/** What the API takes for a typed text; null empties the value. @throws Error with a sentence. */
export const typedValue = (text: string, field: Field): unknown => {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  switch (field.value_type) {
    case TYPES.number:
    case TYPES.person:
    case TYPES.organization: {
      const number = Number(trimmed);
      if (Number.isNaN(number)) throw new Error('This field takes a number.');
      return number;
    }
    case TYPES.date:
      return /^\d{4}-\d\d-\d\d$/.test(trimmed) ? `${trimmed}T00:00:00.000-08:00` : trimmed;
    case TYPES.location:
      return { street_address: null, city: trimmed, state: null, country: null };
    case TYPES.ranked:
      return field.dropdown_options?.find((option) => option.text === trimmed)?.id ?? trimmed;
    default:
      return trimmed;
  }
};
