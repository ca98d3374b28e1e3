/**
 * The built bundle on local Google, with the emulator's core behind its HTTP, both on one simulated clock: what an analyst has in
 * front of them. Menu commands are clicked, dialogs answered, cells typed.
 */
import path from 'node:path';
import { Affinity, type AffinityOptions, createControl, type Exchange, LIST_IDS, SEED_NOW } from '../../local/affinity';
import {
  createGoogle,
  type Google,
  type GoogleOptions,
  type HostFunction,
  NetworkError,
  type NewSpreadsheet,
  pushedFolder,
  SimulatedClock,
  type SpreadsheetHandle,
} from '../../local/google';
import type { WireRequest } from '../../src/api/ports';

export const ADMIN_KEY = 'northlight-admin-key';
export const COLLEAGUE_KEY = 'northlight-colleague-key';
export { LIST_IDS };

/** What `npm run build` made. */
export const builtBundle = (manifest: object = {}, code?: string) => {
  const pushed = pushedFolder(path.join(process.cwd(), 'dist'));
  return { ...pushed, ...(code === undefined ? {} : { code }), manifest: { ...pushed.manifest, ...manifest } };
};

export interface DesktopOptions {
  readonly affinity?: Omit<AffinityOptions, 'clock'>;
  readonly google?: Omit<GoogleOptions, 'bundle' | 'hosts' | 'clock'>;
  readonly spreadsheet?: NewSpreadsheet;
  /** The script's zone, as in the manifest. */
  readonly scriptTimeZone?: string;
  /** The script, where it is not the built one. */
  readonly code?: string;
}

/** A call that changed something in Affinity, with its instant. */
interface Written {
  readonly at: number;
  readonly request: WireRequest;
}

export class Desktop {
  readonly clock = new SimulatedClock(new Date(SEED_NOW).toISOString());
  readonly affinity: Affinity;
  readonly google: Google;
  readonly file: SpreadsheetHandle;
  readonly control: ReturnType<typeof createControl>;
  /** Whether a request of the add-on gets through; where not, nothing happens in Affinity. */
  getsThrough: () => boolean = () => true;
  readonly #options: DesktopOptions;
  readonly #written: Written[] = [];

