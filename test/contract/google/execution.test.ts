import { ExecutionKilled, ScriptError, Unsupported } from '../../../local/google/index';
import { trial } from './trial';

describe('one execution', () => {
  // Facts 11 and 16 #1.
  test('has fresh globals each time', () => {
    const { google, file } = trial({ code: 'var count = 0; function bump() { return ++count; }' });
    expect([google.run('bump', [], { spreadsheet: file }), google.run('bump', [], { spreadsheet: file })]).toEqual([
      1, 1,
    ]);
  });
  test('lacks what the platform lacks', () => {
    const names = [
      'setTimeout',
      'fetch',
      'URL',
      'process',
      'Buffer',
      'require',
      'structuredClone',
      'TextEncoder',
      'atob',
      'queueMicrotask',
      'window',
      'crypto',
    ];
    expect(trial().act(`return arg.filter((name) => typeof globalThis[name] !== 'undefined')`, names)).toEqual([]);
  });
  test('runs top-level code in its own mode', () => {
    const { google, file } = trial({
      code: 'const store = PropertiesService.getUserProperties(); function onOpen() {}',
    });
    expect(google.run('onOpen', [], { spreadsheet: file, authMode: 'LIMITED' })).toBeUndefined();
    expect(() => google.run('onOpen', [], { spreadsheet: file, authMode: 'NONE' })).toThrow(
      'You do not have permission to call PropertiesService.getUserProperties.',
    );
  });
  test('throws what the script throws, with its name', () => {
    const caught = (): unknown => {
      try {
        return trial().act(`throw new TypeError('bad')`);
      } catch (fault) {
        return fault;
      }
    };
    expect(caught()).toBeInstanceOf(ScriptError);
    expect(caught()).toMatchObject({ name: 'TypeError', message: 'bad' });
  });
  test('says which function is missing', () => {
    expect(() => trial().google.run('nope')).toThrow('Script function not found: nope');
  });

  // Facts 16 #2.
  test('is killed at its deadline, and no catch or finally of the script survives it', () => {
    const { act, file, google } = trial();
    const source = `
      sheet.getRange('A1').setValue('flushed'); SpreadsheetApp.flush();
      sheet.getRange('A2').setValue('pending');
      try { Utilities.sleep(300000); Utilities.sleep(300000); } catch (e) { } finally {
        try { sheet.getRange('A3').setValue('finally'); SpreadsheetApp.flush(); } catch (e) {}
      }
      return 'survived';`;
    expect(() => act(source)).toThrow('Exceeded maximum execution time');
    expect(google.person(file).seesTable('Sheet1')).toEqual([['flushed']]);
  });
  test('of a simple trigger ends after thirty seconds', () => {
    const { google, file } = trial({ code: 'function onOpen() { Utilities.sleep(31000); }' });
    expect(google.openDocument({ spreadsheet: file, enabled: true })?.error).toBeInstanceOf(ExecutionKilled);
  });
  test('in an endless loop without calls is broken off', () => {
    const { act } = trial({ backstopMs: 200 });
    expect(() => act('for (;;) {}')).toThrow('Exceeded maximum execution time');
  });

  test('reports an unsupported member by name, even when the script catches it', () => {
    const { act } = trial();
    expect(() => act(`sheet.getPivotTables()`)).toThrow('local Google does not support Sheet.getPivotTables');
    expect(() => act(`try { sheet.getRange('A1').getRichTextValue() } catch (e) {} return 1`)).toThrow(Unsupported);
    expect(() => act(`DriveApp.getFiles()`)).toThrow('local Google does not support DriveApp.getFiles');
    expect(() => act(`return SpreadsheetApp.ProtectionType.CELL`)).toThrow(
      'local Google does not support ProtectionType.CELL',
    );
    expect(() => act(`sheet.name = 'x'`)).toThrow('local Google does not support setting Sheet.name');
  });
  test('captures console and Logger', () => {
    const { google, file } = trial();
    const { logs } = google.tryRun('act', [`console.log('a %s', 1); console.error({ b: 2 }); Logger.log('c')`], {
      spreadsheet: file,
    });
    expect(logs).toEqual([
      { level: 'DEBUG', text: 'a 1' },
      { level: 'ERROR', text: '{"b":2}' },
      { level: 'INFO', text: 'c' },
    ]);
  });
  test('counts its calls and their estimated time', () => {
    const { google, act, clock } = trial();
    const before = clock.now();
    act(`for (let i = 1; i <= 3; i++) sheet.getRange(i, 1).setValue(i); sheet.getRange('A1:A3').getValues();`);
    expect(google.calls.byMember).toMatchObject({ 'Range.setValue': 3, 'Range.getValues': 1, 'Sheet.getRange': 4 });
    expect(google.calls.spreadsheet).toBe(4);
    expect(clock.now() - before).toBe(Math.floor(google.calls.estimatedMs));
  });
});

