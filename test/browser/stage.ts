/**
 * The stage of the browser tests: the workbench in this process, a real Chromium in front of it, and hands that do what a person does.
 * A test fails on an error in the page, on an error in its console and on any request that leaves this machine.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type BrowserContext, chromium, type FrameLocator, type Page } from 'playwright-core';
import { startWorkbench, type Workbench, type WorkbenchOptions } from '../../local/workbench/start';

const BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** @throws Error that says how to get a browser. */
const browserPath = (): string => {
  const named = process.env.CHROME_PATH;
  if (named !== undefined && named !== '') {
    if (fs.existsSync(named)) return named;
    throw new Error(`CHROME_PATH is ${named}, but there is no such file.`);
  }
  const found = BROWSERS.find((file) => fs.existsSync(file));
  if (found !== undefined) return found;
  throw new Error(
    'No Chrome or Chromium was found. Install one (Debian: apt-get install chromium) or set CHROME_PATH.',
  );
};

export interface StageOptions extends WorkbenchOptions {
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** A cell as the page knows it: shown text, text to edit, note. */
export interface SeenCell {
  readonly text: string;
  readonly edit: string;
  readonly note: string;
}

/** What `local/workbench/page/main.tsx` puts on the window, as far as tests use it. */
interface PageHandle {
  readonly workbench: {
    readonly select: (row: number, column: number) => void;
    readonly store: {
      readonly sheet: { readonly id: number; readonly name: string; readonly lastRow: number } | null;
      readonly book: { readonly sheets: readonly { readonly id: number; readonly name: string }[] } | null;
      readonly running: object | null;
      readonly runs: readonly { readonly name: string; readonly ms: number | null; readonly error: string | null }[];
      readonly isSaved: boolean;
      readonly rowsOf: (
        sheet: number,
        from: number,
        count: number,
      ) => Promise<readonly (readonly ({ t: string; e?: string; n?: string } | 0)[])[]>;
    };
  };
}

const positionOf = (a1: string): { row: number; column: number } => {
  const match = /^([A-Z]+)(\d+)$/.exec(a1);
  if (!match) throw new Error(`${a1} is no cell`);
  const column = [...(match[1] ?? '')].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return { row: Number(match[2]) - 1, column };
};

const lettersOf = (column: number): string =>
  column < 26
    ? String.fromCharCode(65 + column)
    : lettersOf(Math.floor(column / 26) - 1) + String.fromCharCode(65 + (column % 26));

export class Stage {
  readonly workbench: Workbench;
  readonly page: Page;
  readonly #context: BrowserContext;
  readonly #profile: string;
  readonly #faults: string[] = [];

  private constructor(workbench: Workbench, context: BrowserContext, profile: string, page: Page) {
    this.workbench = workbench;
    this.#context = context;
    this.#profile = profile;
    this.page = page;
  }

