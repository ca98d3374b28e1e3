/** Whatever goes wrong: a sentence that says what to do, nothing lost, nothing half-cleared, and the next run goes on. */
import { createControl, LIST_IDS } from '../../local/affinity';
import { ENTRIES_AT_ONCE, ROWS_PER_BLOCK } from '../../src/sync/limits';
import { explainFault, pushImport, refreshImport } from '../../src/sync/runs/desk';
import { readImport } from '../../src/sync/state/saved-import';
import { Stage } from './stage';

const nothing = { sendClears: false, choices: new Map() };

const picture = (stage: Stage) => JSON.stringify(stage.tab.rows.map((row) => [...row.cells]));

const opened = (entries = 30) => {
  const stage = new Stage({ entries });
  const { importId } = stage.import(LIST_IDS.pipeline);
  return { stage, importId, control: createControl(stage.affinity) };
};

test('a wrong key is not taken at once, then said with the way out', () => {
  const { stage, importId } = opened();
  const before = picture(stage);
  const result = refreshImport(stage.desk, stage.run('wrong-key'), importId);
  expect(result).toMatchObject({
    kind: 'stopped',
    messages: [expect.stringMatching(/did not accept your API key.*Connect to Affinity/)],
  });
  expect(picture(stage)).toBe(before);
});

test('a list deleted meanwhile leaves the sheet as it is', () => {
  const { stage, importId, control } = opened();
  const before = picture(stage);
  control.removeList(LIST_IDS.pipeline);
  const result = refreshImport(stage.desk, stage.run(), importId);
  expect(result).toMatchObject({
    kind: 'stopped',
    rowsGone: 0,
    messages: [expect.stringMatching(/no longer has this list/)],
  });
  expect(picture(stage)).toBe(before);
});

test('a list deleted in the middle of a refresh leaves the sheet as it is', () => {
  const { stage, importId, control } = opened(ENTRIES_AT_ONCE + 1);
  const before = picture(stage);
  let calls = 0;
  stage.affinity.beforeCall((endpoint) => {
    if (endpoint === 'listEntries.page') calls += 1;
    if (calls === 2) control.removeList(LIST_IDS.pipeline);
  });
  const result = refreshImport(stage.desk, stage.run(), importId);
  expect(result.kind).toBe('stopped');
  expect(result.rowsGone).toBe(0);
  expect(picture(stage)).toBe(before);
});

const outages = [
  ['reset', /could not be reached/, 'paused'],
  ['html', /can’t be understood/, 'stopped'],
  ['truncated', /can’t be understood/, 'stopped'],
  ['error-500', /not working properly/, 'paused'],
  ['month-limit', /calls for this month are used up/, 'stopped'],
] as const;

test.each(outages)(
  '%s at every reading of entries: nothing changes, the run says why, and a later one goes through',
  (kind, sentence, end) => {
    const { stage, importId, control } = opened();
    const before = picture(stage);
    control.addFault({ kind, endpoint: 'listEntries.page', times: 99 });
    const result = refreshImport(stage.desk, stage.run(), importId);
    expect(result).toMatchObject({ kind: end, messages: [expect.stringMatching(sentence)], rowsGone: 0 });
    expect(picture(stage)).toBe(before);
    control.clearFaults();
    expect(refreshImport(stage.desk, stage.run(), importId)).toMatchObject({ kind: 'done', rows: 30, rowsAdded: 0 });
  },
);

test.each(outages)(
  '%s at every field value of a push: edits stay pending and go through later',
  (kind, _sentence, end) => {
    const { stage, importId, control } = opened();
    const ids = stage.ids().slice(0, 3);
    for (const id of ids) stage.type(id, 'Amount', 4321);
    control.addFault({ kind, endpoint: 'fieldValues.list', times: 99 });
    const run = stage.run();
    let fault: unknown = null;
    try {
      pushImport(stage.desk, run, importId, nothing);
    } catch (caught) {
      fault = caught;
    }
    expect(explainFault(fault, stage.desk).length).toBeGreaterThan(20);
    expect(end).toBeDefined();
    for (const id of ids) expect(stage.cell(id, 'Amount')).toBe(4321);
    control.clearFaults();
    expect(pushImport(stage.desk, stage.run(), importId, nothing)).toMatchObject({ cells: 3, failed: 0 });
  },
);

test('a reply that was lost after the value was set: the next push sees it there and sends nothing twice', () => {
  const { stage, importId, control } = opened();
  const id = stage.ids().find((key) => stage.cell(key, 'Nickname') === null) ?? '';
  stage.type(id, 'Nickname', 'Zed');
  control.addFault({ kind: 'reply-lost', endpoint: 'fieldValues.create', times: 1 });
  const first = pushImport(stage.desk, stage.run(), importId, nothing);
  expect(first).toMatchObject({ kind: 'paused', cells: 0, failed: 0, unanswered: 1 });
  expect(stage.cell(id, 'Sync status')).toMatch(/^Not known yet whether this arrived\. .* Open edits: “Nickname”\.$/);
  stage.affinity.counter.reset();
  expect(pushImport(stage.desk, stage.run(), importId, nothing)).toMatchObject({ kind: 'done', cells: 0, failed: 0 });
  expect(stage.affinity.counter.read().writes).toBe(0);
  expect(refreshImport(stage.desk, stage.run(), importId)).toMatchObject({ cellsChanged: 0 });
});

