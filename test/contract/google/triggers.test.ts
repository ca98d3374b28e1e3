import { trial } from './trial';

const HOUR = 3_600_000;
const hourly = `function install() { return ScriptApp.newTrigger('tick').timeBased().everyHours(1).create().getUniqueId(); }
function tick(e) { const ss = SpreadsheetApp.getActiveSpreadsheet(); console.log(JSON.stringify([e.triggerUid, ss && ss.getName(), Object.keys(e).sort()])); if (ss) ss.getSheets()[0].appendRow([new Date()]); }`;

// Facts 5 and 16 #6.
describe('clock triggers of an add-on', () => {
  test('fire each hour on the simulated clock, as their creator, without naming a document', () => {
    const { google, file } = trial({ code: hourly, file: { name: 'Deals' } });
    const uid = google.run('install', [], { spreadsheet: file, user: 'a@x.test' });
    const runs = google.passTime(6 * HOUR);
    expect(runs).toHaveLength(6);
    expect(runs[0]).toMatchObject({ handler: 'tick', user: 'a@x.test', error: null });
    const [said, name, fields] = JSON.parse(google.logs.at(-1)?.text ?? '[]') as [string, string, string[]];
    expect([said, name]).toEqual([uid, 'Deals']);
    expect(fields).toEqual([
      'authMode',
      'day-of-month',
      'day-of-week',
      'hour',
      'minute',
      'month',
      'second',
      'timezone',
      'triggerUid',
      'week-of-year',
      'year',
    ]);
    expect(google.person(file).seesTable('Sheet1')).toHaveLength(6);
  });
  test('know no document by the switch', () => {
    const { google, file } = trial({ code: hourly, platform: { activeSpreadsheetInClockTrigger: false } });
    google.run('install', [], { spreadsheet: file });
    expect(google.passTime(HOUR + 1000)).toMatchObject([{ error: null }]);
    expect(google.person(file).seesTable('Sheet1')).toEqual([]);
  });
  test('exist once per user and document', () => {
    const { google, file } = trial({ code: hourly });
    google.run('install', [], { spreadsheet: file });
    expect(() => google.run('install', [], { spreadsheet: file })).toThrow(
      'This add-on has created too many time-based triggers in this document for this Google user account.',
    );
    expect(() => google.run('install', [], { spreadsheet: google.createSpreadsheet() })).not.toThrow();
    expect(() => google.run('install', [], { spreadsheet: file, user: 'b@x.test' })).not.toThrow();
  });
  test('are at least an hour apart, unless the script is bound', () => {
    const often = `ScriptApp.newTrigger('act').timeBased().everyMinutes(30).create()`;
    expect(() => trial().act(often)).toThrow(
      'The recurrence interval for an Add-on trigger must be at least one hour.',
    );
    expect(() => trial({ platform: { container: 'bound' } }).act(often)).not.toThrow();
  });
  test('have no UI', () => {
    const { google, file, act } = trial({ code: `function ui() { SpreadsheetApp.getUi(); }` });
    act(`ScriptApp.newTrigger('ui').timeBased().everyHours(1).create()`);
    expect(google.passTime(HOUR + 1000)).toMatchObject([
      { error: 'Cannot call SpreadsheetApp.getUi() from this context.' },
    ]);
    expect(file.id).toBeTruthy();
  });
  test('are listed to their user over all documents and tell no source', () => {
    const { google, file, act } = trial({ code: hourly });
    google.run('install', [], { spreadsheet: file });
    google.run('install', [], { spreadsheet: google.createSpreadsheet() });
    const list = `return [ScriptApp.getProjectTriggers().map((t) => t.getTriggerSourceId()), ScriptApp.getUserTriggers(SpreadsheetApp.getActive()).length]`;
    expect(act(list)).toEqual([[null, null], 1]);
    expect(act(list, null, { user: 'b@x.test' })).toEqual([[], 0]);
    act(`ScriptApp.getProjectTriggers().forEach((t) => ScriptApp.deleteTrigger(t))`);
    expect(google.passTime(2 * HOUR)).toEqual([]);
  });
  test('number at most twenty for a user', () => {
    const { google } = trial({ code: hourly });
    for (let i = 0; i < 20; i++) google.run('install', [], { spreadsheet: google.createSpreadsheet() });
    expect(() => google.run('install', [], { spreadsheet: google.createSpreadsheet() })).toThrow('too many triggers');
  });
  test('stop for the day when the trigger time is used up', () => {
    const { google, act } = trial({
      code: `function long() { Utilities.sleep(299000); }`,
      quotas: { triggerMsPerDay: 600_000 },
    });
    act(`ScriptApp.newTrigger('long').timeBased().everyHours(1).create()`);
    expect(google.passTime(4 * HOUR).map((run) => run.error)).toEqual([
      null,
      null,
      null,
      'Service using too much computer time for one day.',
    ]);
  });
  test('fail with the missing name when the handler is gone, and fire once with after()', () => {
    const { google, act } = trial();
    act(`ScriptApp.newTrigger('gone').timeBased().after(${2 * HOUR}).create()`);
    expect(google.passTime(5 * HOUR)).toMatchObject([{ error: 'Script function not found: gone' }]);
  });
  test('at an hour of the day fire in their zone', () => {
    const { google, act } = trial({ code: 'function tick() {}', manifest: { timeZone: 'America/New_York' } });
    act(`ScriptApp.newTrigger('tick').timeBased().everyDays(1).atHour(8).create()`);
    const times = google.passTime(48 * HOUR).map((run) => new Date(run.startedAt).toISOString());
    expect(times).toEqual(['2026-11-02T13:00:00.000Z', '2026-11-03T13:00:00.000Z']);
  });
});