  constructor(options: DesktopOptions = {}, from: Desktop | null = null) {
    const { clock } = this;
    this.#options = options;
    this.affinity = new Affinity({
      ...options.affinity,
      clock: {
        now: () => clock.now(),
        advance: (ms: number) => clock.wait(ms),
        sleep: (ms: number) => clock.wait(ms),
      },
    });
    this.control = createControl(this.affinity);
    const host: HostFunction = ({ method, url, headers, body }) => {
      if (!this.getsThrough()) return { status: 503, headers: {}, body: '' };
      const { answer, latencyMs } = this.#exchange({
        method: method.toUpperCase() as 'GET', // the platform sends the API's four methods only
        url,
        headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
        body: body === null ? null : typeof body === 'string' ? body : Buffer.from(body).toString('utf8'),
      });
      if (latencyMs > 0) clock.wait(latencyMs);
      if ('noAnswer' in answer) throw new NetworkError('address');
      // A file comes as base64, and goes over the wire as its bytes.
      return answer.encoding === 'base64' ? { ...answer, body: Buffer.from(answer.body, 'base64') } : answer;
    };
    const hosts = { 'https://api.affinity.co': host, 'https://userfiles.affinity.co': host };
    if (from !== null) {
      // What was written to Affinity is written again, each at its instant: ids and times come out the same.
      for (const { at, request } of from.#written) {
        clock.advance(at - clock.now());
        this.#exchange(request);
      }
      clock.advance(from.clock.now() - clock.now());
      this.affinity.world.pagingEnds = from.affinity.world.pagingEnds;
      this.google = from.google.copy({ hosts, clock });
      this.file = this.google.spreadsheet(from.file.id);
      return;
    }
    this.google = createGoogle({
      bundle: builtBundle(
        options.scriptTimeZone === undefined ? {} : { timeZone: options.scriptTimeZone },
        options.code,
      ),
      hosts,
      clock,
      ...options.google,
    });
    this.file = this.google.createSpreadsheet({ name: 'Deals', ...options.spreadsheet });
    this.google.openDocument({ spreadsheet: this.file });
  }

  /** The same world once more, with a clock of its own. Armed faults and the meters of quotas stay behind. */
  copy(): Desktop {
    return new Desktop(this.#options, this);
  }

  #exchange(request: WireRequest): Exchange {
    if (request.method !== 'GET') this.#written.push({ at: this.clock.now(), request });
    return this.affinity.exchange(request);
  }

  /** Clicks a menu item, with answers for its dialogs; gives the text of the last dialog. */
  click(caption: string, ...answers: Parameters<Google['ui']['answer']>): string {
    this.google.ui.answer(...answers);
    this.google.clickMenu(caption, { spreadsheet: this.file });
    if (this.google.ui.unusedAnswers > 0)
      throw new Error(
        `${caption}: not every prepared dialog appeared, the last one: ${this.google.ui.dialogs.at(-1)?.text}`,
      );
    return this.google.ui.dialogs.at(-1)?.text ?? '';
  }

  connect(key = ADMIN_KEY): string {
    return this.click('Connect to Affinity', { button: 'OK', text: key }, 'OK');
  }

  importList(name = 'Deal Pipeline'): string {
    // A long list asks first; the last dialog says how it went.
    const agree = () => 'OK' as const;
    this.google.ui.answer({ button: 'OK', text: name }, agree, agree);
    this.google.clickMenu('Import a list', { spreadsheet: this.file });
    const said = this.google.ui.dialogs.at(-1)?.text ?? '';
    const shown = [...this.google.ui.dialogs];
    this.google.ui.clear();
    this.google.ui.dialogs.push(...shown);
    return said;
  }

  refresh(): string {
    return this.click('Refresh from Affinity', 'OK');
  }

  person(user?: string) {
    return this.google.person(this.file, user);
  }

  /** What stands on a tab, as shown. */
  table(tab = 'Deal Pipeline'): string[][] {
    return this.person().seesTable(tab);
  }

  /** The hidden sheet with the journal of the only import that has one, headers first. */
  journal(): string[][] {
    const [sheet] = this.google.snapshot(this.file).sheets.filter(({ name }) => name.startsWith('_list-sync-journal'));
    return sheet === undefined ? [] : this.person().seesTable(sheet.name).slice(1);
  }

  /** A1 name of the cell in this column (by header) and row (by id). */
  at(id: string, header: string, tab = 'Deal Pipeline'): string {
    const [headers = [], ...rows] = this.table(tab);
    const column = headers.indexOf(header);
    const idColumn = headers.indexOf('Affinity row ID');
    const row = rows.findIndex((cells) => cells[idColumn] === id);
    if (column < 0 || row < 0) throw new Error(`no cell ${id}/${header}`);
    return `${letters(column)}${row + 2}`;
  }

  /** What Affinity has in a single cell, by the header of its field, or undefined. */
  valueOf(id: string, field: string): unknown {
    const { entries } = this.control.dump({ list_id: LIST_IDS.pipeline, limit: 1_000_000 });
    const fields = this.api<{ id: number; name: string }[]>('GET', '/fields?list_id=4974');
    const fieldId = fields.find(({ name }) => name === field)?.id;
    const found = entries.find(({ entry }) => String((entry as { id: number }).id) === id);
    const values = (found?.values ?? []) as readonly { field_id: number; value: unknown }[];
    return values.find(({ field_id }) => field_id === fieldId)?.value;
  }

  /** One call to Affinity beside the add-on, as somebody else's program would make it. */
  api<T>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', pathAndQuery: string, body?: unknown, key = COLLEAGUE_KEY): T {
    const { answer } = this.#exchange({
      method,
      url: `https://api.affinity.co${pathAndQuery}`,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    if ('noAnswer' in answer || answer.status > 299) throw new Error(JSON.stringify(answer));
    return JSON.parse(answer.body) as T; // the test says what it asked for
  }

  /** A colleague changes a single cell that has a value. */
  colleagueSets(id: string, field: string, value: unknown): void {
    const fields = this.api<{ id: number; name: string }[]>('GET', '/fields?list_id=4974');
    const fieldId = fields.find(({ name }) => name === field)?.id;
    const values = this.api<{ id: number; field_id: number }[]>('GET', `/field-values?list_entry_id=${id}`);
    const stored = values.find(({ field_id }) => field_id === fieldId);
    if (stored === undefined) throw new Error(`${id} has no ${field}`);
    this.api('PUT', `/field-values/${stored.id}`, { value });
  }

  /** Number of imports that the sidebar shows. */
  imports(): number {
    const reply = this.google.scriptRun('rpc', [JSON.stringify({ name: 'state', args: [] })], {
      spreadsheet: this.file,
    });
    return JSON.parse(String(reply)).value.imports.length;
  }

  ids(tab = 'Deal Pipeline'): string[] {
    const [headers = [], ...rows] = this.table(tab);
    const idColumn = headers.indexOf('Affinity row ID');
    return rows.map((cells) => cells[idColumn] ?? '').filter((id) => id !== '');
  }
}

/** Name of a column, counted from 0. */
export const letters = (index: number): string =>
  index < 26 ? String.fromCharCode(65 + index) : letters(Math.floor(index / 26) - 1) + letters(index % 26);
