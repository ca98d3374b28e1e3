import { CALLS_PER_MINUTE, MINUTE_MS } from '../../src/api/limits';
import { createQuota } from '../../src/api/quota';
import { fakeClock } from './fakes';

const start = () => {
  const clock = fakeClock(0);
  return { clock, quota: createQuota(clock) };
};

const minute = (remaining: number, reset: number, limit = 900) => ({
  'x-ratelimit-limit-user': String(limit),
  'x-ratelimit-limit-user-remaining': String(remaining),
  'x-ratelimit-limit-user-reset': String(reset),
});

test('an idle minute allows what is wanted, up to the limit', () => {
  const { quota } = start();
  expect(quota.allow(100)).toBe(100);
  expect(quota.allow(5000)).toBe(CALLS_PER_MINUTE);
});

test('calls sent count for one minute', () => {
  const { clock, quota } = start();
  quota.sent(900);
  expect(quota.allow(1)).toBe(0);
  clock.advance(MINUTE_MS - 1);
  expect(quota.allow(1)).toBe(0);
  clock.advance(1);
  expect(quota.allow(1)).toBe(1);
});

test('a used up minute names the moment at which calls come free', () => {
  const { clock, quota } = start();
  quota.sent(800);
  clock.advance(10_000);
  quota.sent(100);
  expect(quota.nextAt()).toBe(MINUTE_MS + 1);
  clock.advance(quota.nextAt() - clock.now());
  expect(quota.allow(900)).toBe(800);
});

test('the server’s count is believed where it is lower than ours', () => {
  const { quota } = start();
  quota.observe(minute(5, 30));
  expect(quota.allow(100)).toBe(5);
});

test('the server’s count is not believed where it is higher than ours', () => {
  const { quota } = start();
  quota.sent(899);
  quota.observe(minute(900, 30));
  expect(quota.allow(100)).toBe(1);
});

test('a server count of zero waits for its reset', () => {
  const { clock, quota } = start();
  quota.observe(minute(0, 30));
  expect(quota.allow(1)).toBe(0);
  expect(quota.nextAt()).toBe(30_000);
  clock.advance(30_000);
  expect(quota.allow(1)).toBe(1);
});

test('answers of one batch in any order leave the lowest count', () => {
  const { quota } = start();
  for (const remaining of [700, 650, 690]) quota.observe(minute(remaining, 30));
  expect(quota.state().minuteRemaining).toBe(650);
});

test('calls sent lower the server’s count until the next answer', () => {
  const { quota } = start();
  quota.observe(minute(50, 30));
  quota.sent(40);
  expect(quota.allow(100)).toBe(10);
});

test('a lowered limit is obeyed', () => {
  const { quota } = start();
  quota.observe({ 'x-ratelimit-limit-user': '300' });
  expect(quota.allow(900)).toBe(300);
});

test('a raised limit is not', () => {
  const { quota } = start();
  quota.observe({ 'x-ratelimit-limit-user': '5000' });
  expect(quota.allow(5000)).toBe(CALLS_PER_MINUTE);
});

test('headers that are no numbers say nothing', () => {
  const { quota } = start();
  quota.observe({
    ...minute(1, 1),
    'x-ratelimit-limit-user-remaining': 'unlimited',
    'x-ratelimit-limit-org': 'unlimited',
  });
  expect(quota.allow(900)).toBe(900);
  expect(quota.state()).toEqual({ minuteRemaining: null, monthRemaining: null, monthLimit: null });
});

test('the month is remembered from the last answer that told it', () => {
  const { quota } = start();
  quota.observe({ 'x-ratelimit-limit-org': '100000', 'x-ratelimit-limit-org-remaining': '40' });
  quota.observe({});
  expect(quota.state()).toMatchObject({ monthLimit: 100_000, monthRemaining: 40 });
});

test('ten minutes at full speed: no sliding minute holds more than the limit, and none is wasted', () => {
  const { clock, quota } = start();
  const sent: { at: number; calls: number }[] = [];
  while (clock.now() < 10 * MINUTE_MS) {
    const calls = quota.allow(100);
    if (calls === 0) clock.sleep(Math.max(1, quota.nextAt() - clock.now()));
    else {
      quota.sent(calls);
      sent.push({ at: clock.now(), calls });
      clock.advance(1500);
    }
  }
  const within = (from: number) =>
    sent.filter(({ at }) => at >= from && at < from + MINUTE_MS).reduce((sum, { calls }) => sum + calls, 0);
  expect(Math.max(...sent.map(({ at }) => within(at)))).toBeLessThanOrEqual(CALLS_PER_MINUTE);
  expect(sent.reduce((sum, { calls }) => sum + calls, 0)).toBeGreaterThan(9.8 * CALLS_PER_MINUTE);
});
