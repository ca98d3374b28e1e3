/** Checkpoints of older versions are read, and what can't be read is no checkpoint. */
import { CHECKPOINT_VERSION, readCheckpoint, writeCheckpoint } from '../../src/sync/state/checkpoint';
import { fakeStore } from './fakes';

const lasting = { token: 'abc', rowsDone: 200, cellsChanged: 3, rowsAdded: 7, startedAt: '2026-07-01T16:00:00.000Z' };

const unheld = { held: 0, agreed: false };

test('version 1 knew whole pages only: its page is read from the start', () => {
  const store = fakeStore();
  store.set('checkpoint.i1', JSON.stringify({ version: 1, ...lasting }));
  expect(readCheckpoint(store, 'i1')).toEqual({ version: CHECKPOINT_VERSION, ...lasting, ...unheld, after: null });
});

test('version 2 held nothing back', () => {
  const store = fakeStore();
  store.set('checkpoint.i1', JSON.stringify({ version: 2, ...lasting, after: '31' }));
  expect(readCheckpoint(store, 'i1')).toEqual({ version: CHECKPOINT_VERSION, ...lasting, ...unheld, after: '31' });
});

test('a checkpoint is read as it was written', () => {
  const store = fakeStore();
  const checkpoint = { version: CHECKPOINT_VERSION, ...lasting, after: '31', held: 4, agreed: true };
  writeCheckpoint(store, 'i1', checkpoint);
  expect(readCheckpoint(store, 'i1')).toEqual(checkpoint);
});

test.each(['', '{', '{}', '{"version":99}', '{"version":2}', '{"version":1,"token":5}'])(
  '%p is no checkpoint',
  (text) => {
    const store = fakeStore();
    store.set('checkpoint.i1', text);
    expect(readCheckpoint(store, 'i1')).toBeNull();
  },
);
