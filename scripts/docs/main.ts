/**
 * `npm run docs`: renews the generated parts of the documentation: the table of value types and the pictures of the user guide.
 * Stands in scripts, since it needs the stage of the browser tests and the add-on's codecs, and files of local may import neither.
 */
import fs from 'node:fs';
import { takePictures } from './pictures';
import { valueTypesTable, withTable } from './value-types';

const FOLDER = 'docs/user-guide';
const PAGE = `${FOLDER}/value-types.md`;

fs.writeFileSync(PAGE, withTable(fs.readFileSync(PAGE, 'utf8'), valueTypesTable()));
console.log(`${PAGE}: the table is current.`);
await takePictures(FOLDER);
console.log(`${FOLDER}: the pictures are new.`);
