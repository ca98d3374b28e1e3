/** What is measured: seven things that a person does, each by each variant in an office of its own. */
import { createHash } from 'node:crypto';
import { LIST_IDS } from '../local/affinity';
import { createGoogle } from '../local/google';
import { boundMinutes, EXECUTION_LIMIT_MS, PAGE_ROWS } from './cost-model';
import { cpuMs, type Measured, Office } from './office';
import { type Ended, type Variant, type VariantName, variants } from './variants';

export interface Case {
  readonly name: string;
  readonly entries: number;
  /** Whether the daily limits of Google and the monthly one of Affinity hold. */
  readonly limits: boolean;
  readonly does: 'import' | 'refresh' | 'push';
  /** Values that a colleague changed in Affinity before a refresh. */
  readonly changes: number;
}

const importOf = (entries: number, limits = true): Case => ({
  name: `import ${entries}`,
  entries,
  limits,
  does: 'import',
  changes: 0,
});
const refreshWith = (changes: number): Case => ({
  name: `refresh ${changes} of 10000`,
  entries: 10_000,
  limits: true,
  does: 'refresh',
  changes,
});

export const CASES: readonly Case[] = [
  importOf(1_000),
  importOf(10_000),
  importOf(100_000, false),
  refreshWith(0),
  refreshWith(10),
  refreshWith(1_000),
  { name: 'push 500 edits on 300 rows', entries: 10_000, limits: true, does: 'push', changes: 0 },
];

/** One line of the result. */
export interface Figure {
  readonly name: string;
  readonly variant: VariantName;
  readonly entries: number;
  readonly calls: number;
  /** Calls without which the same result can't be had from version 1 of the API; reads that protect a push are among them. */
  readonly callsNeeded: number;
  readonly minutes: number;
  readonly boundMinutes: number;
  /** Spreadsheet calls in all. */
  readonly sheetCalls: number;
  readonly sheetCallsPerThousandRows: number;
  /** CPU and memory in all: the script's and local Google's under it, without the emulator. */
  readonly cpuMs: number;
  readonly peakMb: number;
  readonly cpuMsPerThousandRows: number;
  readonly outcome: Ended['outcome'];
  readonly said: string;
  readonly slices: number;
  /** Rows that stand in the table afterwards, and cells sent by a push. */
  readonly rows: number;
  /** Of the values that stand in the table afterwards, the same for every variant that is done; '' for one that died. */
  readonly table: string;
  /** Answers 429. */
  readonly refused: number;
  /** Whether daily and monthly limits held. */
  readonly limits: boolean;
}

const EDITED_ROWS = 300;
const EDITS = 500;
const DAY_MS = 86_400_000;
const NO_LIMIT_MS = 30 * DAY_MS;

const entriesOf = (office: Office, limit: number) =>
  office.control.dump({ list_id: LIST_IDS.pipeline, limit }).entries.map(({ entry, values }) => ({
    id: String((entry as { id: number }).id), // as the API answers an entry
    values: values as readonly { id: number; field_id: number; value: unknown }[], // and its field values
  }));

const AMOUNT = 61_225;

/** A colleague changes the amount of so many entries, spread over the list. */
const change = (office: Office, count: number): void => {
  const all = entriesOf(office, 1_000_000).flatMap(({ values }) =>
    values.filter(({ field_id }) => field_id === AMOUNT),
  );
  const step = Math.floor(all.length / Math.max(1, count));
  for (let index = 0; index < count; index += 1) {
    if (index % 800 === 0) office.clock.wait(61_000);
    office.api('PUT', `/field-values/${all[index * step]?.id}`, { value: 1_000_000 + index });
  }
};

const letter = (index: number): string =>
  index < 26 ? String.fromCharCode(65 + index) : `A${String.fromCharCode(65 + index - 26)}`;

/** A person edits 300 rows, 500 cells: amounts, and next steps on 200 of the rows. */
const edit = (office: Office, tab: string): void => {
  const person = office.google.person(office.file);
  const [headers = [], ...rows] = person.seesTable(tab);
  const step = Math.floor(rows.length / EDITED_ROWS);
  for (let index = 0; index < EDITED_ROWS; index += 1) {
    const row = index * step + 2;
    office.editedRows.push(rows[row - 2]?.[headers.indexOf('Affinity row ID')] ?? '');
    person.type(tab, `${letter(headers.indexOf('Amount'))}${row}`, String(2_000_000 + index));
    if (index < EDITS - EDITED_ROWS)
      person.type(tab, `${letter(headers.indexOf('Next Step'))}${row}`, `Call again, ${index}`);
  }
};

/** Calls that version 1 needs, and how many round trips of them each wait for the one before. */
const needs = (office: Office, { does, entries }: Case): { readonly calls: number; readonly trips: number } => {
  const { world } = office.affinity;
  const pages = Math.ceil(entries / PAGE_ROWS);
  if (does === 'push') return { calls: 1 + EDITED_ROWS + EDITS, trips: 3 };
  // No bulk read of field values: one call an entity. Every page of the directories has names that are asked for.
  const directories = Math.ceil(world.persons.size / PAGE_ROWS) + Math.ceil(world.organizations.size / PAGE_ROWS);
  const entities = new Set([...world.entriesOf(LIST_IDS.pipeline)].map(({ entity_id }) => entity_id));
  return { calls: 1 + pages + entities.size + directories, trips: 1 + pages + 1 };
};

const rowsOf = (office: Office, { tab }: Variant): number => {
  const sheet = office.file.workbook.sheets.find(({ name }) => name === tab);
  return sheet === undefined ? 0 : Math.max(0, sheet.cells.lastRow - 1);
};

