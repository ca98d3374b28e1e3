/** The folder of the pictures. A picture that looks like the one that is there is not written: what differs by a clock's minutes is none. */
import fs from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { SEED_NOW } from '../../local/affinity';
import { Stage } from '../../test/browser/stage';
import { tidy } from './deals';

export const SIZE = { width: 1100, height: 700 };
/** White space below what a clipped picture is about. */
const MARGIN = 16;
/** Pixels that may differ: a few digits. */
const ALIKE_PIXELS = 300;

interface Clip {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export class Album {
  readonly changed: string[] = [];
  readonly #stage: Stage;
  readonly #folder: string;
  /** A page that compares pictures. */
  #judge: Page | null = null;

  constructor(stage: Stage, folder: string) {
    this.#stage = stage;
    this.#folder = folder;
    fs.mkdirSync(folder, { recursive: true });
  }

  async #isAlike(file: string, taken: Buffer): Promise<boolean> {
    if (!fs.existsSync(file)) return false;
    const there = fs.readFileSync(file);
    if (there.equals(taken)) return true;
    this.#judge ??= await this.#stage.page.context().newPage();
    const differing = await this.#judge.evaluate(
      async (pictures) => {
        const pixels = await Promise.all(
          pictures.map(async (base64) => {
            const image = new Image();
            image.src = `data:image/png;base64,${base64}`;
            await image.decode();
            const canvas = new OffscreenCanvas(image.width, image.height);
            const context = canvas.getContext('2d');
            context?.drawImage(image, 0, 0);
            return context?.getImageData(0, 0, image.width, image.height) ?? null;
          }),
        );
        const [before, now] = pixels;
        if (!before || !now || before.width !== now.width || before.height !== now.height)
          return Number.MAX_SAFE_INTEGER;
        let count = 0;
        for (let at = 0; at < now.data.length; at += 4) {
          if ([0, 1, 2].some((part) => Math.abs((now.data[at + part] ?? 0) - (before.data[at + part] ?? 0)) > 24))
            count += 1;
        }
        return count;
      },
      [there.toString('base64'), taken.toString('base64')],
    );
    await this.#stage.page.bringToFront();
    return differing <= ALIKE_PIXELS;
  }

  async #take(name: string, clip: Clip): Promise<void> {
    const file = path.join(this.#folder, `${name}.png`);
    const taken = await this.#stage.page.screenshot({ clip });
    if (await this.#isAlike(file, taken)) return;
    fs.writeFileSync(file, taken);
    this.changed.push(name);
  }

  /** The whole page, or its upper part. */
  page(name: string, height = SIZE.height): Promise<void> {
    return this.#take(name, { x: 0, y: 0, width: this.#stage.page.viewportSize()?.width ?? SIZE.width, height });
  }

  /** The sidebar down to the end of what it shows, or to the end of an element in it. */
  async sidebar(name: string, last?: Locator): Promise<void> {
    const box = await this.#stage.page.locator('.sidebar').boundingBox();
    const end = await (last ?? this.#stage.sidebar().locator('main > :last-child')).boundingBox();
    if (!box || !end) throw new Error(`nothing to show on ${name}`);
    await this.#take(name, { ...box, height: Math.min(box.height, end.y + end.height + MARGIN - box.y) });
  }

  async element(name: string, what: Locator): Promise<void> {
    const box = await what.boundingBox();
    if (!box) throw new Error(`nothing to show on ${name}`);
    const [x, y] = [Math.ceil(box.x), Math.ceil(box.y)];
    await this.#take(name, {
      x,
      y,
      width: Math.floor(box.x + box.width) - x,
      height: Math.floor(box.y + box.height) - y,
    });
  }
}

/** Takes pictures on a stage of their own, with the sheet alone in view; gives the names of those that look different now. */
export const fillAlbum = async (
  folder: string,
  take: (stage: Stage, album: Album) => Promise<void>,
): Promise<readonly string[]> => {
  const stage = await Stage.open({ entries: 60, viewport: SIZE, startsAt: SEED_NOW });
  try {
    const album = new Album(stage, folder);
    await tidy(stage);
    await stage.page.getByRole('button', { name: 'Close the other side' }).click();
    await take(stage, album);
    return album.changed;
  } catch (fault) {
    await stage.page.screenshot({ path: 'build/docs-failed.png' });
    throw fault;
  } finally {
    await stage.close();
  }
};
