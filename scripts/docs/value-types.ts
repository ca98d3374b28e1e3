/**
 * The table of value types for the user guide: what the add-on's own codecs make of examples. Pure. An example that is not taken
 * where the table says so, or taken where it says refused, is an error: the guide can't promise what the code does not do.
 */
import { ValueType } from '../../src/api/records';
import { type Cell, cellText, dayCell, isDay } from '../../src/sync/cells/cell';
import type { CellContext } from '../../src/sync/cells/codec';
import { codecFor, typeNameOf } from '../../src/sync/cells/for-field';
import { manyValue, type Scalar } from '../../src/sync/cells/value';
import { createDirectory, type Directory, type Named } from '../../src/sync/names';
import { markdownTable } from './table';

const directory = (...known: readonly Named[]): Directory => {
  const names = createDirectory();
  for (const one of known) names.add(one);
  return names;
};

const CONTEXT: CellContext = {
  decimal: '.',
  persons: directory(
    { id: 1, name: 'Maya Lindqvist', keys: ['maya@northlight.example'] },
    { id: 2, name: 'Paul Dubois', keys: ['paul@northlight.example'] },
    { id: 3, name: 'Anna Schmidt', keys: ['anna@acme.example'] },
    { id: 4, name: 'Anna Schmidt', keys: ['anna@zephyr.example'] },
  ),
  organizations: directory(
    { id: 5, name: 'Cobalt Health', keys: ['cobalthealth.example'] },
    { id: 6, name: 'Harbor Health', keys: ['harborhealth.example'] },
  ),
  opportunities: directory(),
  localTime: (instant) => new Date(instant).toISOString().slice(0, 19),
};

const OPTIONS = ['New', 'Due Diligence', 'Term Sheet'].map((text, index) => ({
  id: 11 + index,
  text,
  rank: index + 1,
  color: 0,
}));

interface Example {
  readonly type: number;
  readonly isMany?: boolean;
  /** Values as Affinity sends them. */
  readonly stored: readonly unknown[];
  /** Cells that an analyst may leave behind, each taken. */
  readonly taken: readonly Cell[];
  /** A cell that is not taken. */
  readonly refused: Cell;
  /** What the sentences need, in words. */
  readonly hint: string;
}

const place = (street_address: string | null, city: string, state: string | null, country: string | null) => ({
  street_address,
  city,
  state,
  country,
  continent: null,
});

const EXAMPLES: readonly Example[] = [
  {
    type: ValueType.text,
    stored: ['Call the founder'],
    taken: ['007', '1/2'],
    refused: dayCell('2026-01-02'),
    hint: 'Any text, kept to the letter.',
  },
  {
    type: ValueType.number,
    stored: [1_250_000.5],
    taken: [1_250_000, -0.5],
    refused: 'about 9m',
    hint: 'A number, as your sheet writes numbers.',
  },
  {
    type: ValueType.date,
    stored: ['2026-03-31T07:00:00Z'],
    taken: [dayCell('2026-04-15'), '2026-04-15'],
    refused: 'late spring',
    hint: 'A date that Google Sheets recognises.',
  },
  {
    type: ValueType.dropdown,
    stored: ['Term Sheet'],
    taken: ['New'],
    refused: 'term sheet',
    hint: 'One of the field’s options, written as it is. The arrow in the cell lists them.',
  },
  {
    type: ValueType.rankedDropdown,
    stored: [{ id: 12, text: 'Due Diligence', rank: 2, color: 0 }],
    taken: ['Term Sheet'],
    refused: 'Closing',
    hint: 'The same.',
  },
  {
    type: ValueType.person,
    stored: [1],
    taken: ['Paul Dubois', 'paul@northlight.example'],
    refused: 'Anna Schmidt',
    hint: 'The person’s name or e-mail address.',
  },
  {
    type: ValueType.organization,
    stored: [5],
    taken: ['Harbor Health', 'harborhealth.example'],
    refused: 'Harbour Health',
    hint: 'The organization’s name or domain.',
  },
  {
    type: ValueType.location,
    stored: [place(null, 'Austin', 'Texas', 'United States')],
    taken: ['Paris', 'Paris, France', '1 Main St, Austin, Texas, United States', 'country=France'],
    refused: '1, Main St, Austin, Texas, United States',
    hint: 'City; city, country; city, state, country; street, city, state, country. Or the parts by name.',
  },
  {
    type: ValueType.person,
    isMany: true,
    stored: [1, 2],
    taken: ['Paul Dubois; Maya Lindqvist'],
    refused: 'Maya Lindqvist, Paul Dubois',
    hint: 'Names with `;` between. Order is no difference.',
  },
  {
    type: ValueType.text,
    isMany: true,
    stored: ['AI', 'Research; Development'],
    taken: ['AI; Robotics'],
    refused: 'AI; "Robotics',
    hint: 'Texts with `;` between. A text that holds a `;` stands in double quotes.',
  },
  {
    type: ValueType.date,
    isMany: true,
    stored: ['2026-03-31T07:00:00Z', '2026-06-30T07:00:00Z'],
    taken: ['2026-03-31; 2026-09-30'],
    refused: '2026-03-31; September',
    hint: 'Dates as year-month-day with `;` between.',
  },
];

/** A text that stays in its column and shows as it is. */
const plain = (text: string): string => text.replace(/[|\\<]/g, '\\$&').replace(/\n/g, ' ');
const code = (cell: Cell): string => `\`${cellText(cell).replace(/\|/g, '\\|')}\``;

const cellsOf = ({ type, isMany = false, stored, taken, refused, hint }: Example): readonly string[] => {
  const field = { value_type: type, allows_multiple: isMany, dropdown_options: OPTIONS };
  const name = typeNameOf(field);
  const codec = codecFor(field);
  const scalars = stored.map((raw) => codec.fromWire(raw)).filter((scalar): scalar is Scalar => scalar !== null);
  if (scalars.length !== stored.length) throw new Error(`${name}: an example is not read`);
  const shown = codec.toCell(manyValue(scalars), CONTEXT);
  const back = codec.fromCell(shown, CONTEXT);
  if (!back.ok) throw new Error(`${name}: what is shown is not taken: ${back.problem}`);
  for (const cell of taken) {
    const read = codec.fromCell(cell, CONTEXT);
    if (!read.ok) throw new Error(`${name}: ${code(cell)} is not taken: ${read.problem}`);
  }
  const no = codec.fromCell(refused, CONTEXT);
  if (no.ok) throw new Error(`${name}: ${code(refused)} is taken`);
  const looks = `${code(shown)}${isDay(shown) ? ', a real date' : typeof shown === 'number' ? ', a real number' : ''}`;
  const texts = [...new Set(taken.map(code))].join(', ');
  return [name, looks, `${hint} ${texts}`, `${code(refused)}: “${plain(no.problem)}”`];
};

const HEADERS = ['Type', 'In a cell', 'What you may type', 'Refused, for example'];

/** The table as Markdown. */
export const valueTypesTable = (): string => markdownTable([HEADERS, ...EXAMPLES.map(cellsOf)]);