/** What sets a table's columns and rows apart from the same in another order. */
const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Columns that each variant has for its own use, and that need not say the same. */
const OWN = ['Sync status'];

/**
 * A cell without what only our wording adds, so that it can be typed back: the address behind a name that several have, quotes around an
 * item with a separator, the names of a place's parts; and without blanks at the ends and the apostrophe of the scripts.
 */
const said = (text: string): string =>
  text
    .replace(/(?<=\S) (<[^<>]*>|#\d{4,})/g, '')
    .replace(/\b(street|city|state|country|continent)=/g, '')
    .replace(/ \| /g, ', ')
    .replace(/["']/g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ;/g, ';')
    .trim();

/** A hash of the table as a person sees it: its rows by id, its columns by header, whatever their order. */
const tableOf = (office: Office, { tab }: Variant): string => {
  const [headers = [], ...lines] = office.google.person(office.file).seesTable(tab);
  const columns = headers
    .map((header, at) => ({ header, at }))
    .filter(({ header }) => header !== '' && !OWN.includes(header))
    .sort((a, b) => byCodeUnits(a.header, b.header));
  const id = headers.indexOf('Affinity row ID');
  const rows = lines
    .filter((line) => (line[id] ?? '') !== '')
    .map((line) => JSON.stringify([line[id], ...columns.map(({ at }) => said(line[at] ?? ''))]))
    .sort(byCodeUnits);
  return createHash('sha256')
    .update(JSON.stringify(columns.map(({ header }) => header)))
    .update(rows.join('\n'))
    .digest('hex');
};

export const prepared = (one: Case, variant: Variant): Office => {
  const office = new Office({
    bundle: variant.bundle(),
    entries: one.entries,
    limits: one.limits,
    account: 'workspace',
  });
  variant.connect(office);
  if (one.does !== 'import') {
    // A table to start from, however long it took to get.
    const { outcome, said } = variant.importList(office, NO_LIMIT_MS);
    if (outcome !== 'done') throw new Error(`no table to start from: ${said}`);
    if (one.does === 'refresh') change(office, one.changes);
    if (one.does === 'push') edit(office, variant.tab);
  }
  // Yesterday's calls and quotas are none of what is measured.
  office.clock.wait(DAY_MS + 60_000);
  return office;
};

export const measure = (one: Case, name: VariantName): Figure => {
  const variant: Variant = variants[name];
  const office = prepared(one, variant);
  const { calls: callsNeeded, trips } = needs(office, one);
  let ended: Ended = { outcome: 'died', said: 'nothing was started', slices: 0 };
  const found: Measured = office.measure(() => {
    if (one.does === 'import') ended = variant.importList(office, EXECUTION_LIMIT_MS);
    if (one.does === 'refresh') ended = variant.refresh(office, EXECUTION_LIMIT_MS);
    if (one.does === 'push') ended = variant.push(office, EXECUTION_LIMIT_MS);
  });
  const rows = rowsOf(office, variant);
  const thousands = (one.does === 'push' ? EDITED_ROWS : one.entries) / 1000;
  return {
    name: one.name,
    variant: name,
    entries: one.entries,
    calls: found.calls,
    callsNeeded,
    minutes: found.minutes,
    boundMinutes: boundMinutes(callsNeeded, trips),
    sheetCalls: found.sheetCalls,
    sheetCallsPerThousandRows: found.sheetCalls / thousands,
    cpuMs: found.cpuMs,
    peakMb: found.peakMb,
    cpuMsPerThousandRows: found.cpuMs / thousands,
    ...ended,
    rows,
    table: ended.outcome === 'done' ? tableOf(office, variant) : '',
    refused: found.refused,
    limits: one.limits,
  };
};

/** The least work that a table of this size takes: its JSON parsed, and its cells written as one block. */
export interface Floor {
  readonly entries: number;
  readonly cpuMs: number;
  readonly peakMb: number;
}

const BLOCK_WRITE = `function write(rows, columns) {
  const sheet = SpreadsheetApp.getActive().getSheets()[0];
  if (sheet.getMaxRows() < rows) sheet.insertRowsAfter(sheet.getMaxRows(), rows - sheet.getMaxRows());
  const line = (row) => Array.from({ length: columns }, (_cell, at) => 'cell ' + row + '/' + at);
  sheet.getRange(1, 1, rows, columns).setValues(Array.from({ length: rows }, (_line, row) => line(row)));
}`;
const COLUMNS = 24;

export const floorOf = (entries: number): Floor => {
  const office = new Office({ bundle: variants.pages.bundle(), entries, limits: false });
  const google = createGoogle({ bundle: { code: BLOCK_WRITE, files: {}, manifest: {} } });
  const spreadsheet = google.createSpreadsheet();
  const before = process.memoryUsage.rss();
  let parseMs = 0;
  for (const { entity_id } of office.affinity.world.entriesOf(LIST_IDS.pipeline)) {
    if (office.affinity.counter.read().total % 800 === 799) office.clock.wait(61_000);
    const text = JSON.stringify(office.api('GET', `/field-values?opportunity_id=${entity_id}`));
    const start = process.cpuUsage();
    JSON.parse(text);
    parseMs += cpuMs(start);
  }
  const cpu = process.cpuUsage();
  google.run('write', [entries, COLUMNS], { spreadsheet });
  const writeMs = cpuMs(cpu);
  const peakMb = (process.memoryUsage.rss() - before) / 2 ** 20;
  return { entries, cpuMs: parseMs + writeMs, peakMb: Math.max(0, peakMb) };
};
