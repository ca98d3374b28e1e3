/**
 * axe over one document, injected into it. Its own way through a page with frames opens a page of its own for every look, which takes
 * a second; here a frame is looked at by itself, as a whole document.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { ElementHandle, Frame, Page } from 'playwright-core';

/** What we read of axe's answer. */
interface Findings {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly target: readonly string[] }[];
  }[];
  readonly passes: number;
}

const source = readFileSync(
  createRequire(require.resolve('@axe-core/playwright')).resolve('axe-core/axe.min.js'),
  'utf8',
);

/** What axe finds in a document, as sentences that begin with `where`. @param without selectors of parts that are left out */
export const axeOver = async (
  where: string,
  document: Page | Frame,
  without: readonly string[] = [],
): Promise<string[]> => {
  if (!(await document.evaluate(() => 'axe' in window))) await document.evaluate(source);
  const { violations, passes } = await document.evaluate(async (exclude): Promise<Findings> => {
    // Put there just before.
    const { axe } = window as unknown as {
      axe: { run(context: object, options: object): Promise<Findings & { passes: { length: number } }> };
    };
    const context = exclude.length === 0 ? window.document : { exclude: exclude.map((selector) => [selector]) };
    const found = await axe.run(context, { iframes: false, resultTypes: ['violations'] });
    return {
      violations: found.violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ target }) => ({ target })) })),
      passes: found.passes.length,
    };
  }, without);
  // Rules that passed prove that axe saw something.
  if (passes < 5) return [`${where}: axe saw nothing`];
  return violations.map(
    ({ id, nodes }) => `${where}: ${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
};

/** The document inside a frame element. */
export const frameOf = async (page: Page, selector: string): Promise<Frame> => {
  const element = (await page.locator(selector).elementHandle()) as ElementHandle | null; // a locator's element
  const frame = await element?.contentFrame();
  if (!frame) throw new Error(`${selector} is no frame`);
  return frame;
};
