/** Guard 3: docs/errors.md has one entry for each fault code, with the sentence that the analyst reads, and no other. */
import fs from 'node:fs';
import path from 'node:path';
import { ApiError } from '../../src/api/errors';
import { explain, type FaultCode, policy } from '../../src/sync/errors';
import { SheetError } from '../../src/sync/ports';

const page = fs.readFileSync(path.resolve(__dirname, '..', '..', 'docs', 'errors.md'), 'utf8');

/** The entries of the page by their headings. */
const entries = new Map(
  page
    .split(/^### /m)
    .slice(1)
    .map((entry) => {
      const [heading = '', ...lines] = entry.split('\n');
      return [heading.replace(/`/g, '').trim(), lines.join('\n').split(/^## /m)[0] ?? ''] as const;
    }),
);

const codes = Object.keys(policy) as FaultCode[];

test('every fault code has an entry: meaning, what the analyst sees, what to do', () => {
  expect(codes.filter((code) => !entries.has(code))).toEqual([]);
});

test('every entry is a fault code', () => {
  expect([...entries.keys()].filter((heading) => !codes.includes(heading as FaultCode))).toEqual([]);
});

describe.each(codes)('%s', (code) => {
  const entry = entries.get(code) ?? '';

  test('is quoted as the analyst reads it', () => {
    const sentence = policy[code].say({ message: '{message}', run: '{run}' });
    const quote = entry
      .split('\n')
      .filter((line) => line.startsWith('> '))
      .map((line) => line.slice(2))
      .join(' ');
    expect(quote).toBe(sentence);
  });

  test('says what it means, what the run does and what to do', () => {
    expect(entry).toMatch(/^Meaning: \S/m);
    expect(entry).toMatch(new RegExp(`^The run: ${policy[code].action}\\b`, 'm'));
    expect(entry).toMatch(/^To do: \S/m);
  });

  test('is said in whole sentences, without codes, stacks and JSON', () => {
    for (const message of ['', 'Some text']) {
      const said = policy[code].say({ message, run: 'run-1' });
      expect(said).toMatch(/^[A-Z“].*[.”]$/s);
      expect(said).not.toMatch(/\b[45]\d\d\b|api\/|sheet\/|[{}]|undefined|null/);
    }
  });
});

describe('an explanation', () => {
  test('of a fault of Affinity has its code, action and sentence', () => {
    const fault = new ApiError({
      code: 'api/rejected',
      endpoint: 'fieldValues.update',
      status: 422,
      message: 'Value is not valid.',
      outcomeUnknown: false,
    });
    expect(explain(fault, 'run-1')).toEqual({
      code: 'api/rejected',
      action: 'skip-row',
      text: policy['api/rejected'].say({ message: 'Value is not valid.', run: 'run-1' }),
    });
  });

  test('of a fault of the sheet has the detail', () => {
    expect(explain(new SheetError('sheet/tab-gone', 'Deals'), 'run-1')?.text).toContain('“Deals”');
  });

  test('of anything else there is none: that is a defect of ours', () => {
    expect(explain(new RangeError('x'), 'run-1')).toBeNull();
  });
});