test('cells of a push that the month ended are not sent, which is something else than refused', () => {
  const { stage, importId, control } = opened();
  const id = stage.ids().find((key) => stage.cell(key, 'Amount') !== null) ?? '';
  stage.type(id, 'Amount', 4321);
  stage.type(id, 'Nickname', 'Zed');
  control.addFault({ kind: 'month-limit', endpoint: 'fieldValues.update', times: 99 });
  control.addFault({ kind: 'month-limit', endpoint: 'fieldValues.create', times: 99 });
  const result = pushImport(stage.desk, stage.run(), importId, nothing);
  expect(result).toMatchObject({ kind: 'stopped', cells: 0, failed: 0, unsent: 2, unanswered: 0 });
  expect(stage.cell(id, 'Sync status')).toBe(
    'Not sent. Your firm’s Affinity calls for this month are used up. Nothing more can be read or sent until the month ends or your plan is raised. Open edits: “Amount”, “Nickname”.',
  );
});

test('a value that Affinity refuses stays in the cell, with what Affinity said on the row', () => {
  const { stage, importId, control } = opened();
  const id = stage.ids().find((key) => stage.cell(key, 'Amount') !== null) ?? '';
  stage.type(id, 'Amount', 4321);
  // The field is deleted between the plan and the write: the emulator refuses the write by its own rule.
  let isArmed = true;
  stage.affinity.beforeCall((endpoint) => {
    if (endpoint !== 'fieldValues.update' || !isArmed) return;
    isArmed = false;
    control.removeField(Number(stage.column('Amount').slice('field.'.length)));
  });
  const result = pushImport(stage.desk, stage.run(), importId, nothing);
  expect(result).toMatchObject({ cells: 0, failed: 1 });
  expect(stage.cell(id, 'Amount')).toBe(4321);
  expect(stage.cell(id, 'Sync status')).toMatch(/Amount: /);
});

test('a run out of time pauses after a page, says so, and the next one goes on from there without reading the rest twice', () => {
  const stage = new Stage({ entries: 450 });
  const { importId, result } = stage.import(LIST_IDS.pipeline);
  expect(result).toMatchObject({ kind: 'done', rows: 450 });
  stage.affinity.counter.reset();
  // A minute's budget is used up by the first pages when each call takes a second.
  createControl(stage.affinity).addFault({ kind: 'latency', latencyMs: 9_000, times: 999_999 });
  const first = refreshImport(stage.desk, stage.run(undefined, 40_000), importId);
  expect(first.kind).toBe('paused');
  expect(first.messages[0]).toMatch(/goes on where it stopped|Paused after/);
  createControl(stage.affinity).clearFaults();
  const second = refreshImport(stage.desk, stage.run(), importId);
  expect(second).toMatchObject({ kind: 'done', rows: 450 });
  expect(stage.tab.rows).toHaveLength(450);
});

test('a refresh that ends early does not make the table look shorter than it is', () => {
  const { stage, importId } = opened();
  expect(refreshImport(stage.desk, stage.run('wrong-key'), importId).kind).toBe('stopped');
  expect(readImport(stage.workbook.state(importId)).lastPull).toMatchObject({ result: 'stopped', rows: 30 });
});

test('an import that was cut off is gone on with, and ends as an unbroken one', () => {
  const whole = new Stage({ entries: 450 });
  whole.import(LIST_IDS.pipeline);
  const stage = new Stage({ entries: 450 });
  let reads = 0;
  stage.affinity.beforeCall((endpoint) => {
    if (endpoint === 'fieldValues.list') reads += 1;
    if (reads === 300) throw new Error('killed');
  });
  expect(() => stage.import(LIST_IDS.pipeline)).toThrow('killed');
  stage.workbook.lose();
  expect(stage.tab.rows).toHaveLength(ROWS_PER_BLOCK);
  reads = 1000;
  const [importId = ''] = stage.workbook.states();
  expect(refreshImport(stage.desk, stage.run(), importId)).toMatchObject({ kind: 'done', rows: 450, rowsAdded: 450 });
  expect(picture(stage)).toBe(picture(whole));
  expect(readImport(stage.workbook.state(importId)).lastPull).toMatchObject({ result: 'done', rows: 450 });
});

test('rows gone from Affinity are confirmed, marked and kept', () => {
  const { stage, importId } = opened();
  const gone = stage.ids()[4] ?? '';
  stage.colleague().listEntries.remove({ path: { list_id: LIST_IDS.pipeline, list_entry_id: Number(gone) } });
  const result = refreshImport(stage.desk, stage.run(), importId);
  expect(result).toMatchObject({ kind: 'done', rows: 29, rowsGone: 1 });
  expect(stage.ids()).toHaveLength(30);
  expect(stage.cell(gone, 'Sync status')).toMatch(/No longer on this list/);
});

test('a list that suddenly is empty or much shorter marks nothing and says so', () => {
  const { stage, importId } = opened(100);
  for (const id of stage.ids().slice(0, 60)) {
    stage.colleague().listEntries.remove({ path: { list_id: LIST_IDS.pipeline, list_entry_id: Number(id) } });
  }
  const before = picture(stage);
  const result = refreshImport(stage.desk, stage.run(), importId);
  expect(result).toMatchObject({
    rowsGone: 0,
    messages: [expect.stringMatching(/no longer lists 60 of the 100 rows/)],
  });
  expect(picture(stage)).toBe(before);
});
