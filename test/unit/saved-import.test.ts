/** Saved imports of every version. */
import { readImport, type SavedImport, writeImport } from '../../src/sync/state/saved-import';

const lasting = {
  id: 'i1',
  tabId: 7,
  tab: 'Deals',
  spreadsheetId: 'file',
  title: 'Deals',
  columns: ['entity.name', 'field.1625'],
  lastPull: { dataAsOf: null, at: '2026-07-01T16:00:00.000Z', result: 'paused', rows: 3, message: '' },
} as const;

const unset = { labels: [], settings: { marks: true, askAbovePercent: 20, blanks: 'ask' } };

const stored = (...cells: readonly string[]) => {
  const rows: (readonly string[])[] = [cells];
  return {
    rows,
    state: {
      first: () => rows[0] ?? [],
      read: () => rows,
      keys: () => rows.map(([key]) => key ?? ''),
      rows: (start: number, count: number) => rows.slice(start, start + count),
      write: (start: number, written: readonly (readonly string[])[]) =>
        void rows.splice(start, written.length, ...written),
      remove: (start: number, count: number) => void rows.splice(start, count),
    },
  };
};

test('version 1 knew lists only', () => {
  const { state } = stored('import', '1', JSON.stringify({ ...lasting, listId: 4974 }));
  expect(readImport(state)).toEqual({ ...lasting, ...unset, dataset: 'list', parameters: { listId: 4974 } });
});

test('version 2 had neither labels nor settings: what was not set is on the safe side', () => {
  const { state } = stored('import', '2', JSON.stringify({ ...lasting, dataset: 'notes', parameters: { of: 'all' } }));
  expect(readImport(state)).toEqual({ ...lasting, ...unset, dataset: 'notes', parameters: { of: 'all' } });
});

test('version 3 had no setting for emptied cells: they are asked about', () => {
  const before = { ...lasting, dataset: 'notes', parameters: {}, labels: ['Name', ''] };
  const settings = { marks: false, askAbovePercent: 50 };
  const { state } = stored('import', '3', JSON.stringify({ ...before, settings }));
  expect(readImport(state)).toEqual({ ...before, settings: { ...settings, blanks: 'ask' } });
});

test('what is written is read again, whatever a dataset is asked for', () => {
  const { state, rows } = stored();
  const saved: SavedImport = {
    ...lasting,
    dataset: 'other',
    parameters: { from: '2026-01-01', ids: ['8:1', '0:2'] },
    labels: ['Name', ''],
    settings: { marks: false, askAbovePercent: 50, blanks: 'never' },
  };
  writeImport(state, saved);
  expect(rows[0]?.[1]).toBe('4');
  expect(readImport(state)).toEqual(saved);
});

test.each([
  ['a newer version', ['import', '5', '{}']],
  ['another thing', ['journal', '1', '{}']],
  ['nothing', []],
  ['a damaged text', ['import', '2', '{']],
  ['something missing', ['import', '1', JSON.stringify(lasting)]],
])('%s is refused', (_what, cells) => {
  expect(() => readImport(stored(...cells).state)).toThrow(/sheet\/state-unreadable/);
});
