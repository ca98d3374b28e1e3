/**
 * Guard 1: the shape of every stored format is tied to its version. Files and hidden sheets of customers hold these formats; one that
 * changed without a new version would be read as something that it is not.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { datasets } from '../../src/sync/datasets/registry';
import { BASELINE_SHAPE, BASELINE_VERSION } from '../../src/sync/state/baseline';
import { CHECKPOINT_SHAPE, CHECKPOINT_VERSION } from '../../src/sync/state/checkpoint';
import { BASIS_SHAPE, BASIS_VERSION, FRESHNESS_SHAPE, FRESHNESS_VERSION } from '../../src/sync/state/freshness';
import { JOURNAL_SHAPE, JOURNAL_VERSION } from '../../src/sync/state/journal';
import { SAVED_IMPORT_SHAPE, SAVED_IMPORT_VERSION } from '../../src/sync/state/saved-import';
import { COURSE_SHAPE, COURSE_VERSION, SCHEDULE_SHAPE, SCHEDULE_VERSION } from '../../src/sync/state/schedule';

const formats = {
  BASELINE: { version: BASELINE_VERSION, shape: BASELINE_SHAPE },
  BASIS: { version: BASIS_VERSION, shape: BASIS_SHAPE },
  COURSE: { version: COURSE_VERSION, shape: COURSE_SHAPE },
  CHECKPOINT: { version: CHECKPOINT_VERSION, shape: CHECKPOINT_SHAPE },
  FRESHNESS: { version: FRESHNESS_VERSION, shape: FRESHNESS_SHAPE },
  JOURNAL: { version: JOURNAL_VERSION, shape: JOURNAL_SHAPE },
  SAVED_IMPORT: { version: SAVED_IMPORT_VERSION, shape: SAVED_IMPORT_SHAPE },
  SCHEDULE: { version: SCHEDULE_VERSION, shape: SCHEDULE_SHAPE },
} as const;

/** What was released: by format, the hash of its shape at each version, oldest first. */
const released: Readonly<Record<keyof typeof formats, readonly string[]>> = {
  BASELINE: [
    'e908c8edaf71013e061878f71fe097f98337c74f1910ef3f45674a54c89396c4',
    'ee530f5b5c18de061eae3bf8cf86457bb2ee8b4045f47e97dc2f845160879619',
  ],
  BASIS: ['36166ac4af96bdda2049fc052d0ae0780b9550e0a0a054d726ff83837bdb4be7'],
  CHECKPOINT: [
    'c49f3d5ff803c49b33d4143bdcc6e000d5607b6a54992649b37701ce99183c7b',
    '6bd2df58ac5fd680bc7226349b197a4e9dc78abd0a5bec2350df2f2739a0de0f',
    '9c8492ef9323dd1939b93c8fc574977cd8a59f5d945c8ec986aa1566f5fcf2cf',
  ],
  COURSE: ['6fc3d17e4f01b502d19ab0015fb485cb71f7a187c9b837f701d1ce045dbaa4d1'],
  JOURNAL: [
    'dfa2922377ffa33e2617bb566244d0fd827d3aa4a599586a76fed1a47aa03510',
    '2aafee5284b60466139329e2e11f1d51e71d55e592461efd6d5d5969bdd93dc3',
  ],
  FRESHNESS: ['f2de04ed6415dee625bb91356ca3712a6b278e19a792ed3da5853f63c03ee493'],
  SAVED_IMPORT: [
    'd1a1ddc1e4f94e5d4e2c1a40912d60d4f4a88eb4002a4d9a4705294888d7c078',
    '1c85cb50284fc366719a88e3b8055ac28a0b027c9cb5575366a08b1e8dc1394e',
    '6d2c3acf59af99986648eb6ef4699169f28cbbe50a41c921bd9392941443bf57',
    'f8d74692dee686e385d862bd00ab7840e0665207581c8affc2c91c4018e62e2d',
  ],
  SCHEDULE: ['0b0b9528c119b9a69fdafbe879a08f0c933565a99751349838f9db82c9fe53fd'],
};

const hashOf = (shape: string): string => createHash('sha256').update(shape).digest('hex');

