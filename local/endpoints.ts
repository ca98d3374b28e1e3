/**
 * `npm run endpoints -- --json`: every endpoint, found by looking: at the methods of a generated client, at the handlers that the
 * emulator registered, and the commands and forms that lead to it, which a test walks through.
 */
import { findEndpoints } from './affinity/index';

const report = findEndpoints();
if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
else {
  const mark = (is: boolean): string => (is ? 'yes' : '-');
  const line = (cells: readonly string[]): string =>
    cells.map((cell, index) => cell.padEnd([32, 7, 54, 7, 9][index] ?? 0)).join('');
  const lines = report.map((one) =>
    line([one.name, one.method, one.path, mark(one.client), mark(one.emulator), one.usedBy.join(', ')]),
  );
  process.stdout.write(`${[line(['name', 'method', 'path', 'client', 'emulator', 'used by']), ...lines].join('\n')}\n`);
  process.stdout.write(`${report.length} endpoints\n`);
}
