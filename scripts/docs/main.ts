/**
 * `npm run docs`: renews the generated parts of the documentation: the tables of value types and of meetings, and the pictures of
 * the user guide.
 * Stands in scripts, since it needs the stage of the browser tests and the add-on's codecs, and files of local may import neither.
 */
import fs from 'node:fs';
import { meetingsTable } from './meetings';
import { takePictures } from './pictures';
import { withTable } from './table';
import { valueTypesTable } from './value-types';

const FOLDER = 'docs/user-guide';
const TABLES: Readonly<Record<string, () => string>> = {
  [`${FOLDER}/value-types.md`]: valueTypesTable,
  'docs/delivery.md': meetingsTable,
};

for (const [page, table] of Object.entries(TABLES)) {
  fs.writeFileSync(page, withTable(fs.readFileSync(page, 'utf8'), table()));
  console.log(`${page}: the table is current.`);
}
await takePictures(FOLDER);
console.log(`${FOLDER}: the pictures are new.`);