  /** Starts the workbench and opens its page, ready for a person. */
  static async open(options: StageOptions = {}): Promise<Stage> {
    const executablePath = browserPath();
    const workbench = await startWorkbench({ port: 0, entries: 30, ...options });
    const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'workbench-'));
    const context = await chromium.launchPersistentContext(profile, {
      executablePath,
      headless: true,
      viewport: options.viewport ?? { width: 1280, height: 800 },
      permissions: ['clipboard-read', 'clipboard-write'],
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
    if (options.startsAt !== undefined) await context.clock.setFixedTime(options.startsAt);
    const page = context.pages()[0] ?? (await context.newPage());
    const stage = new Stage(workbench, context, profile, page);
    stage.#watch();
    await page.goto(workbench.url);
    await stage.ready();
    return stage;
  }

  #watch(): void {
    const ours = [this.workbench.url, this.workbench.frameUrl];
    this.page.on('pageerror', (fault) => this.#faults.push(`page error: ${fault.message}`));
    this.page.on('console', (message) => {
      if (message.type() === 'error') this.#faults.push(`console: ${message.text()}`);
    });
    this.page.on('request', (request) => {
      const url = request.url();
      if (!ours.some((origin) => url.startsWith(`${origin}/`)) && !/^(data|blob|about):/.test(url)) {
        this.#faults.push(`external request: ${url}`);
      }
    });
  }

  /** What went wrong in the page so far, which a test may expect; it is forgotten. */
  takeFaults(): string[] {
    return this.#faults.splice(0);
  }

  /** Ends it. @throws Error when something went wrong in the page meanwhile. */
  async close(): Promise<void> {
    await this.#context.close();
    await this.workbench.close();
    fs.rmSync(this.#profile, { recursive: true, force: true });
    if (this.#faults.length > 0) throw new Error(`The page was not well:\n${this.#faults.join('\n')}`);
  }

  /** Waits until the file is shown, whatever is going on behind. */
  async shown(): Promise<void> {
    await this.page.waitForFunction(() => {
      const { workbench } = window as unknown as Partial<PageHandle>; // set by the page's main.tsx
      return workbench?.store.book != null;
    });
  }
  /** Waits until the file is shown and the add-on's menu has been built. */
  async ready(): Promise<void> {
    await this.page.waitForFunction(() => {
      const { workbench } = window as unknown as Partial<PageHandle>; // set by the page's main.tsx
      return (
        workbench?.store.book != null && workbench.store.runs.some(({ name, ms }) => name === 'onOpen' && ms !== null)
      );
    });
  }

  // The add-on

  /** Chooses an item of the add-on's menu, by mouse, as a person would. */
  async chooseMenu(...captions: readonly string[]): Promise<void> {
    await this.page.getByRole('menuitem', { name: 'Extensions' }).click();
    await this.page.getByRole('menuitem', { name: 'List Sync for Affinity' }).click();
    for (const caption of captions) await this.page.getByRole('menuitem', { name: caption, exact: true }).click();
  }
  /** Captions of the add-on's menu. */
  async menuCaptions(): Promise<string[]> {
    await this.page.getByRole('menuitem', { name: 'Extensions' }).click();
    await this.page.getByRole('menuitem', { name: 'List Sync for Affinity' }).click();
    const items = this.page.getByRole('menu', { name: 'List Sync for Affinity' }).getByRole('menuitem');
    const captions = await items.allInnerTexts();
    await this.page.keyboard.press('Escape');
    await this.page.keyboard.press('Escape');
    return captions;
  }
  /** Text of the alert or prompt that is open, or opens within the time. */
  async dialogText(timeout = 60_000): Promise<string> {
    const dialog = this.page.locator('.script-dialog #dialog-text');
    await dialog.waitFor({ timeout });
    return (await dialog.textContent()) ?? '';
  }
  /** Answers the open dialog, with a text if it asks for one; gives what it said. */
  async answer(button: string, text?: string): Promise<string> {
    const said = await this.dialogText();
    const dialog = this.page.locator('.script-dialog');
    if (text !== undefined) await dialog.getByRole('textbox').fill(text);
    const handle = await dialog.elementHandle();
    await dialog.getByRole('button', { name: button, exact: true }).click();
    await this.page.waitForFunction((element) => !element?.isConnected, handle);
    return said;
  }
  /** Waits until no execution is going. */
  async idle(timeout = 60_000): Promise<void> {
    const isIdle = (): boolean => {
      const { store } = (window as unknown as PageHandle).workbench; // set by the page's main.tsx
      return store.running === null && store.isSaved;
    };
    await this.page.waitForFunction(isIdle, undefined, { timeout });
  }
  /** Waits until an execution is going. */
  async running(): Promise<void> {
    await this.page.waitForFunction(() => (window as unknown as PageHandle).workbench.store.running !== null); // as above
  }
  isRunning(): Promise<boolean> {
    return this.page.evaluate(() => (window as unknown as PageHandle).workbench.store.running !== null); // as above
  }
  async connect(key = 'northlight-admin-key'): Promise<string> {
    await this.chooseMenu('Connect to Affinity');
    await this.answer('OK', key);
    return this.answer('OK');
  }
  async importList(name = 'Deal Pipeline'): Promise<string> {
    await this.chooseMenu('Import a list');
    await this.answer('OK', name);
    return this.answer('OK');
  }
  sidebar(): FrameLocator {
    return this.page.frameLocator('#sidebar-frame');
  }
  pageDialog(): FrameLocator {
    return this.page.frameLocator('#dialog-frame');
  }

  // The grid

  /** Types into a cell of the tab in front, through the real editor, and presses Enter. */
  async type(a1: string, text: string): Promise<void> {
    await this.goTo(a1);
    await this.page.keyboard.type(text);
    await this.page.keyboard.press('Enter');
  }
  /** Selects a cell or an area by the name box. */
  async goTo(a1: string): Promise<void> {
    const box = this.page.getByRole('textbox', { name: 'Selected cells' });
    await box.fill(a1);
    await box.press('Enter');
  }
  /** Opens a tab by its name. */
  async showTab(name: string): Promise<void> {
    await this.page.getByRole('tab', { name, exact: true }).click();
  }
  /** Waits until everything that the person did has been confirmed. */
  async saved(): Promise<void> {
    await this.page.waitForFunction(() => (window as unknown as PageHandle).workbench.store.isSaved); // as above
  }
  /** Rows of the tab in front, or of a named one, as the page shows them. */
  async rows(tab?: string): Promise<SeenCell[][]> {
    const rows = await this.page.evaluate(async (name) => {
      const { store } = (window as unknown as PageHandle).workbench; // as above
      const sheets = (store.book?.sheets ?? []) as readonly { id: number; name: string; lastRow: number }[];
      const sheet = name === undefined ? store.sheet : sheets.find((one) => one.name === name);
      return sheet ? store.rowsOf(sheet.id, 0, sheet.lastRow) : [];
    }, tab);
    return rows.map((row) =>
      row.map((cell) =>
        cell === 0 ? { text: '', edit: '', note: '' } : { text: cell.t, edit: cell.e ?? cell.t, note: cell.n ?? '' },
      ),
    );
  }
  /** A cell of the tab in front as the page shows it. */
  async cell(a1: string, tab?: string): Promise<SeenCell> {
    const { row, column } = positionOf(a1);
    return (await this.rows(tab))[row]?.[column] ?? { text: '', edit: '', note: '' };
  }
  /** The id that stands in a row of the tab in front. */
  async idOfRow(row: number): Promise<string> {
    return (await this.cell(`A${row}`)).text;
  }
  /** Rows of the tab in front whose cell in this column has a value. */
  async filledRows(header: string): Promise<number[]> {
    const [headers = [], ...rows] = await this.rows();
    const column = headers.findIndex(({ text }) => text === header);
    return rows.flatMap((row, index) => ((row[column]?.text ?? '') === '' ? [] : [index + 2]));
  }
  /** Name of the cell in the column with this header and the row whose first cell is this id, or the row of this number. */
  async at(row: string | number, header: string): Promise<string> {
    const [headers = [], ...rows] = await this.rows();
    const column = headers.findIndex(({ text }) => text === header);
    const index = typeof row === 'number' ? row - 2 : rows.findIndex((cells) => cells[0]?.text === row);
    if (column < 0 || index < 0)
      throw new Error(`no cell ${row}/${header}; headers: ${headers.map(({ text }) => text).join(', ')}`);
    return `${lettersOf(column)}${index + 2}`;
  }

  // The other side

  /** Every answer of Affinity takes so long from now on. */
  async slow(latencyMs: number): Promise<void> {
    await this.workbench.affinity?.control('addFault', { kind: 'latency', latencyMs, times: 'always' });
  }
  /** Id of a list's field by its name. */
  async fieldId(name: string, list = 'Deal Pipeline'): Promise<number> {
    const lists = (await this.affinity('GET', '/lists')) as { id: number; name: string }[]; // as documented
    const id = lists.find((one) => one.name === list)?.id;
    const fields = (await this.affinity('GET', `/fields?list_id=${id}`)) as { id: number; name: string }[]; // as above
    const found = fields.find((field) => field.name === name);
    if (!found) throw new Error(`no field ${name}`);
    return found.id;
  }

  /** A call of the real API with somebody's key. */
  async affinity(method: string, where: string, body?: object, key = 'northlight-admin-key'): Promise<unknown> {
    const answer = await fetch(`${this.workbench.affinityUrl}${where}`, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(`:${key}`).toString('base64')}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok) throw new Error(`${method} ${where}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }
}
