import { ExecutionKilled, type ServiceCall } from '../../../local/google/index';
import { trial } from './trial';

const killAt = (member: string, verdict: 'kill-before' | 'kill-after', nth = 1) => {
  let seen = 0;
  return (call: ServiceCall): 'kill-before' | 'kill-after' | undefined =>
    `${call.service}.${call.member}` === member && ++seen === nth ? verdict : undefined;
};

// Facts 7.3: writes are buffered; flush, a read or the end sends them.
describe('buffered writes', () => {
  test('are lost when the execution is killed before a flush', () => {
    const { google, file, act } = trial();
    google.onServiceCall(killAt('Range.setValue', 'kill-after', 2));
    expect(() => act(`sheet.getRange('A1').setValue('first'); sheet.getRange('A2').setValue('second');`)).toThrow(
      ExecutionKilled,
    );
    expect(google.person(file).seesTable('Sheet1')).toEqual([]);
  });
  test('survive when a flush came first', () => {
    const { google, file, act } = trial();
    google.onServiceCall(killAt('Range.setValue', 'kill-before', 2));
    expect(() =>
      act(`sheet.getRange('A1').setValue('first'); SpreadsheetApp.flush(); sheet.getRange('A2').setValue('second');`),
    ).toThrow(ExecutionKilled);
    expect(google.person(file).seesTable('Sheet1')).toEqual([['first']]);
  });
  test('are sent by a read of that sheet, and only of that sheet', () => {
    const { google, file, act } = trial();
    google.person(file).addSheet('Other');
    google.person(file).select('Sheet1');
    google.onServiceCall(killAt('Utilities.getUuid', 'kill-before'));
    const source = `const other = SpreadsheetApp.getActive().getSheetByName('Other');
      sheet.getRange('A1').setValue('here'); other.getRange('A1').setValue('there');
      sheet.getLastRow(); Utilities.getUuid();`;
    expect(() => act(source)).toThrow(ExecutionKilled);
    expect([google.person(file).sees('Sheet1', 'A1'), google.person(file).sees('Other', 'A1')]).toEqual(['here', '']);
  });
  test('are sent by the normal end, and by an uncaught error', () => {
    const { google, file, act } = trial();
    expect(() => act(`sheet.getRange('A1').setValue('kept'); throw new Error('late')`)).toThrow('late');
    expect(google.person(file).sees('Sheet1', 'A1')).toBe('kept');
  });
  test('keep their order with inserted rows, and bounds are those of the grid to be', () => {
    const { google, file, act } = trial();
    act(
      `sheet.getRange('A1').setValue('a'); sheet.insertRowsBefore(1, 1); sheet.getRange('A1').setValue('b'); sheet.getRange(1001, 1).setValue('end');`,
    );
    expect(google.person(file).sees('Sheet1', 'A1')).toBe('b');
    expect(google.person(file).sees('Sheet1', 'A2')).toBe('a');
    expect(google.person(file).sees('Sheet1', 'A1001')).toBe('end');
  });
  test('line changes are lost with a kill as well, or kept by the switch', () => {
    for (const [structuralCalls, rows] of [
      ['buffered', 1000],
      ['at-once', 1005],
    ] as const) {
      const { google, file, act } = trial({ platform: { structuralCalls } });
      google.onServiceCall(killAt('Sheet.insertRowsAfter', 'kill-after'));
      expect(() => act(`sheet.insertRowsAfter(1, 5)`)).toThrow(ExecutionKilled);
      expect(google.snapshot(file).sheets[0]?.['grid']).toEqual([rows, 26]);
    }
  });
  test('properties and requests are not buffered', () => {
    const fetched: string[] = [];
    const { google, act } = trial({
      hosts: {
        'https://a.test': (request) => {
          fetched.push(request.url);
          return { status: 200, headers: {}, body: '' };
        },
      },
    });
    google.onServiceCall(killAt('UrlFetchApp.fetch', 'kill-after'));
    expect(() =>
      act(`PropertiesService.getUserProperties().setProperty('k', 'v'); UrlFetchApp.fetch('https://a.test/')`),
    ).toThrow(ExecutionKilled);
    expect(google.userProperties().get('k')).toBe('v');
    expect(fetched).toEqual(['https://a.test/']);
  });
});

describe('hooks', () => {
  test('a kill at the n-th call leaves no later effect, for every n', () => {
    const source = `try { sheet.getRange('A1').setValue(1); SpreadsheetApp.flush(); sheet.getRange('A2').setValue(2); SpreadsheetApp.flush(); }
      finally { try { sheet.getRange('B1').setValue('cleanup'); SpreadsheetApp.flush(); } catch (e) {} }`;
    const endings = new Set<string>();
    for (let n = 0; n < 30; n++) {
      const { google, file } = trial();
      google.onServiceCall((call) => (call.index === n ? 'kill-after' : undefined));
      const { error } = google.tryRun('act', [source], { spreadsheet: file });
      const table = JSON.stringify(google.person(file).seesTable('Sheet1'));
      if (error === null) {
        expect(table).toBe('[["1","cleanup"],["2",""]]');
        break;
      }
      endings.add(table);
    }
    expect([...endings].sort()).toEqual(['[["1","cleanup"],["2",""]]', '[["1"],["2"]]', '[["1"]]', '[]']);
  });
  test('a person may act between two calls', () => {
    const { google, file, act } = trial();
    const stop = google.onServiceCall((call) => {
      if (call.member === 'getValues') google.person(file).type('Sheet1', 'A1', 'typed meanwhile');
    });
    expect(act(`sheet.getRange('A1').setValue('script'); return sheet.getRange('A1').getValues()`)).toEqual([
      ['script'],
    ]);
    stop();
    expect(google.person(file).sees('Sheet1', 'A1')).toBe('script');
  });
  test('a second execution may run beside the first, with its own globals, and sees its locks', () => {
    const { google, file, act } = trial();
    let inner: unknown;
    google.onServiceCall((call) => {
      if (call.member === 'getUuid') {
        inner = google.run('act', [`return LockService.getDocumentLock().tryLock(1000)`], {
          spreadsheet: file,
          user: 'b@x.test',
        });
      }
    });
    act(`LockService.getDocumentLock().waitLock(100); Utilities.getUuid();`);
    expect(inner).toBe(false);
    expect(act(`return LockService.getDocumentLock().tryLock(0)`)).toBe(true);
  });
  test('faults of section 15 strike at the n-th call, before or after its effect', () => {
    const { google, act } = trial();
    google.faults.add({ at: 'Range.setValue', nth: 2, message: 'timedOut' });
    expect(
      act(`const texts = []; for (let i = 1; i <= 3; i++) try { sheet.getRange(i, 1).setValue(i) } catch (e) { texts.push(e.message) }
           return [texts, sheet.getRange('A1:A3').getValues()]`),
    ).toEqual([['Service Spreadsheets timed out while accessing document with id 1AbC.'], [[1], [''], [3]]]);
    google.faults.add({ at: 'Properties.setProperty', when: 'after', message: 'internal' });
    expect(() => act(`PropertiesService.getUserProperties().setProperty('a', 'b')`)).toThrow('server error');
    expect(google.userProperties().get('a')).toBe('b');
  });
});
