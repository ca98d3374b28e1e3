import { trial } from './trial';

const props = `const p = PropertiesService.getUserProperties();`;

// Facts 3.
describe('properties', () => {
  test('user stores go with the user over files, document stores with the file over users', () => {
    const { google, file, act } = trial();
    const other = google.createSpreadsheet();
    act(
      `PropertiesService.getUserProperties().setProperty('u', '1'); PropertiesService.getDocumentProperties().setProperty('d', '1')`,
      null,
      { user: 'a@x.test' },
    );
    const read = `return [PropertiesService.getUserProperties().getProperty('u'), PropertiesService.getDocumentProperties().getProperty('d')]`;
    expect(act(read, null, { user: 'a@x.test', spreadsheet: other })).toEqual(['1', null]);
    expect(act(read, null, { user: 'b@x.test', spreadsheet: file })).toEqual([null, '1']);
  });
  test('values are strings of at most 9 KB in a store of 500 KB', () => {
    const { act } = trial({ costs: false });
    expect(() => act(`${props} p.setProperty('k', 1)`)).toThrow("don't match the method signature");
    expect(() => act(`${props} p.setProperty('k', 'x'.repeat(9217))`)).toThrow('Argument too large: value');
    expect(() => act(`${props} for (let i = 0; i < 60; i++) p.setProperty('k' + i, 'x'.repeat(9000))`)).toThrow(
      'You have exceeded the property storage quota. Please remove some properties and try again.',
    );
  });
  test('have a daily quota for reads and writes together', () => {
    const { act } = trial({ quotas: { propertyCallsPerDay: 2 } });
    expect(() => act(`${props} p.setProperty('a', '1'); p.getProperty('a'); p.setProperty('b', '1')`)).toThrow(
      'Service invoked too many times for one day: property writes.',
    );
  });
  test('document services are null without a document', () => {
    expect(
      trial().act(
        `return [PropertiesService.getDocumentProperties(), CacheService.getDocumentCache(), LockService.getDocumentLock()]`,
        null,
        { spreadsheet: null },
      ),
    ).toEqual([null, null, null]);
  });
  test('a custom function reads the owner’s store and cannot write it', () => {
    const { act, google } = trial({ file: { owner: 'owner@x.test' } });
    google.userProperties('owner@x.test').set('k', 'secret');
    const custom = { authMode: 'CUSTOM_FUNCTION', kind: 'custom-function', user: 'b@x.test' } as const;
    expect(act(`return PropertiesService.getUserProperties().getProperty('k')`, null, custom)).toBe('secret');
    expect(() => act(`${props} p.setProperty('k', 'v')`, null, custom)).toThrow(
      'You do not have permission to call setProperty.',
    );
  });
});

describe('cache', () => {
  test('forgets after its time, refuses what is too large, coerces to text', () => {
    const { act, clock } = trial();
    expect(
      act(
        `const c = CacheService.getUserCache(); c.put('a', 1, 60); c.putAll({ b: 'x' }); return c.getAll(['a', 'b', 'c'])`,
      ),
    ).toEqual({ a: '1', b: 'x' });
    clock.advance(61_000);
    expect(act(`return [CacheService.getUserCache().get('a'), CacheService.getUserCache().get('b')]`)).toEqual([
      null,
      'x',
    ]);
    expect(() => act(`CacheService.getUserCache().put('k'.repeat(251), 'v')`)).toThrow('Argument too large: key');
    expect(() => act(`CacheService.getUserCache().put('k', 'v'.repeat(102401))`)).toThrow('Argument too large: value');
  });
  test('drops about a hundred of the oldest when it overflows', () => {
    expect(
      trial({ costs: false }).act(
        `const c = CacheService.getScriptCache(); for (let i = 0; i <= 1000; i++) c.put('k' + i, 'v'); return [c.get('k0'), c.get('k99'), c.get('k100'), c.get('k1000')]`,
      ),
    ).toEqual([null, null, 'v', 'v']);
  });
  test('may lose everything at any time, by the switch', () => {
    expect(
      trial({ platform: { cacheDrops: 'always' } }).act(
        `const c = CacheService.getUserCache(); c.put('a', '1'); return c.get('a')`,
      ),
    ).toBeNull();
  });
});

describe('locks', () => {
  test('end with the execution, are no-ops when held, and are dropped by a dialog', () => {
    const { act, google } = trial();
    const lock = `const lock = LockService.getUserLock();`;
    expect(act(`${lock} lock.releaseLock(); return [lock.tryLock(10), lock.tryLock(10), lock.hasLock()]`)).toEqual([
      true,
      true,
      true,
    ]);
    google.ui.answer('OK');
    expect(act(`${lock} lock.waitLock(10); SpreadsheetApp.getUi().alert('hello'); return lock.hasLock()`)).toBe(false);
  });
  test('waiting for a held lock takes its time and then throws', () => {
    const { google, file, act, clock } = trial({ costs: false });
    let text = '';
    const start = clock.now();
    google.onServiceCall((call) => {
      if (call.member !== 'getUuid') return;
      text =
        google.tryRun('act', [`LockService.getScriptLock().waitLock(5000)`], { spreadsheet: file }).error?.message ??
        '';
    });
    act(`LockService.getScriptLock().waitLock(1); Utilities.getUuid()`);
    expect(text).toBe('Lock timeout: another process was holding the lock for too long.');
    expect(clock.now() - start).toBe(5000);
  });
});

describe('dialogs', () => {
  test('an alert nobody answers stops the test and quotes itself', () => {
    expect(() =>
      trial().act(`SpreadsheetApp.getUi().alert('Title', 'Sure?', SpreadsheetApp.getUi().ButtonSet.YES_NO)`),
    ).toThrow('alert [Title] "Sure?" (YES_NO)');
  });
  test('answers are given in order and everything shown is recorded', () => {
    const { act, google } = trial();
    google.ui.answer('YES', { button: 'OK', text: 'key' });
    expect(
      act(`const ui = SpreadsheetApp.getUi(); const b = ui.alert('a', 'b', ui.ButtonSet.YES_NO); const p = ui.prompt('q?');
        SpreadsheetApp.getActive().toast('done', 'T'); ui.showSidebar(HtmlService.createHtmlOutput('<b>x</b>').setTitle('Side'));
        return [b === ui.Button.YES, String(p.getSelectedButton()), p.getResponseText()]`),
    ).toEqual([true, 'OK', 'key']);
    expect(google.ui.toasts).toMatchObject([{ text: 'done', title: 'T', seconds: 5 }]);
    expect(google.ui.sidebar).toMatchObject({ title: 'Side', html: '<b>x</b>' });
  });
  test('templates run, print escaped and print raw', () => {
    const { google } = trial({
      code: `function page() { const t = HtmlService.createTemplateFromFile('page'); t.items = ['<a>', 'b']; t.raw = '<i>'; return t.evaluate().getContent(); }`,
    });
    const withFile = trial();
    expect(withFile.google).toBeDefined();
    expect(() => google.run('page')).toThrow('No HTML file named page was found.');
    expect(
      trial().act(
        `const t = HtmlService.createTemplate('<? for (const i of items) { ?><li><?= i ?></li><? } ?><?!= raw ?>'); t.items = ['<a>', 'b']; t.raw = '<i>'; return t.evaluate().getContent()`,
      ),
    ).toBe('<li>&lt;a&gt;</li><li>b</li><i>');
  });
});
