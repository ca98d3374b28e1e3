/** Hands for the add-on's sidebar and its review dialog, on the stage of the browser tests. */
import type { FrameLocator, Locator } from 'playwright-core';
import { axeOver, frameOf } from './axe';
import { Stage, type StageOptions } from './stage';

export const KEY = 'northlight-admin-key';
const COLLEAGUE_KEY = 'northlight-colleague-key';
/** Longest wait for one thing that the page is to show, in milliseconds. */
const WAIT_MS = 10_000;

type FrameId = '#sidebar-frame' | '#dialog-frame';

export class SidebarHands {
  readonly stage: Stage;

  constructor(stage: Stage) {
    this.stage = stage;
    stage.page.setDefaultTimeout(WAIT_MS);
  }

  get frame(): FrameLocator {
    return this.stage.sidebar();
  }
  get review(): FrameLocator {
    return this.stage.pageDialog();
  }

  /** Opens the sidebar and waits until it shows what the file has. */
  async open(): Promise<void> {
    await this.stage.chooseMenu('Open sidebar');
    await this.frame.getByRole('navigation', { name: 'Sections' }).waitFor();
  }
  button(name: string | RegExp): Locator {
    return this.frame.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name });
  }
  section(name: string): Locator {
    return this.frame.getByRole('navigation', { name: 'Sections' }).getByRole('button', { name, exact: true });
  }
  card(title: string): Locator {
    return this.frame.getByRole('listitem').filter({ has: this.frame.getByRole('heading', { name: title }) });
  }
  async connect(key = KEY): Promise<void> {
    await this.frame.getByLabel('Affinity API key').fill(key);
    await this.frame.locator('form').getByRole('button', { name: 'Connect' }).click();
  }
  /** Connects and imports a list as it is offered, and waits for its last row. */
  async connectAndImport(list = 'Deal Pipeline'): Promise<void> {
    await this.open();
    await this.connect();
    await this.pick(list);
    await this.button('Import').click();
    await this.ended(list);
  }
  async pick(list: string): Promise<void> {
    await this.frame.getByRole('option', { name: new RegExp(`^${list} `) }).click();
  }
  /** Waits until an import's refresh has ended, which may take the rest of Affinity's minute when its calls are used up. */
  async ended(list = 'Deal Pipeline', timeout = 100_000): Promise<void> {
    await this.button(`Hide the result of ${list}`).waitFor({ timeout });
    await this.stage.idle();
  }
  async refresh(list = 'Deal Pipeline'): Promise<void> {
    await this.card(list).getByRole('button', { name: 'Refresh', exact: true }).click();
    await this.ended(list);
  }
  async openReview(list = 'Deal Pipeline'): Promise<void> {
    await this.card(list).getByRole('button', { name: 'Review edits' }).click();
    await this.review.getByRole('button', { name: /^(Cancel|Close)$/ }).waitFor();
    await this.review.getByText('Comparing your edits').waitFor({ state: 'detached' });
  }
  async closeReview(): Promise<void> {
    await this.review.getByRole('button', { name: /^(Cancel|Close)$/ }).click();
    await this.stage.page.locator('#dialog-frame').waitFor({ state: 'detached' });
  }

  /** After a test that failed half way: the next one finds no dialog open and no trouble waiting. */
  async tidy(): Promise<void> {
    if (await this.stage.page.locator('#dialog-frame').isVisible()) {
      await this.stage.page.getByRole('button', { name: 'Close the dialog' }).click();
    }
    await this.control('clearFaults');
  }

  /** A picture of the page for whoever asks for pictures, by naming a folder. */
  async look(name: string): Promise<void> {
    const folder = process.env.LOOKS_FOLDER;
    if (folder !== undefined) await this.stage.page.screenshot({ path: `${folder}/${name}.png`, timeout: WAIT_MS });
  }

  /** What axe finds in one of the add-on's pages, as sentences. */
  async axe(where: string, frame: FrameId = '#sidebar-frame'): Promise<string[]> {
    return axeOver(where, await frameOf(this.stage.page, frame));
  }
  /** Pixels by which a page of the add-on is wider than its frame. */
  overflow(frame: FrameId = '#sidebar-frame'): Promise<number> {
    return this.stage.page
      .frameLocator(frame)
      .locator('html')
      .evaluate((html) => html.scrollWidth - html.clientWidth);
  }

  // The other side

  /** A fault of the emulator's, told over HTTP as a developer would. */
  async control(name: string, argument: unknown = null): Promise<unknown> {
    const answer = await fetch(`${this.stage.workbench.affinityUrl}/_emulator/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(argument),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${name}: ${answer.status} ${text}`);
    return JSON.parse(text).result;
  }
  /** What Affinity has in one field of one entry, read over HTTP. */
  async inAffinity(entryId: string, field: string): Promise<unknown[]> {
    return (await this.#stored(entryId, field)).map(({ value }) => value);
  }
  /** A colleague changes the cell of an entry in Affinity; the cell must have a value. */
  async colleagueSets(entryId: string, field: string, value: unknown): Promise<void> {
    const [stored] = await this.#stored(entryId, field);
    if (!stored) throw new Error(`entry ${entryId} has no ${field}`);
    await this.stage.affinity('PUT', `/field-values/${stored.id}`, { value }, COLLEAGUE_KEY);
  }
  async #stored(entryId: string, field: string): Promise<readonly { id: number; value: unknown }[]> {
    const id = await this.stage.fieldId(field);
    const values = (await this.stage.affinity('GET', `/field-values?list_entry_id=${entryId}`)) as {
      id: number;
      field_id: number;
      value: unknown;
    }[]; // as documented
    return values.filter(({ field_id }) => field_id === id);
  }
}

/** A stage for all tests of a file, which begins with `prepare`. Between tests no dialog stays open and no trouble waits. */
export const onStage = (options: StageOptions, prepare: (hands: SidebarHands) => Promise<void>): void => {
  let hands: SidebarHands | null = null;
  beforeAll(async () => {
    hands = new SidebarHands(await Stage.open(options));
    await prepare(hands);
  });
  afterAll(() => hands?.stage.close());
  afterEach(() => hands?.tidy());
};

/** Counts what a person clicks, by mouse or by a key on a button, in the page and in the add-on's sidebar, from now on. */
export const countClicks = async (hands: SidebarHands): Promise<() => Promise<number>> => {
  let clicks = 0;
  await hands.stage.page.exposeFunction('noteClick', () => {
    clicks += 1;
  });
  const listen = (element: Element): void => {
    const view = element.ownerDocument.defaultView as (Window & { noteClick(): void }) | null; // exposed above
    // A label's click comes twice, the second time on its field and not of the person's own.
    view?.addEventListener('click', (event) => event.isTrusted && view.noteClick(), true);
  };
  await hands.stage.page.locator('html').evaluate(listen);
  await hands.frame.locator('html').evaluate(listen);
  return async () => {
    await hands.stage.idle();
    return clicks;
  };
};
