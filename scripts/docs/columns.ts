/** Columns of the workbench's grid, as the mouse finds them. */
import type { Stage } from '../../test/browser/stage';

/** Width of the grid's row numbers. */
const HEAD = 46;
const ORDINARY = 100;

interface Handle {
  readonly workbench: {
    readonly store: { readonly sheet: { readonly widths: readonly (readonly [number, number])[] } | null };
  };
}

/** Where the right edge of a column is on the page. */
export const edgeOf = async (stage: Stage, letter: string): Promise<number> => {
  const widths = await stage.page.evaluate(
    () => (window as unknown as Handle).workbench.store.sheet?.widths ?? [], // set by the page's main.tsx
  );
  const scrolled = await stage.page.locator('.scroller').evaluate((scroller) => scroller.scrollLeft);
  const known = new Map(widths);
  const grid = await stage.page.locator('main.file').boundingBox();
  const before = Array.from({ length: letter.charCodeAt(0) - 64 }, (_, column) => known.get(column) ?? ORDINARY);
  return (grid?.x ?? 0) + HEAD + before.reduce((sum, width) => sum + width, 0) - scrolled;
};

/** Makes a column wider by dragging its header's edge. */
export const widen = async (stage: Stage, letter: string, by: number): Promise<void> => {
  await stage.goTo(`${letter}1`);
  const x = (await edgeOf(stage, letter)) - 1;
  const grid = await stage.page.locator('main.file').boundingBox();
  const y = (grid?.y ?? 0) + 12;
  await stage.page.mouse.move(x, y);
  await stage.page.mouse.down();
  await stage.page.mouse.move(x + by, y, { steps: 4 });
  await stage.page.mouse.up();
  await stage.saved();
};
