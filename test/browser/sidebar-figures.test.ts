/** Sizes and speed of what an analyst's browser is given. */
import { readdirSync, readFileSync } from 'node:fs';
import { SidebarHands } from './sidebar-hands';
import { Stage } from './stage';

/** Decision: docs/decisions/0019-weight-of-the-script.md. */
const CODE_BYTES = 320 * 1024;
const PAGE_BYTES = 60_000;
const OPENS = 5;

test('the bundle and its pages stay small', () => {
  const code = readFileSync('dist/Code.js').length;
  const pages = readdirSync('dist')
    .filter((name) => name.endsWith('.html'))
    .map((name) => ({ name, bytes: readFileSync(`dist/${name}`).length }));
  const sizes = pages.map(({ name, bytes }) => `dist/${name}: ${bytes} bytes`);
  console.log(`dist/Code.js: ${code} bytes, ${sizes.join(', ')}`);
  expect(code).toBeLessThan(CODE_BYTES);
  expect(pages.length).toBeGreaterThan(1);
  expect(pages.filter(({ bytes }) => bytes >= PAGE_BYTES)).toEqual([]);
});

test('the sidebar shows something useful within 300 milliseconds of its page', async () => {
  const stage = await Stage.open({ entries: 5 });
  try {
    const hands = new SidebarHands(stage);
    const paints: number[] = [];
    // Marks the first painted frame in which the sections and the form stand; the answer of the server is part of it.
    await stage.page.addInitScript(() => {
      const look = (): void => {
        if (document.querySelector('nav button') === null || document.querySelector('main h1') === null) {
          requestAnimationFrame(look);
        } else {
          requestAnimationFrame(() => performance.mark('useful'));
        }
      };
      requestAnimationFrame(look);
    });
    for (let open = 0; open < OPENS; open++) {
      await hands.open();
      paints.push(
        await hands.frame.locator('html').evaluate(async () => {
          while (performance.getEntriesByName('useful').length === 0) await new Promise((wake) => setTimeout(wake, 10));
          return performance.getEntriesByName('useful')[0]?.startTime ?? Number.NaN;
        }),
      );
      await stage.page.getByRole('button', { name: 'Close the sidebar' }).click();
      await stage.page.locator('#sidebar-frame').waitFor({ state: 'detached' });
    }
    const median = paints.toSorted((a, b) => a - b)[Math.floor(OPENS / 2)] ?? Number.NaN;
    console.log(
      `First useful paint of the sidebar: ${paints.map(Math.round).join(', ')} ms, median ${Math.round(median)}`,
    );
    expect(median).toBeGreaterThan(0);
    expect(median).toBeLessThan(300);
  } finally {
    await stage.close();
  }
});