// Facts 4: edits by scripts fire nothing; 16 #5.
describe('edit events', () => {
  const code = `function onEdit(e) { console.log(JSON.stringify([e.range.getA1Notation(), e.value, e.oldValue])); }`;
  test('come from people only, with value and oldValue for a single cell', () => {
    const { google, file, act } = trial({ code });
    act(`sheet.getRange('A1').setValue('by script')`);
    google.person(file).type('Sheet1', 'A1', 'x');
    google.person(file).type('Sheet1', 'B1', 'y');
    google.person(file).paste('Sheet1', 'A2', [['1', '2']]);
    expect(google.logs.map((line) => line.text)).toEqual([
      '["A1","x","by script"]',
      '["B1","y",null]',
      '["A2:B2",null,null]',
    ]);
  });
});

// Facts 10 and 16 #7.
describe('google.script.run', () => {
  const code = `function echo(a) { return a; } function hidden_() {} function dated() { return { at: new Date(0), n: 1 }; } function kind(v) { return typeof v; }`;
  test('reaches public top-level functions only', () => {
    const { google, file } = trial({ code });
    expect(google.functionNames()).toEqual(['act', 'echo', 'dated', 'kind']);
    expect(() => google.scriptRun('hidden_', [], { spreadsheet: file })).toThrow(
      'google.script.run.hidden_ is not a function',
    );
    expect(() => google.scriptRun('nope')).toThrow(TypeError);
  });
  test('copies arguments and results, undefined in arrays becoming null', () => {
    const { google } = trial({ code });
    const given = { a: [1, undefined, 'x'], b: undefined, c: null };
    expect(google.scriptRun('echo', [given])).toEqual({ a: [1, null, 'x'], c: null });
  });
  // Facts 4: the several-accounts row; the texts come from reports of the failure.
  test('of a browser with several accounts runs as the first one, or is refused before the script is asked', () => {
    const { google } = trial({
      code: `function who() { console.log('asked'); return Session.getEffectiveUser().getEmail(); }`,
    });
    const file = google.createSpreadsheet({ owner: 'ida@example.com', editors: ['ida@example.org'] });
    const who = () => google.scriptRun('who', [], { spreadsheet: file, user: 'ida@example.com' });
    expect(who()).toBe('ida@example.com');
    google.signInFirst({ user: 'ida@example.net', hasAuthorized: true });
    expect(who).toThrow(
      "We're sorry, a server error occurred while reading from storage. Error code PERMISSION_DENIED.",
    );
    google.signInFirst({ user: 'ida@example.org', hasAuthorized: false });
    expect(who).toThrow('Authorization is required to perform that action.');
    expect(google.logs).toHaveLength(1);
    google.signInFirst({ user: 'ida@example.org', hasAuthorized: true });
    expect(who()).toBe('ida@example.org');
    google.signInFirst(null);
    expect(who()).toBe('ida@example.com');
  });
  test('refuses dates, functions and cycles in arguments', () => {
    const { google } = trial({ code });
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    expect(() => google.scriptRun('echo', [{ when: new Date() }])).toThrow(
      'Failed due to illegal value in property: when',
    );
    expect(() => google.scriptRun('echo', [() => 1])).toThrow('Failed due to illegal value in property: 0');
    expect(() => google.scriptRun('echo', [cycle])).toThrow('Failed due to circular reference.');
  });
  test('a Date in a result makes it null, whole or in part by the switch', () => {
    expect(trial({ code }).google.scriptRun('dated')).toBeNull();
    expect(trial({ code, platform: { dateInResult: 'null-value' } }).google.scriptRun('dated')).toEqual({
      at: null,
      n: 1,
    });
  });
});

describe('Utilities', () => {
  test('formats and parses dates by Java patterns in any zone', () => {
    const { act } = trial();
    expect(
      act(
        `const d = new Date('2026-07-01T22:05:09.007Z'); return [Utilities.formatDate(d, 'Europe/Berlin', "yyyy-MM-dd'T'HH:mm:ss.SSSXXX"), Utilities.formatDate(d, 'GMT-5', 'EEE, d MMM yy h:mm a'), Utilities.parseDate('02.07.2026 00:05', 'Europe/Berlin', 'dd.MM.yyyy HH:mm').toISOString()]`,
      ),
    ).toEqual(['2026-07-02T00:05:09.007+02:00', 'Wed, 1 Jul 26 5:05 PM', '2026-07-01T22:05:00.000Z']);
  });
  test('digests and decoded bytes are signed', () => {
    const { act } = trial();
    expect(
      act(
        `return [Utilities.computeDigest(Utilities.DigestAlgorithm.MD5, 'a').slice(0, 3), Utilities.base64Decode('/w=='), Utilities.base64Encode([-1]), Utilities.base64EncodeWebSafe([-1, -17])]`,
      ),
    ).toEqual([[12, -63, 117], [-1], '/w==', '_-8=']);
  });
  test('sleep lets time pass', () => {
    const { act, clock } = trial({ costs: false });
    const start = clock.now();
    act('Utilities.sleep(1500)');
    expect(clock.now() - start).toBe(1500);
  });
});
