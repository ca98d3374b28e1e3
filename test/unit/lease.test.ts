import { LEASE_MS } from '../../src/sync/limits';
import { SheetError } from '../../src/sync/ports';
import { Cancelled, heedCancel } from '../../src/sync/runs/cancel';
import { beatingClock, recentlyHeld, withLease } from '../../src/sync/runs/lease';
import { fakeClock, fakeMutex, fakeStore } from './fakes';

const KEY = 'lease.i1';

const start = (isFree = true) => {
  const heartbeat = { beat: () => {} };
  const store = fakeStore();
  const clock = fakeClock();
  const parts = { store, clock, mutex: fakeMutex(isFree) };
  return {
    ...parts,
    heartbeat,
    take: <T>(owner: string, work: () => T) => withLease(parts, 'i1', owner, heartbeat, work),
  };
};

const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'none';
  } catch (fault) {
    return fault instanceof SheetError ? fault.code : String(fault);
  }
};

test('work is done while the lease is held, and its value given back', () => {
  const { store, take } = start();
  expect(take('run-1', () => JSON.parse(store.get(KEY) ?? '{}').owner)).toBe('run-1');
});

test('the lease is given back at the end', () => {
  const { store, clock, take } = start();
  take('run-1', () => 1);
  expect(JSON.parse(store.get(KEY) ?? '{}')).toMatchObject({ owner: '', until: clock.now() });
});

test('the lease is given back when the work fails, and the fault goes on', () => {
  const { store, clock, take } = start();
  expect(() =>
    take('run-1', () => {
      throw new RangeError('defect');
    }),
  ).toThrow('defect');
  expect(JSON.parse(store.get(KEY) ?? '{}')).toMatchObject({ owner: '', until: clock.now() });
});

test('a second run is told that the import is busy, and does nothing', () => {
  const { take } = start();
  const work = jest.fn();
  take('run-1', () => expect(codeOf(() => take('run-2', work))).toBe('sheet/busy'));
  expect(work).not.toHaveBeenCalled();
});

test('the file tells which imports are worked on, and which were until a moment ago', () => {
  const { store, clock, take } = start();
  const held = () => recentlyHeld(Object.fromEntries(store.texts), clock.now());
  expect(held()).toEqual([]);
  take('run-1', () => expect(held()).toEqual([{ importId: 'i1', isLive: true }]));
  expect(held()).toEqual([{ importId: 'i1', isLive: false }]);
  clock.advance(59_999);
  expect(held()).toEqual([{ importId: 'i1', isLive: false }]);
  clock.advance(1);
  expect(held()).toEqual([]);
});

test('another import is free', () => {
  const { store, clock, mutex, heartbeat, take } = start();
  expect(take('run-1', () => withLease({ store, clock, mutex }, 'i2', 'run-2', heartbeat, () => 'done'))).toBe('done');
});

test('a run that died holds the import until its lease expires', () => {
  const { store, clock, take } = start();
  store.set(KEY, JSON.stringify({ owner: 'run-1', until: clock.now() + LEASE_MS }));
  clock.advance(LEASE_MS - 1);
  expect(codeOf(() => take('run-2', () => 1))).toBe('sheet/busy');
  clock.advance(1);
  expect(take('run-2', () => 'done')).toBe('done');
});

test('a lease outlives the longest silence of a living run: a wait for Affinity’s minute and a batch of calls', () => {
  expect(LEASE_MS).toBeGreaterThan(2 * 60_000);
});

test('a heartbeat renews the lease, now and then', () => {
  const { store, clock, heartbeat, take } = start();
  const until = () => JSON.parse(store.get(KEY) ?? '{}').until;
  take('run-1', () => {
    const first = until();
    heartbeat.beat();
    expect(until()).toBe(first);
    clock.advance(LEASE_MS - 1);
    heartbeat.beat();
    expect(until()).toBe(clock.now() + LEASE_MS);
  });
  expect(JSON.parse(store.get(KEY) ?? '{}')).toMatchObject({ owner: '', until: clock.now() });
});

test('a run that was taken for dead stops at its next heartbeat', () => {
  const { store, clock, heartbeat, take } = start();
  expect(
    codeOf(() =>
      take('run-1', () => {
        clock.advance(LEASE_MS + 1);
        store.set(KEY, JSON.stringify({ owner: 'run-2', until: clock.now() + LEASE_MS }));
        heartbeat.beat();
      }),
    ),
  ).toBe('sheet/busy');
  expect(JSON.parse(store.get(KEY) ?? '{}').owner).toBe('run-2');
});

test('a run that outlived its lease does not take away the next one’s', () => {
  const { store, clock, take } = start();
  take('run-1', () => {
    clock.advance(LEASE_MS + 1);
    store.set(KEY, JSON.stringify({ owner: 'run-2', until: clock.now() + LEASE_MS }));
  });
  expect(JSON.parse(store.get(KEY) ?? '{}').owner).toBe('run-2');
});

test.each(['', 'no JSON', '{}', '{"owner": 5, "until": 1}'])('a damaged lease (%j) holds nobody back', (text) => {
  const { store, take } = start();
  store.set(KEY, text);
  expect(take('run-1', () => 'done')).toBe('done');
});

test('without the lock there is no lease', () => {
  const { store, take } = start(false);
  expect(codeOf(() => take('run-1', () => 1))).toBe('sheet/busy');
  expect(store.texts.size).toBe(0);
});

test('a long sleep beats every two seconds, so that a lease is renewed and a cancel is heard in it', () => {
  const clock = fakeClock();
  const heartbeat = { beat: () => {} };
  const began = clock.now();
  let askedAt = Number.POSITIVE_INFINITY;
  heedCancel(heartbeat, () => clock.now() >= askedAt);
  beatingClock(clock, heartbeat).sleep(9_500);
  expect(clock.now() - began).toBe(9_500);
  askedAt = clock.now() + 30_000;
  expect(() => beatingClock(clock, heartbeat).sleep(60_000)).toThrow(Cancelled);
  expect(clock.now() - askedAt).toBeLessThanOrEqual(2_000);
});

test('a cancel is asked for no more once it was heard, and stays', () => {
  const heartbeat = { beat: () => {} };
  let asked = 0;
  heedCancel(heartbeat, () => {
    asked += 1;
    return asked === 2;
  });
  expect(() => heartbeat.beat()).not.toThrow();
  expect(() => heartbeat.beat()).toThrow(Cancelled);
  expect(() => heartbeat.beat()).toThrow(Cancelled);
  expect(asked).toBe(2);
});
