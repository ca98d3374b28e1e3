/** The drawer: a colleague's edits, the request log, troubles; and the command line. */
import { spawnSync } from 'node:child_process';
import { readFlags } from '../../local/workbench/flags';
import { LIVE_KEY, startRoad } from '../../local/workbench/road';
import { Stage } from './stage';

describe('in the drawer', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open({ entries: 12 });
    await stage.connect();
    await stage.importList();
  });
  afterAll(async () => {
    await stage?.close();
  });

  test("a colleague's edit goes over the API with the colleague's key, and a refresh brings it into the file", async () => {
    const { page } = stage;
    const cell = await stage.at(2, 'Amount');
    const before = (await stage.cell(cell)).text;
    await page
      .getByRole('button', { name: `Amount: ${before}. Edit` })
      .first()
      .click();
    await page.getByRole('textbox', { name: 'Amount' }).fill('31337');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Amount: 31337. Edit' }).waitFor();
    const calls = await stage.workbench.affinity?.control('calls');
    expect(calls?.byUser.colleague).toBeGreaterThan(0);
    await stage.chooseMenu('Refresh from Affinity');
    await stage.answer('OK');
    await stage.idle();
    expect((await stage.cell(cell)).text).toBe('31337');
  });

  test('a dropdown value is chosen from what the list offers', async () => {
    const { page } = stage;
    await page
      .getByRole('button', { name: /^Priority: .*Edit$/ })
      .first()
      .click();
    await page.getByRole('combobox', { name: 'Priority' }).selectOption('Urgent');
    await page.getByRole('button', { name: 'Priority: Urgent. Edit' }).first().waitFor();
  });

  test('each request is in the log, with its status', async () => {
    const { page } = stage;
    await page.getByRole('tab', { name: /^Requests/ }).click();
    await page.locator('.facts td.path', { hasText: '/auth/whoami' }).first().waitFor();
    expect(await page.locator('.facts .status.is-good').count()).toBeGreaterThan(3);
  });

  test('troubles are made by a button, and another one ends them all', async () => {
    const { page } = stage;
    await page.getByRole('tab', { name: 'Troubles' }).click();
    await page.getByRole('button', { name: /^Down/ }).click();
    await page.getByText('1 trouble waiting').waitFor();
    expect(await stage.workbench.affinity?.control('faults')).toMatchObject([{ kind: 'error-503', times: 'always' }]);
    // The add-on tries again for a while when Affinity is down; a refused key is an answer at once.
    await stage.workbench.affinity?.control('clearFaults');
    await stage.workbench.affinity?.control('addFault', { kind: 'unauthorized', times: 'always' });
    await stage.chooseMenu('Refresh from Affinity');
    expect(await stage.answer('OK')).toMatch(/key/i);
    await page.getByRole('button', { name: /^All well again/ }).click();
    await page.getByText('nothing is wrong now').waitFor();
    await stage.chooseMenu('Refresh from Affinity');
    expect(await stage.answer('OK')).not.toMatch(/key/i);
  });
});

describe('the command line', () => {
  test('flags are read in both forms', () => {
    expect(readFlags(['--port=0', '--entries', '7', '--locale', 'de-DE', '--time-zone=Europe/Berlin'])).toMatchObject({
      port: 0,
      entries: 7,
      locale: 'de_DE',
      timeZone: 'Europe/Berlin',
    });
    expect(readFlags(['--empty']).entries).toBe(0);
    expect(readFlags(['--live', '--allow-writes'])).toMatchObject({ isLive: true, allowsWrites: true });
  });

  test.each([
    [['--colour'], 'There is no flag "--colour".'],
    [['--port', 'x'], '--port takes a whole number from 0 to 65535.'],
    [['--entries'], '--entries needs a value.'],
    [['--time-zone', 'Mars'], '--time-zone takes a zone such as Europe/Berlin, not "Mars".'],
    [['--allow-writes'], '--allow-writes goes with --live only.'],
  ])('%j is refused with a sentence', (args, sentence) => {
    expect(() => readFlags(args)).toThrow(sentence);
  });

  test('a wrong flag ends the program with 2 and says how to use it', () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      ['scripts/start.mjs', 'local/workbench/main.ts', '--nonsense'],
      {
        encoding: 'utf8',
      },
    );
    expect(status).toBe(2);
    expect(stderr).toContain('There is no flag "--nonsense".');
    expect(stderr).toContain('Usage: npm start');
  });
});

test('the road to the real API lets nothing be written unless allowed, and puts in the key that the browser never sees', async () => {
  const { startAffinity } = await import('../../local/affinity');
  const affinity = await startAffinity({ entries: 3, adminKey: 'the-real-key' });
  const road = await startRoad({
    target: affinity.url,
    isReadOnly: true,
    liveKey: 'the-real-key',
    note: () => undefined,
  });
  const ask = (method: string, path: string, key: string, body?: string): Promise<Response> =>
    fetch(road.url + path, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(`:${key}`).toString('base64')}`,
        'content-type': 'application/json',
      },
      ...(body === undefined ? {} : { body }),
    });
  try {
    expect((await ask('GET', '/auth/whoami', LIVE_KEY)).status).toBe(200);
    expect((await ask('GET', '/auth/whoami', 'another-key')).status).toBe(401);
    const refused = await ask('POST', '/field-values', LIVE_KEY, '{}');
    expect(refused.status).toBe(403);
    expect(await refused.text()).toContain('--allow-writes');
    expect(affinity.control.calls().writes).toBe(0);
  } finally {
    await road.close();
    await affinity.close();
  }
});