// Facts 4.
describe('authorization modes', () => {
  const permitted = (mode: 'NONE' | 'LIMITED' | 'CUSTOM_FUNCTION' | 'FULL', call: string): boolean => {
    const { google, file } = trial({
      hosts: { 'https://a.test': () => ({ status: 200, headers: {}, body: '' }) },
      code: `function go() { ${call}; }`,
    });
    google.ui.answer('OK');
    return (
      google.tryRun('go', [], {
        spreadsheet: file,
        authMode: mode,
        kind: mode === 'CUSTOM_FUNCTION' ? 'custom-function' : 'editor',
      }).error === null
    );
  };
  const modes = ['NONE', 'LIMITED', 'CUSTOM_FUNCTION', 'FULL'] as const;
  test.each([
    ['SpreadsheetApp.getActive().getName()', [false, true, true, true]],
    ["SpreadsheetApp.getActiveSheet().getRange('A1').setValue(1)", [false, true, false, true]],
    ['PropertiesService.getDocumentProperties()', [false, true, true, true]],
    ["UrlFetchApp.fetch('https://a.test/')", [false, false, true, true]],
    ["SpreadsheetApp.getUi().createAddonMenu().addItem('a', 'b').addToUi()", [true, true, false, true]],
    ["SpreadsheetApp.getUi().alert('x')", [false, false, false, true]],
    ["SpreadsheetApp.getUi().showSidebar(HtmlService.createHtmlOutput('x'))", [false, false, false, true]],
    ['ScriptApp.getProjectTriggers()', [false, false, false, true]],
    ['Session.getActiveUserLocale()', [true, true, true, true]],
    ['Session.getEffectiveUser().getEmail()', [false, false, false, true]],
    ["Utilities.getUuid(); Logger.log('x')", [true, true, true, true]],
  ])('%s', (call, expected) => {
    expect(modes.map((mode) => permitted(mode, call))).toEqual(expected);
  });
  test('the first opening has no authorization, later ones after a use have some', () => {
    const { google, file } = trial({ code: 'function onOpen(e) { console.log(e.authMode + "") } function use() {}' });
    expect(google.openDocument({ spreadsheet: file })?.logs[0]?.text).toBe('NONE');
    google.run('use', [], { spreadsheet: file });
    expect(google.openDocument({ spreadsheet: file })?.logs[0]?.text).toBe('LIMITED');
  });
});

// Facts 6: granular consent.
describe('scopes', () => {
  const scope = 'https://www.googleapis.com/auth/script.external_request';
  const manifest = {
    timeZone: 'Etc/UTC',
    oauthScopes: ['https://www.googleapis.com/auth/spreadsheets.currentonly', scope],
  };
  test('a declined scope refuses its service with the scope in the text, and can be asked for', () => {
    const { act } = trial({ manifest });
    const declined = { scopes: [manifest.oauthScopes[0] ?? ''] };
    expect(() => act(`UrlFetchApp.fetch('https://a.test/')`, null, declined)).toThrow(
      `You do not have permission to call UrlFetchApp.fetch. Required permissions: ${scope}`,
    );
    expect(
      act(
        `const info = ScriptApp.getAuthorizationInfo(ScriptApp.AuthMode.FULL, [arg]); return [String(info.getAuthorizationStatus()), info.getAuthorizedScopes()]`,
        scope,
        declined,
      ),
    ).toEqual(['REQUIRED', []]);
  });
  test('a scope the manifest does not declare is never granted', () => {
    expect(() => trial({ manifest }).act(`ScriptApp.getProjectTriggers()`)).toThrow('script.scriptapp');
    expect(() => trial({ manifest }).act(`SpreadsheetApp.openById('x')`)).toThrow('auth/spreadsheets');
  });
});
