/**
 * The stage of the interference suite: a table with things of the analyst's own in and beside it, and how to look at it. A row is known
 * by its id and by the text that the analyst wrote beside it, never by its place.
 */

import { entityKey, entryKey } from '../../local/affinity/world/field-values';
import type { PlatformSwitches } from '../../local/google/platform';
import { Desktop, LIST_IDS, letters } from '../bundle/desktop';

export const PIPELINE = 'Deal Pipeline';
export const ID = 'Affinity row ID';
export const OWN = 'My notes';
export const DOUBLE = 'Double';
export const FAR = 'Far';
/** Says when something was sent, so it differs by nature. */
const STATUS = 'Sync status';

export interface StageOptions {
  readonly platform?: Partial<PlatformSwitches>;
  /** The script, where it is not the built one. */
  readonly code?: string;
}

/** A tab as texts. */
export class Tab {
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];

  constructor(readonly desktop: Desktop) {
    const [headers = [], ...rows] = desktop.table(PIPELINE);
    this.headers = headers;
    this.rows = rows;
  }

  column(header: string): number {
    const index = this.headers.indexOf(header);
    if (index < 0) throw new Error(`no column ${header}`);
    return index;
  }

  has(header: string): boolean {
    return this.headers.includes(header);
  }

  letter(header: string): string {
    return letters(this.column(header));
  }

  get lastLetter(): string {
    return letters(this.headers.length - 1);
  }

  /** Row number of an entry, or null. */
  find(id: string): number | null {
    if (!this.has(ID)) return null;
    const index = this.rows.findIndex((cells) => cells[this.column(ID)] === id);
    return index < 0 ? null : index + 2;
  }

  row(id: string): number {
    const row = this.find(id);
    if (row === null) throw new Error(`no row ${id}`);
    return row;
  }

  cell(id: string, header: string): string {
    return this.rows[this.row(id) - 2]?.[this.column(header)] ?? '';
  }

  get ids(): readonly string[] {
    return this.has(ID) ? this.rows.flatMap((cells) => cells[this.column(ID)] || []) : [];
  }

  with(header: string): readonly string[] {
    return this.ids.filter((id) => this.cell(id, header) !== '');
  }

  without(header: string): readonly string[] {
    return this.ids.filter((id) => this.cell(id, header) === '');
  }
}

export const hasTable = (desktop: Desktop): boolean => desktop.file.workbook.sheetByName(PIPELINE) !== undefined;

const ENTRIES = 10;
/** Few of the list's fields: each column costs a run some calls to find it, and a suite that looks between any two calls some runs. */
const FIELDS: readonly string[] = ['Name', 'Status', 'Amount', 'Tags', 'Nickname', 'Close Date'];

export const connected = ({ platform = {}, code }: StageOptions): Desktop => {
  const desktop = new Desktop({
    affinity: { entries: ENTRIES },
    google: { platform },
    ...(code === undefined ? {} : { code }),
  });
  desktop.connect();
  return desktop;
};

/** What the sidebar asks of the server. */
export const rpc = <T>(desktop: Desktop, name: string, ...args: readonly unknown[]): T => {
  const text = desktop.google.scriptRun('rpc', [JSON.stringify({ name, args })], { spreadsheet: desktop.file });
  const reply = JSON.parse(String(text)) as { ok: boolean; value: T; message?: string }; // as the server writes it
  if (!reply.ok) throw new Error(reply.message);
  return reply.value;
};

interface Slice {
  readonly goesOn: boolean;
  readonly waitMs: number;
}

/** Makes the tab of an import that has no row yet; gives the import's id. */
export const startImport = (desktop: Desktop): string => {
  const columns = rpc<readonly { key: string; header: string }[]>(desktop, 'columns', LIST_IDS.pipeline);
  const keys = columns.filter(({ header }) => FIELDS.includes(header)).map(({ key }) => key);
  return rpc<string>(desktop, 'startImport', LIST_IDS.pipeline, keys, '');
};

/** Pulls slice after slice, as the sidebar does. */
export const pullAll = (desktop: Desktop, importId: string): void => {
  for (let slice: Slice = { goesOn: true, waitMs: 0 }; slice.goesOn; ) {
    slice = rpc<Slice>(desktop, 'pull', importId, 'goes on', true);
    desktop.clock.advance(slice.waitMs);
  }
};

/** An imported list with a column of notes in the middle, one of formulas, and one at the far end. */
export const prepared = (options: StageOptions = {}): Desktop => {
  const desktop = connected(options);
  pullAll(desktop, startImport(desktop));
  const person = desktop.person();
  const start = new Tab(desktop);
  const after = start.column('Amount') + 2;
  person.insertColumns(PIPELINE, after, 2);
  const end = letters(start.headers.length + 2);
  const own = letters(after - 1);
  person.paste(PIPELINE, `${own}1`, [[OWN, DOUBLE]]);
  person.type(PIPELINE, `${end}1`, FAR);
  const amount = start.letter('Amount');
  person.paste(
    PIPELINE,
    `${own}2`,
    start.rows.map((cells, index) => [
      `about ${cells[start.column(ID)]}`,
      `=IF(${amount}${index + 2}="",0,${amount}${index + 2}*2)`,
    ]),
  );
  person.paste(
    PIPELINE,
    `${end}2`,
    start.rows.map((cells) => [`far ${cells[start.column(ID)]}`]),
  );
  // The paste of formulas is an edit of its own time, long before the run.
  desktop.clock.advance(3_600_000);
  return desktop;
};

/** What a row shows, by header. */
export type Shown = Readonly<Record<string, string>>;

/**
 * The rows of the table that say anything, by id; those without one by what stands beside them. A key that stands twice has a count
 * behind it.
 */
export const rowsShown = (desktop: Desktop): ReadonlyMap<string, Shown> => {
  if (!hasTable(desktop)) return new Map();
  const tab = new Tab(desktop);
  const found = new Map<string, Shown>();
  for (const cells of tab.rows) {
    const shown = Object.fromEntries(
      tab.headers.flatMap((header, at) => (header === '' || header === STATUS ? [] : [[header, cells[at] ?? '']])),
    );
    // A formula that was filled down says 0 in a row that says nothing else.
    const isBlank = Object.entries(shown).every(([header, text]) => text === '' || header === DOUBLE);
    if (isBlank) continue;
    const key = shown[ID] || `beside ${shown[OWN] ?? ''}`;
    let name = key;
    for (let count = 2; found.has(name); count += 1) name = `${key} (${count})`;
    found.set(name, shown);
  }
  return found;
};

/** What each row says that has a note of the analyst's, by that note. */
export const byNote = (desktop: Desktop): ReadonlyMap<string, Shown> =>
  new Map([...rowsShown(desktop).values()].flatMap((shown) => (shown[OWN] ? [[shown[OWN], shown] as const] : [])));

/** What Affinity has of the list: the values of each entry and field, as text. */
export const remoteValues = ({ affinity: { world } }: Desktop): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  for (const { id, entity_id, entity_type } of world.entriesOf(LIST_IDS.pipeline)) {
    found.set(String(id), String(entity_id));
    const values = [entryKey(id), entityKey(entity_type, entity_id)].flatMap((key) => world.fieldValues.of(key));
    for (const { field_id, value } of values) {
      const cell = `${id}/${world.fields.get(field_id)?.name}`;
      found.set(cell, [...(found.get(cell)?.split(' ; ') ?? []), JSON.stringify(value)].sort().join(' ; '));
    }
  }
  return found;
};