test.each(Object.entries(formats))('%s has the shape of its version', (name, { version, shape }) => {
  const known = released[name as keyof typeof formats][version - 1];
  if (hashOf(shape) === known) return;
  throw new Error(
    known === undefined
      ? `${name}_VERSION is ${version}. Note its hash as entry ${version} of "released" here: ${hashOf(shape)}`
      : [
          `The shape of ${name} changed, and ${name}_VERSION is still ${version}.`,
          `1. Raise ${name}_VERSION to ${version + 1}.`,
          `2. Read version ${version} and every older one as well, with a test for each.`,
          `3. Note the new hash as entry ${version + 1} of "released" here: ${hashOf(shape)}`,
          `The shape is now: ${shape}`,
        ].join('\n'),
  );
});

test.each(Object.entries(formats))('%s: versions count from 1 without a gap', (name, { version }) => {
  expect(released[name as keyof typeof formats]).toHaveLength(version);
});

test('every stored format of src/sync/state is here', () => {
  const folder = path.resolve(__dirname, '..', '..', 'src', 'sync', 'state');
  const exported = fs
    .readdirSync(folder)
    .flatMap((file) => [...fs.readFileSync(path.join(folder, file), 'utf8').matchAll(/export const (\w+)_SHAPE\b/g)])
    .map(([, name]) => name);
  expect(exported.sort()).toEqual(Object.keys(formats).sort());
});

test('every file of src/sync/state that has a format gives its shape', () => {
  const folder = path.resolve(__dirname, '..', '..', 'src', 'sync', 'state');
  const without = fs.readdirSync(folder).filter((file) => {
    const text = fs.readFileSync(path.join(folder, file), 'utf8');
    return file.endsWith('.ts') && /\bobject\(\{/.test(text) && !/export const \w+_SHAPE\b/.test(text);
  });
  expect(without).toEqual([]);
});

/** What each dataset is asked for is stored with its imports: the hash of its shape, as it was released. */
const parameters: Readonly<Record<keyof typeof datasets, string>> = {
  list: '2c78847947c517b91e549c8cd6297b3002ca747d9b42e8b2edd9f76f8cb46d09',
  notes: '1edd56a811c0fc9ccb87ae8f67c71822a1fee8b5ccd3ded349f50e57f9d51ab1',
  reminders: '3ab512105f4dc5cf19d81d61adac1e74b6582c3d64697d5470265a4cd7dc7de2',
  interactions: 'ff836a21e60bcbdc5c1a80c6c86163c36d6bdb5136f2eed54356d543c1af5f5b',
  persons: 'e7d1de3d487084d32f3d9d46e6be70eea6035dfff8c75a470515f055a54990bb',
  organizations: 'e7d1de3d487084d32f3d9d46e6be70eea6035dfff8c75a470515f055a54990bb',
  opportunities: 'e7d1de3d487084d32f3d9d46e6be70eea6035dfff8c75a470515f055a54990bb',
  fieldHistory: '859af8d0692dc01f25e38d1d3f6da731681e573bedc4078b1d7bf322e6ec236b',
  stageTimes: '859af8d0692dc01f25e38d1d3f6da731681e573bedc4078b1d7bf322e6ec236b',
  funnel: '859af8d0692dc01f25e38d1d3f6da731681e573bedc4078b1d7bf322e6ec236b',
  stageMoves: '859af8d0692dc01f25e38d1d3f6da731681e573bedc4078b1d7bf322e6ec236b',
  files: '803246d4e844684b5a184da179ca966c28f861350164ba9cd392c39089e097da',
  webhooks: '5b908b9dfaa20a634e2571bdd758af9501d8c49b4e89da3ed851b77452f6a8aa',
  fields: '5b908b9dfaa20a634e2571bdd758af9501d8c49b4e89da3ed851b77452f6a8aa',
  strengths: '803246d4e844684b5a184da179ca966c28f861350164ba9cd392c39089e097da',
};

test.each(Object.entries(datasets))(
  'what the dataset %s is asked for has the shape that was released',
  (key, dataset) => {
    const { shape } = dataset.parameters;
    if (hashOf(shape) === parameters[key as keyof typeof datasets]) return;
    throw new Error(
      [
        `What "${key}" is asked for has another shape than the one noted here.`,
        'Imports of customers hold the older one: let the codec read both, with a test, or name a new dataset.',
        `Then note the new hash: ${hashOf(shape)}`,
        `The shape is now: ${shape}`,
      ].join('\n'),
    );
  },
);
