/** The endpoint table against the reference: nothing missing, nothing extra, nothing misspelt. */
import { execFileSync } from 'node:child_process';
import { findEndpoints } from '../../../local/affinity';
import { affinity } from '../../../src/api/table';
import { REFERENCE_ENDPOINTS } from './reference-endpoints';

const found = findEndpoints();
const rowOf = (name: string) => {
  const [group = '', call = ''] = name.split('.');
  return (affinity as unknown as Record<string, Record<string, { paging?: string }>>)[group]?.[call];
};

/** What is wrong with a set of endpoints, as sentences. */
const differences = (ours: readonly { readonly method: string; readonly path: string }[]): readonly string[] => {
  const wanted = REFERENCE_ENDPOINTS.map(([method, path]) => `${method} ${path}`);
  const has = ours.map(({ method, path }) => `${method} ${path}`);
  return [
    ...wanted.filter((one) => !has.includes(one)).map((one) => `missing: ${one}`),
    ...has.filter((one) => !wanted.includes(one)).map((one) => `not in the reference: ${one}`),
    ...has.filter((one, index) => has.indexOf(one) !== index).map((one) => `twice: ${one}`),
  ];
};

test('the reference has 59 endpoints of 16 resources: 29 GET, 12 POST, 8 PUT, 10 DELETE', () => {
  const count = (method: string) => REFERENCE_ENDPOINTS.filter(([one]) => one === method).length;
  expect(['GET', 'POST', 'PUT', 'DELETE'].map(count)).toEqual([29, 12, 8, 10]);
  expect(new Set(REFERENCE_ENDPOINTS.map(([, , , resource]) => resource)).size).toBe(16);
});

test('the project has exactly the endpoints of the reference, spelt alike', () => {
  expect(differences(found)).toEqual([]);
});

test('a missing, an extra and a misspelt endpoint are noticed', () => {
  expect(differences(found.slice(1))).toEqual(['missing: GET /lists']);
  expect(differences([...found, { method: 'GET', path: '/wishes' }])).toEqual(['not in the reference: GET /wishes']);
  const misspelt = found.map((one) =>
    one.path === '/relationships-strengths' ? { ...one, path: '/relationship-strengths' } : one,
  );
  expect(differences(misspelt)).toHaveLength(2);
});

test('each is in the client and in the emulator', () => {
  expect(found.filter((one) => !one.client || !one.emulator)).toEqual([]);
});

test('each is reached by a command', () => {
  expect(found.filter(({ usedBy }) => usedBy.length === 0).map(({ name }) => name)).toEqual([]);
});

test('the paged ones are those of the reference', () => {
  const paged = REFERENCE_ENDPOINTS.filter(([, , isPaged]) => isPaged).map(([method, path]) => `${method} ${path}`);
  const ours = found.filter(({ name }) => rowOf(name)?.paging !== undefined).map((one) => `${one.method} ${one.path}`);
  expect([...ours].sort()).toEqual([...paged].sort());
});

test('the resources are sixteen, each with its endpoints', () => {
  expect(new Set(found.map(({ resource }) => resource)).size).toBe(16);
});

test('the program prints the same as JSON', () => {
  const text = execFileSync(process.execPath, ['scripts/start.mjs', 'local/endpoints.ts', '--json'], {
    encoding: 'utf8',
  });
  expect(JSON.parse(text)).toEqual(found);
});
