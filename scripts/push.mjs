/** Pushes `dist/` to Apps Script with clasp. Without a script id it says how to get one. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const { scriptId } = JSON.parse(fs.readFileSync(path.join(root, '.clasp.json'), 'utf8'));
if (typeof scriptId !== 'string' || scriptId.trim() === '') {
  console.error(
    [
      'There is no script id in .clasp.json yet, so there is nowhere to push to.',
      '',
      '1. Switch the Apps Script API on: https://script.google.com/home/usersettings',
      '2. Sign in:  npx clasp login',
      '3. Get a script: open a Google Sheet, choose Extensions → Apps Script, and copy the script ID from its project settings.',
      '   (For an add-on of its own instead: https://script.google.com/create)',
      '4. Put it into .clasp.json as "scriptId", and run  npm run push  again.',
    ].join('\n'),
  );
  process.exit(1);
}
const clasp = path.join(root, 'node_modules', '.bin', 'clasp');
for (const [command, args] of [
  [process.execPath, [path.join(root, 'scripts', 'build.mjs')]],
  [clasp, ['push', '--force']],
]) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
