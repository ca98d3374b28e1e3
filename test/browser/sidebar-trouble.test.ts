/** What the sidebar makes of trouble: a longer import cancelled, a page reloaded, Affinity down, a key that was taken back. */
import { onStage, type SidebarHands } from './sidebar-hands';
import type { Stage } from './stage';

const ROWS = 300;
/** A call for a row's values in the middle of the list: trouble from here on leaves some rows done and some not. */
const MIDDLE = 270;

let stage: Stage;
let hands: SidebarHands;
onStage({ entries: ROWS }, async (opened) => {
  hands = opened;
  stage = hands.stage;
  await hands.control('setQuota', { perMinute: 1_000_000 });
});
afterEach(async () => {
  // Refreshes of a long list use up Affinity's minute; the next test begins with a fresh one.
  await stage.workbench.later(60_000);
});

const GO_ON = /^Go on \(\d+ rows done\)$/;
const progress = () => hands.frame.getByRole('progressbar', { name: 'Refresh of Deal Pipeline' });
const idsInSheet = async (): Promise<string[]> =>
  (await stage.rows('Deal Pipeline')).slice(1).map(([id]) => id?.text ?? '');

test('an import that is reloaded away and then stopped shows its unfinished rows in the reopened sidebar and goes on', async () => {
  await hands.open();
  await hands.connect();
  await hands.pick('Deal Pipeline');
  // Slow, so that the reload comes in the middle; and no call is left in the month from a row in the middle on.
  await hands.control('addFault', { kind: 'latency', endpoint: 'fieldValues.list', times: 'always', latencyMs: 700 });
  await hands.control('addFault', { kind: 'month-limit', endpoint: 'fieldValues.list', nth: MIDDLE, times: 'always' });
  await hands.button('Import').click();
  // The first rows come before there is a progress to show.
  await progress().waitFor({ timeout: 60_000 });
  await stage.running();
  await stage.page.reload();
  await stage.shown();
  expect(await stage.isRunning()).toBe(true);
  await stage.idle();
  await hands.open();
  const card = hands.card('Deal Pipeline');
  await card.getByRole('button', { name: GO_ON }).waitFor();
  await card.getByText(/Not complete yet/).waitFor();
  expect(await hands.axe('unfinished')).toEqual([]);
  await hands.control('clearFaults');
  await card.getByRole('button', { name: GO_ON }).click();
  await hands.ended();
  const ids = await idsInSheet();
  expect(ids).toHaveLength(ROWS);
  expect(new Set(ids).size).toBe(ROWS);
});

test('a refresh during which Affinity goes down says so, keeps the table, and goes on when it is up again', async () => {
  await hands.control('addFault', { kind: 'reset', endpoint: 'fieldValues.list', nth: MIDDLE, times: 'always' });
  await hands.card('Deal Pipeline').getByRole('button', { name: 'Refresh', exact: true }).click();
  await hands.ended();
  const said = await hands.card('Deal Pipeline').textContent();
  expect(said).toMatch(/(Paused|Stopped)/);
  expect(said).not.toMatch(/undefined|Exception|fetch|ECONN/);
  expect(said).toContain(`${ROWS} rows · you are here`);
  await hands.button(GO_ON).waitFor();
  expect(await hands.axe('Affinity down')).toEqual([]);
  expect(await idsInSheet()).toHaveLength(ROWS);
  await hands.control('clearFaults');
  await hands
    .card('Deal Pipeline')
    .getByRole('button', { name: /^(Go on|Refresh)/ })
    .click();
  await hands
    .card('Deal Pipeline')
    .getByText(/Data as of just now/)
    .waitFor();
  await hands.ended();
  expect(await idsInSheet()).toHaveLength(ROWS);
});

