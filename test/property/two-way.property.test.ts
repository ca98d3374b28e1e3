/**
 * Random histories against a model: people edit, clear, sort, copy, rename and delete in the sheet, colleagues edit, clear, add and
 * remove in Affinity, refreshes, pushes and undos come in any order. At each step no unsent edit is lost, nothing is written over and
 * nothing else is touched; at the end both sides agree and a plan after its own apply is empty. Source: design, promises P1, P2, P6.
 */
import { runHistories } from './two-way-runs';

// Small pages and blocks, so that few rows make several of them.
jest.mock('../../src/sync/limits', () => ({
  ...jest.requireActual<object>('../../src/sync/limits'),
  ENTRIES_AT_ONCE: 3,
  ENTRIES_PER_PAGE: 5,
  ROWS_PER_BLOCK: 3,
  ROWS_PER_PUSH: 1,
  RECORDS_PER_BLOCK: 1,
}));

test('2,000 random histories: both sides converge, and no edit is lost on the way, whatever the order', () => {
  const result = runHistories(2_000);
  console.log(`${result.histories} random histories, ${result.divergences} divergences (seed ${result.seed})`);
  expect(result.report).toBe('');
});
