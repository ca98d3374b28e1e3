/** The generated parts of the documentation that are the same on every machine are current. */
import fs from 'node:fs';
import path from 'node:path';
import { benchTable, chart } from '../../scripts/docs/bench-chart';
import { meetingsTable } from '../../scripts/docs/meetings';
import { withTable } from '../../scripts/docs/table';
import { valueTypesTable } from '../../scripts/docs/value-types';

const page = 'docs/user-guide/value-types.md';
const text = fs.readFileSync(path.resolve(__dirname, '..', '..', page), 'utf8');

test('the table of value types is what the codecs make of its examples', () => {
  const isCurrent = withTable(text, valueTypesTable()) === text;
  // An error, not a comparison: what to do is more use than two long tables.
  if (!isCurrent) throw new Error(`${page} is not current. Run "npm run docs" and commit what it wrote.`);
});

test('the table of meetings is that of the cases that run', () => {
  const delivery = fs.readFileSync(path.resolve(__dirname, '..', '..', 'docs/delivery.md'), 'utf8');
  const isCurrent = withTable(delivery, meetingsTable()) === delivery;
  if (!isCurrent) throw new Error('docs/delivery.md is not current. Run "npm run docs" and commit what it wrote.');
});

test('the chart and the table of the bench are drawn from its figures', () => {
  const read = (name: string) => fs.readFileSync(path.resolve(__dirname, '..', '..', 'docs', name), 'utf8');
  const { cases } = JSON.parse(read('bench/figures.json'));
  const shown = read('bench.md');
  const isCurrent = chart(cases) === read('bench/minutes.svg') && withTable(shown, benchTable(cases)) === shown;
  if (!isCurrent) throw new Error('docs/bench.md is not current. Run "npm run docs" and commit what it wrote.');
});

test('a page without the marks is refused, and a renewed page stays the same when renewed again', () => {
  expect(() => withTable('# No marks', 'table')).toThrow(/lacks/);
  const renewed = withTable(text, '| another |');
  expect(renewed).toContain('\n\n| another |\n\n');
  expect(renewed).not.toContain('Term Sheet');
  expect(withTable(renewed, valueTypesTable())).toBe(withTable(text, valueTypesTable()));
});
