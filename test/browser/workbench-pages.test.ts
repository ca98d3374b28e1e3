/** The add-on's pages in the workbench: where they stand, how they are shut in, and what `google.script` is to them. */
import type { Frame } from 'playwright-core';
import { axeOver, frameOf } from './axe';
import { Stage } from './stage';

let stage: Stage;
let frame: Frame;
beforeAll(async () => {
  stage = await Stage.open({ entries: 5 });
  await stage.connect();
  await stage.chooseMenu('Open sidebar');
  const element = await stage.page.locator('#sidebar-frame').elementHandle();
  const found = await element?.contentFrame();
  if (!found) throw new Error('no sidebar frame');
  frame = found;
  await frame.waitForLoadState();
  await stage.idle();
});
afterAll(async () => {
  await stage?.close();
});

/** What a page sees of a runner. */
interface Runner {
  withSuccessHandler(handler: (value: unknown, user: unknown) => void): Runner;
  withFailureHandler(handler: ((fault: Error, user: unknown) => void) | null): Runner;
  withUserObject(user: unknown): Runner;
  rpc(text: unknown, more?: unknown): unknown;
}
interface Page {
  readonly google: { readonly script: { readonly run: Runner; readonly host: Record<string, unknown> } };
}

test('the sidebar is a frame of exactly 300 pixels, of another origin, in the sandbox of the platform', async () => {
  const box = await stage.page.locator('#sidebar-frame').boundingBox();
  expect(box?.width).toBe(300);
  expect(new URL(frame.url()).origin).toBe(stage.workbench.frameUrl);
  expect(stage.workbench.frameUrl).not.toBe(stage.workbench.url);
  const sandbox = await stage.page.locator('#sidebar-frame').getAttribute('sandbox');
  expect(sandbox?.split(' ').sort()).toEqual(
    'allow-downloads allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox allow-same-origin allow-scripts'.split(
      ' ',
    ),
  );
  const reach = await frame.evaluate(() => {
    try {
      return String(window.parent.document.title);
    } catch (fault) {
      return (fault as Error).name; // a security error of the browser's
    }
  });
  expect(reach).toBe('SecurityError');
});

test('names are own and enumerable, those ending in an underscore are absent', async () => {
  const names = await frame.evaluate(() => Object.keys((window as unknown as Page).google.script.run));
  expect(names).toEqual(expect.arrayContaining(['rpc', 'openSidebar', 'withSuccessHandler']));
  expect(names.filter((name) => name.endsWith('_'))).toEqual([]);
});

test('a runner never changes: each with… gives a new one, and a call gives nothing back', async () => {
  const seen = await frame.evaluate(
    () =>
      new Promise((done) => {
        const { run } = (window as unknown as Page).google.script;
        const first = run.withSuccessHandler((value, user) => done([typeof value, user, first === run, returned]));
        const second = first.withUserObject('mine').withSuccessHandler((value, user) => {
          done([typeof value, user, first === second, returned === undefined]);
        });
        const returned = second.rpc('{"name":"state","args":[]}');
      }),
  );
  expect(seen).toEqual(['string', 'mine', false, true]);
});

test('values that are not like JSON are refused at once, with the sentence of the platform', async () => {
  const sentences = await frame.evaluate(() => {
    const { run } = (window as unknown as Page).google.script;
    const circle: Record<string, unknown> = {};
    circle.me = circle;
    return [new Date(), { when: new Date() }, () => 1, document.body, circle].map((value) => {
      try {
        run.rpc(value);
        return 'accepted';
      } catch (fault) {
        return String(fault);
      }
    });
  });
  expect(sentences).toEqual([
    'TypeError: Failed due to illegal value in property: 0',
    'TypeError: Failed due to illegal value in property: when',
    'TypeError: Failed due to illegal value in property: 0',
    'TypeError: Failed due to illegal value in property: 0',
    'TypeError: Failed due to circular reference.',
  ]);
});

test('an error of the script comes to the failure handler with the user object', async () => {
  const fault = await frame.evaluate(
    () =>
      new Promise((done) => {
        const { run } = (window as unknown as Page).google.script;
        // An object where the script expects a text: whatever it makes of it, a handler hears of it.
        run
          .withUserObject({ from: 'test' })
          .withFailureHandler((error, user) => done(['failure', error instanceof Error, user]))
          .withSuccessHandler((value, user) => done(['success', typeof value, user]))
          .rpc('this is not JSON');
      }),
  );
  expect((fault as unknown[])[2]).toEqual({ from: 'test' });
});

test('when the connection is gone, the failure handler hears of a network error', async () => {
  await frame.page().route('**/run', (route) => route.abort());
  const name = await frame.evaluate(
    () =>
      new Promise((done) => {
        const { run } = (window as unknown as Page).google.script;
        run.withFailureHandler((error) => done(error.message)).rpc('{}');
      }),
  );
  await frame.page().unroute('**/run');
  stage.takeFaults();
  expect(name).toBe('NetworkError: Connection failure due to HTTP 0');
});

test('twelve calls at once all come back, ten of them at a time', async () => {
  let most = 0;
  let going = 0;
  const isRun = (url: string): boolean => url.endsWith('/run');
  const start = (request: { url(): string }): void => {
    if (isRun(request.url())) most = Math.max(most, ++going);
  };
  const end = (request: { url(): string }): void => {
    if (isRun(request.url())) going--;
  };
  stage.page.on('request', start);
  stage.page.on('requestfinished', end);
  const count = await frame.evaluate(
    () =>
      new Promise<number>((done) => {
        let answers = 0;
        const { run } = (window as unknown as Page).google.script;
        for (let i = 0; i < 12; i++) {
          run
            .withSuccessHandler(() => {
              answers += 1;
              if (answers === 12) done(answers);
            })
            .rpc('{"name":"state","args":[]}');
        }
      }),
  );
  stage.page.off('request', start);
  stage.page.off('requestfinished', end);
  expect(count).toBe(12);
  expect(most).toBeLessThanOrEqual(10);
});

test('axe finds nothing in the page, with a menu, a dialog and the views of the drawer', async () => {
  const check = (where: string): Promise<string[]> => axeOver(where, stage.page, ['#sidebar-frame', '.pane']);
  const found = await check('page');
  await stage.page.getByRole('menuitem', { name: 'Data', exact: true }).click();
  found.push(...(await check('menu')));
  await stage.page.keyboard.press('Escape');
  for (const view of ['Requests', 'Troubles']) {
    await stage.page.getByRole('tab', { name: new RegExp(`^${view}`) }).click();
    found.push(...(await check(view)));
  }
  await stage.chooseMenu('Import a list');
  await stage.dialogText();
  found.push(...(await check('dialog')));
  await stage.answer('Cancel');
  await stage.idle();
  expect(found).toEqual([]);
});

test('what is wrong in a frame or in the page, axe would find', async () => {
  const frame = await frameOf(stage.page, '#sidebar-frame');
  for (const [where, document] of [
    ['frame', frame],
    ['page', stage.page],
  ] as const) {
    await document.evaluate(() => {
      const picture = window.document.createElement('img');
      picture.id = 'without-words';
      window.document.body.append(picture);
    });
    expect(await axeOver(where, document, where === 'page' ? ['#sidebar-frame', '.pane'] : [])).toContain(
      `${where}: image-alt at #without-words`,
    );
    await document.evaluate(() => window.document.querySelector('#without-words')?.remove());
  }
});

test('closing the sidebar from within takes it away', async () => {
  await frame.evaluate(() => ((window as unknown as Page).google.script.host.close as () => void)());
  await stage.page.locator('.sidebar').waitFor({ state: 'detached' });
});
