/** Columns and names for the tests of cells, merges and plans. */
import type { Field } from '../../src/api/records';
import { ValueType } from '../../src/api/records';
import { codecFor } from '../../src/sync/cells/for-field';
import type { Column } from '../../src/sync/datasets/dataset';
import { createDirectory, type Directory, type Named } from '../../src/sync/names';

export type TypeName = keyof typeof ValueType | 'filterableText' | 'unknown';

/** Codes beside the documented ones: 10 is Affinity-filled text, 99 is none that this version knows. */
const CODES: Readonly<Record<TypeName, number>> = { ...ValueType, filterableText: 10, unknown: 99 };

export const OPTIONS = [
  { id: 11, text: 'New', rank: 1, color: 0 },
  { id: 12, text: 'Won', rank: 2, color: 0 },
  { id: 13, text: 'Won', rank: 3, color: 0 },
  { id: 14, text: ' Blank ends ', rank: 4, color: 0 },
  { id: 15, text: 'A; B', rank: 5, color: 0 },
];

export const fieldOf = (type: TypeName, isMany = false, rest: Partial<Field> = {}): Field => ({
  id: 1,
  name: 'Field',
  list_id: 7,
  enrichment_source: null,
  value_type: CODES[type],
  allows_multiple: isMany,
  track_changes: false,
  dropdown_options: type === 'dropdown' || type === 'rankedDropdown' ? OPTIONS : [],
  ...rest,
});

export const columnOf = (type: TypeName, isMany = false, rest: Partial<Column> = {}): Column => ({
  key: 'field.1',
  header: 'Field',
  typeName: type,
  codec: codecFor(fieldOf(type, isMany)),
  isShared: false,
  ...rest,
});

export const directoryOf = (...named: readonly Named[]): Directory => {
  const directory = createDirectory();
  for (const one of named) directory.add(one);
  return directory;
};

export const PEOPLE: readonly Named[] = [
  { id: 1, name: 'Ann Lee', keys: ['ann@a.com'] },
  { id: 2, name: 'Bo Berg', keys: ['bo@b.com', 'bo@home.com'] },
  { id: 3, name: 'Ann Lee', keys: ['ann@c.com'] },
  { id: 4, name: 'Ann Lee', keys: [] },
  { id: 5, name: '', keys: ['nameless@d.com'] },
  { id: 6, name: '', keys: [] },
  { id: 7, name: 'Semi; Colon', keys: [] },
  { id: 8, name: '"Quoted"', keys: [] },
];
