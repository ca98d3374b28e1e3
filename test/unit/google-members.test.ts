import { readFileSync } from 'node:fs';
import '../../local/google/index';
import { supportedMembers } from '../../local/google/members';

/** One line of README.md's list for each service. */
const lines = [...supportedMembers]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([service, members]) => `- \`${service}\`: ${Object.keys(members).sort().join(' ')}`.trimEnd());

test('README.md lists the members that are supported, and no others', () => {
  const readme = readFileSync('local/google/README.md', 'utf8');
  const [, list = ''] = readme.split('## Supported members');
  const written = list.split('\n').filter((line) => line.startsWith('- `'));
  expect(written).toEqual(lines);
});
