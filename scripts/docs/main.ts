/**
 * `npm run docs`: renews the generated parts of the documentation: the tables of value types, of meetings and of the bench with its chart, and the pictures of
 * the user guide. `-- --tables` leaves the pictures out, and needs no browser.
 * Stands in scripts, since it needs the stage of the browser tests and the add-on's codecs, and files of local may import neither.
 */
import fs from 'node:fs';
import { benchTable, chart } from './bench-chart';
import { meetingsTable } from './meetings';
import { takePictures } from './pictures';
import { withTable } from './table';
import { takeTablePictures } from './table-pictures';
import { valueTypesTable } from './value-types';

const FOLDER = 'docs/user-guide';
/** Written by `npm run bench -- --keep`. */
const { cases } = JSON.parse(fs.readFileSync('docs/bench/figures.json', 'utf8'));
const TABLES: Readonly<Record<string, () => string>> = {
  [`${FOLDER}/value-types.md`]: valueTypesTable,
  'docs/delivery.md': meetingsTable,
  'docs/bench.md': () => benchTable(cases),
};

for (const [page, table] of Object.entries(TABLES)) {
  fs.writeFileSync(page, withTable(fs.readFileSync(page, 'utf8'), table()));
  console.log(`${page}: the table is current.`);
}
fs.writeFileSync('docs/bench/minutes.svg', chart(cases));
if (process.argv.includes('--tables')) process.exit();
const changed = [...(await takePictures(FOLDER)), ...(await takeTablePictures(FOLDER))];
console.log(
  `${FOLDER}: ${changed.length === 0 ? 'no picture looks different' : `these pictures look different: ${changed.join(', ')}`}.`,
);