test('a key that was taken back is named as the reason, and a new one sets it right', async () => {
  await hands.control('addFault', { kind: 'unauthorized', times: 'always' });
  await hands.card('Deal Pipeline').getByRole('button', { name: 'Refresh', exact: true }).click();
  await hands.ended();
  const said = await hands.card('Deal Pipeline').textContent();
  expect(said).toMatch(/key/i);
  expect(await hands.axe('key taken back')).toEqual([]);
  // Nothing goes on without a valid key, so the form for it is there, and no button that needs one.
  await hands.frame.getByText(/Affinity does not accept your key any more/).waitFor();
  expect(await hands.frame.getByRole('navigation').getByRole('button').allInnerTexts()).toEqual(['Connect', 'Help']);
  expect(
    await hands
      .card('Deal Pipeline')
      .getByRole('button', { name: /Refresh|Go on/ })
      .count(),
  ).toBe(0);
  await hands.connect();
  await hands.frame.getByRole('alert').getByText(/key/).waitFor();
  await hands.control('clearFaults');
  await hands.connect();
  await hands.frame.getByText(/^✓?Connected to/).waitFor();
  await hands.section('Imports').click();
  await hands
    .card('Deal Pipeline')
    .getByRole('button', { name: /^(Go on|Refresh)/ })
    .click();
  await hands.ended();
  await hands
    .card('Deal Pipeline')
    .getByText(/Data as of just now/)
    .waitFor();
});

test('a refresh that is cancelled stops at once, keeps what it had, and goes on from there', async () => {
  // Each batch of calls takes so long, and a page of the list takes several: far less than a slice of 20 seconds is waited for.
  const BATCH_MS = 2_000;
  await hands.control('addFault', {
    kind: 'latency',
    endpoint: 'fieldValues.list',
    times: 'always',
    latencyMs: BATCH_MS,
  });
  await hands.card('Deal Pipeline').getByRole('button', { name: 'Refresh', exact: true }).click();
  await progress().waitFor();
  await stage.running();
  // The first slice is still going: what it does is seen all the same.
  await hands.frame.getByText(/^\d+ calls so far, [\d,]+ left this month\./).waitFor();
  expect(await stage.isRunning()).toBe(true);
  await hands.button('Cancel').click();
  const cancelledAt = Date.now();
  await hands.frame.getByText('Stopping after the calls that are under way.').waitFor();
  expect(await hands.axe('stopping')).toEqual([]);
  await hands.ended();
  console.log(`A refresh stops ${Date.now() - cancelledAt} ms after Cancel, with batches of ${BATCH_MS} ms.`);
  expect(Date.now() - cancelledAt).toBeLessThan(3 * BATCH_MS);
  await hands.frame.getByText(/^!?Stopped at \d+ rows\./).waitFor();
  expect(await hands.axe('cancelled')).toEqual([]);
  await hands.control('clearFaults');
  await hands
    .card('Deal Pipeline')
    .getByRole('button', { name: /^(Go on \(\d+ rows done\)|Refresh)$/ })
    .click();
  await hands.ended();
  await hands.button('Refresh').waitFor();
  expect(await idsInSheet()).toHaveLength(ROWS);
});

test('a wait for Affinity’s minute is counted down, and a cancel ends it', async () => {
  await hands.control('setQuota', { perMinute: 100 });
  await hands.card('Deal Pipeline').getByRole('button', { name: 'Refresh', exact: true }).click();
  await hands.frame
    .getByText(/The calls of this minute are used up\. Goes on in \d+ seconds?\./)
    .waitFor({ timeout: 60_000 });
  expect(await hands.axe('waiting for the minute')).toEqual([]);
  await hands.button('Cancel').click();
  await hands.ended();
  await hands.control('setQuota', { perMinute: 1_000_000 });
});

test('a push stops where its person says so, and the next one sends the rest', async () => {
  const SENT = 210;
  await stage.showTab('Deal Pipeline');
  await stage.goTo(await stage.at(2, 'Next Step'));
  const texts = Array.from({ length: SENT }, (_, index) => `Step ${index}`);
  await stage.page.evaluate((text) => navigator.clipboard.writeText(text), texts.join('\n'));
  await stage.page.keyboard.press('Control+v');
  await stage.saved();
  await hands.openReview();
  const send = hands.review.getByRole('button', { name: `Send ${SENT} edits` });
  // Stopped before its first rows: it still reads the list.
  await stage.slow(1_500);
  await send.click();
  await hands.review.getByRole('button', { name: 'Stop' }).click();
  expect(await hands.axe('stopping to send', '#dialog-frame')).toEqual([]);
  await hands.review.getByText('Cancelled after 0 rows. What was sent stays. Push again to send the rest.').waitFor();
  await hands.control('clearFaults');
  await send.click();
  await hands.review.getByText('Affinity took 210 cells in 210 rows.').waitFor({ timeout: 30_000 });
  await hands.closeReview();
});
