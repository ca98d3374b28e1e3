/** A table that outgrows the tab's first thousand rows looks the same below them as above. On the built bundle. */
import { Desktop } from './desktop';

test('numbers and ids below row 1,000 are shown as those above', () => {
  const desktop = new Desktop({ affinity: { entries: 1_100 } });
  desktop.connect();
  desktop.importList();
  const [headers = [], ...rows] = desktop.table();
  expect(rows).toHaveLength(1_100);
  for (const header of ['Affinity row ID', 'Amount', 'Probability', 'Close Date']) {
    const column = headers.indexOf(header);
    // A format that is set where none was leaves a point behind whole numbers.
    expect(rows.filter((row) => /\.$/.test(row[column] ?? '')).map((row) => row[column])).toEqual([]);
  }
});
