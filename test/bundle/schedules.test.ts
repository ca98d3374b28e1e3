/** Schedules on the built bundle: set by a person, served by the platform's clock triggers, in front of nobody. */
import { ADMIN_KEY, COLLEAGUE_KEY, Desktop, type DesktopOptions, LIST_IDS } from './desktop';
import { rpcOf, type ScheduledState } from './unattended';

const HOUR = 3_600_000;
const PIPELINE = 'Deal Pipeline';
const OWNER = 'analyst@example.com';
const COLLEAGUE = 'colleague@example.com';

const HOURLY = { kind: 'hours', value: 1 } as const;

const scheduled = (options: DesktopOptions = {}, cadence: object = HOURLY, sendsEdits = false) => {
  const desktop = new Desktop({
    affinity: { entries: 12 },
    ...options,
    spreadsheet: { editors: [COLLEAGUE], ...options.spreadsheet },
  });
  desktop.connect();
  desktop.importList();
  const rpc = rpcOf(desktop, OWNER);
  const state = () => rpc<ScheduledState>('state');
  const [{ id: importId = '' } = {}] = state().imports;
  rpc('saveSchedule', importId, cadence, sendsEdits);
  const schedule = () => {
    const found = state().imports[0]?.schedule;
    if (found === null || found === undefined) throw new Error('no schedule');
    return found;
  };
  const [id = ''] = desktop.ids().filter((row) => desktop.person().sees(PIPELINE, desktop.at(row, 'Amount')) !== '');
  const sees = (header: string) => desktop.person().sees(PIPELINE, desktop.at(id, header));
  return { desktop, rpc, state, schedule, importId, id, sees };
};

const statusCell = (desktop: Desktop, header: string): string => {
  const [headers = [], row = []] = desktop.table('Sync status');
  return row[headers.indexOf(header)] ?? '';
};

test('an hourly schedule brings in what changed in Affinity, and says so', () => {
  const { desktop, schedule, id, sees } = scheduled();
  desktop.colleagueSets(id, 'Amount', 777);
  const runs = desktop.google.passTime(HOUR + 60_000);
  expect(runs.map(({ error }) => error)).toEqual([null]);
  expect(sees('Amount')).toBe('777');
  expect(schedule()).toMatchObject({
    trouble: null,
    failingSince: null,
    owner: OWNER,
    isMine: true,
    lastRun: { result: 'done' },
  });
  const [, newest = []] = desktop.table('Sync log');
  expect(newest).toEqual(expect.arrayContaining([PIPELINE, 'Scheduled refresh', OWNER, 'Done', '12', '1']));
});

test('one trigger serves all schedules of a person in the file; removing the last one removes it', () => {
  const { desktop, rpc, state } = scheduled();
  desktop.importList('Companies');
  const ids = state().imports.map(({ id }) => id);
  rpc('saveSchedule', ids[1], HOURLY, false);
  expect(desktop.google.triggers).toHaveLength(1);
  desktop.google.passTime(HOUR + 60_000);
  expect(state().imports.map(({ schedule }) => schedule?.lastRun?.result)).toEqual(['done', 'done']);
  rpc('removeSchedule', ids[0]);
  expect(desktop.google.triggers).toHaveLength(1);
  rpc('removeSchedule', ids[1]);
  expect(desktop.google.triggers).toHaveLength(0);
  expect(state().imports.map(({ schedule }) => schedule)).toEqual([null, null]);
});

test('a daily schedule runs in the hour of the spreadsheet’s zone, once a day', () => {
  const { desktop } = scheduled({ spreadsheet: { timeZone: 'America/New_York' } }, { kind: 'daily', value: 7 });
  desktop.google.passTime(72 * HOUR);
  const hours = desktop
    .table('Sync log')
    .slice(1)
    .map(([time = '']) => time.slice(0, 13));
  expect(hours).toHaveLength(3);
  expect(new Set(hours).size).toBe(3);
  expect(hours.every((hour) => hour.endsWith(' 07') || hour.endsWith(' 08'))).toBe(true);
});

describe('edits', () => {
  test('stay here without a consent of their own', () => {
    const { desktop, id } = scheduled();
    desktop.person().type(PIPELINE, desktop.at(id, 'Amount'), '4321');
    desktop.google.passTime(2 * HOUR);
    expect(desktop.affinity.counter.read().writes).toBe(0);
    expect(desktop.person().sees(PIPELINE, desktop.at(id, 'Amount'))).toBe('4321');
  });

  test('are sent with it; conflicts and emptied cells are held', () => {
    const { desktop, id, schedule } = scheduled({}, HOURLY, true);
    const others = desktop
      .ids()
      .filter((row) => row !== id && desktop.person().sees(PIPELINE, desktop.at(row, 'Amount')) !== '');
    const [conflicting = '', emptied = ''] = others;
    const before = desktop.valueOf(emptied, 'Amount');
    desktop.person().type(PIPELINE, desktop.at(id, 'Amount'), '4321');
    desktop.person().type(PIPELINE, desktop.at(conflicting, 'Amount'), '111');
    desktop.colleagueSets(conflicting, 'Amount', 222);
    desktop.person().clear(PIPELINE, desktop.at(emptied, 'Amount'));
    desktop.google.passTime(HOUR + 60_000);
    expect(desktop.valueOf(id, 'Amount')).toBe(4321);
    expect(desktop.valueOf(conflicting, 'Amount')).toBe(222);
    expect(desktop.valueOf(emptied, 'Amount')).toBe(before);
    expect(desktop.person().sees(PIPELINE, desktop.at(conflicting, 'Amount'))).toBe('111');
    expect(schedule().lastRun?.message).toMatch(/1 cell sent, 2 held/);
  });
});

test('a row that was typed into the table is not made in Affinity while nobody looks on', () => {
  const { desktop, schedule } = scheduled({}, HOURLY, true);
  const rows = desktop.table().length;
  const [headers = []] = desktop.table();
  const column = String.fromCharCode(65 + headers.indexOf('Name'));
  desktop.person().type(PIPELINE, `${column}${rows + 1}`, 'Typed deal');
  desktop.google.passTime(2 * HOUR);
  expect(desktop.affinity.counter.read().writes).toBe(0);
  expect(desktop.person().sees(PIPELINE, `${column}${rows + 1}`)).toBe('Typed deal');
  expect(schedule().trouble).toBeNull();
});

describe('staleness', () => {
  test('is a formula: true when nothing of ours runs any more', () => {
    const { desktop } = scheduled();
    desktop.google.passTime(HOUR + 60_000);
    expect(statusCell(desktop, 'Now')).toBe('Up to date');
    desktop.clock.advance(2 * HOUR);
    expect(statusCell(desktop, 'Now')).toBe('Late: a scheduled run is missing');
    desktop.clock.advance(3 * HOUR);
    expect(statusCell(desktop, 'Now')).toBe('Out of date');
  });

  test('is computed in a locale with a decimal comma as well', () => {
    const { desktop } = scheduled({ spreadsheet: { locale: 'de_DE', timeZone: 'Europe/Berlin' } });
    desktop.google.passTime(HOUR + 60_000);
    expect(statusCell(desktop, 'Now')).toBe('Up to date');
    desktop.clock.advance(5 * HOUR);
    expect(statusCell(desktop, 'Now')).toBe('Out of date');
  });

  test('a refresh by hand is in the tab as well', () => {
    const { desktop } = scheduled();
    desktop.clock.advance(5 * HOUR);
    expect(statusCell(desktop, 'Now')).toBe('Out of date');
    desktop.refresh();
    expect(statusCell(desktop, 'Now')).not.toBe('Out of date');
  });

  test('a tab that was deleted stays away, and the runs go on', () => {
    const { desktop, schedule } = scheduled();
    desktop.person().deleteSheet('Sync status');
    desktop.person().deleteSheet('Sync log');
    const runs = desktop.google.passTime(HOUR + 60_000);
    expect(runs.map(({ error }) => error)).toEqual([null]);
    expect(schedule().lastRun?.result).toBe('done');
    expect(desktop.file.workbook.sheets.map(({ name }) => name)).not.toContain('Sync status');
  });
});

describe('trouble', () => {
  test('a revoked key: said, mailed once a day, and over when the owner connects again', () => {
    const { desktop, schedule } = scheduled();
    desktop.google.userProperties(OWNER).set('affinityApiKey', 'revoked');
    desktop.google.passTime(10 * HOUR);
    expect(schedule().trouble).toMatch(/did not accept your API key/);
    expect(schedule().failingSince).not.toBeNull();
    expect(desktop.google.mails).toHaveLength(1);
    expect(desktop.google.mails[0]).toMatchObject({ to: OWNER, subject: expect.stringContaining(PIPELINE) });
    expect(desktop.google.mails[0]?.body).toMatch(
      /did not accept your API key[\s\S]*Its data are as of 2026-07-01 16:00/,
    );
    desktop.google.passTime(24 * HOUR);
    expect(desktop.google.mails).toHaveLength(2);
    desktop.google.userProperties(OWNER).set('affinityApiKey', ADMIN_KEY);
    desktop.google.passTime(HOUR + 60_000);
    expect(schedule()).toMatchObject({ trouble: null, failingSince: null });
  });

  test('Affinity down for a moment is no reason for a mail; data out of date are', () => {
    const { desktop, schedule } = scheduled();
    desktop.control.addFault({ kind: 'error-503', times: 'always' });
    desktop.google.passTime(HOUR + 600_000);
    expect(schedule().trouble).toMatch(/not working properly/);
    expect(desktop.google.mails).toHaveLength(0);
    desktop.google.passTime(4 * HOUR);
    expect(desktop.google.mails).toHaveLength(1);
  });

  /** Daily at 13:00, set at 16:00. Before the next 13:00 other programs of the firm leave so little of the minute that it takes hours. */
  const slow = () => {
    const made = scheduled({ affinity: { entries: 120 } }, { kind: 'daily', value: 13 });
    const { desktop } = made;
    const mailsAfter = (hours: number): readonly string[] => {
      desktop.google.passTime(hours * HOUR);
      return desktop.google.mails.map(({ subject }) => subject);
    };
    expect(mailsAfter(20)).toEqual([]);
    expect(statusCell(desktop, 'Now')).toBe('Up to date');
    desktop.control.setQuota({ perMinute: 4 });
    return { ...made, mailsAfter };
  };

  test('runs that are only slow: one mail once the data are out of date, none more when they fail as well', () => {
    const { desktop, schedule, mailsAfter } = slow();
    for (let hour = 0; hour < 5 && statusCell(desktop, 'Now') !== 'Out of date'; hour += 1) {
      expect(desktop.google.mails).toEqual([]);
      mailsAfter(1);
    }
    expect(statusCell(desktop, 'Now')).toBe('Out of date');
    // The firing that finds it so writes, within the hour.
    expect(mailsAfter(1)).toEqual([`Deals: the data of “${PIPELINE}” are out of date`]);
    expect(desktop.google.mails[0]?.body).toMatch(
      /did not finish in time[\s\S]*leave it open[\s\S]*Its data are as of 2026-07-01 16:00/,
    );
    expect(schedule()).toMatchObject({ trouble: null, failingSince: null });
    expect(schedule().lastRun?.message).toMatch(/^Not finished: /);
    desktop.control.addFault({ kind: 'error-503', times: 'always' });
    expect(mailsAfter(2)).toHaveLength(1);
    expect(schedule().trouble).toMatch(/not working properly/);
    desktop.control.clearFaults();
    desktop.control.setQuota({ perMinute: 900 });
    expect(mailsAfter(1)).toHaveLength(1);
    expect(statusCell(desktop, 'Now')).toBe('Up to date');
  });

  test('runs that failed, of which the owner had a mail, and that are then only slow: no second one', () => {
    const { desktop, schedule, mailsAfter } = slow();
    desktop.control.addFault({ kind: 'error-503', times: 'always' });
    expect(mailsAfter(5)).toEqual([expect.stringMatching(/did not work$/)]);
    desktop.control.clearFaults();
    expect(mailsAfter(1)).toHaveLength(1);
    expect(schedule()).toMatchObject({ trouble: null, failingSince: null });
    expect(schedule().lastRun?.message).toMatch(/^Not finished: /);
    expect(statusCell(desktop, 'Now')).toBe('Out of date');
  });

  test('an import whose turn does not come while another takes all the time: said and mailed when it is out of date', () => {
    const { desktop, rpc, state, mailsAfter } = slow();
    desktop.control.setQuota({ perMinute: 900 });
    desktop.importList('Companies');
    desktop.control.setQuota({ perMinute: 4 });
    mailsAfter(1);
    rpc('saveSchedule', state().imports[1]?.id, HOURLY, false);
    expect(mailsAfter(1)).toEqual([]);
    expect(state().imports[1]?.schedule?.lastRun?.message).toMatch(/^Not begun: /);
    // Both are out of date from 15:00 on: one mail names both.
    expect(mailsAfter(2)).toEqual([`Deals: the data of “${PIPELINE}”, “Companies” are out of date`]);
  });

  test('no permission to mail: said, and everything else goes on', () => {
    const declined = (scope: string) => ({
      scopes: [
        'spreadsheets.currentonly',
        'script.external_request',
        'script.container.ui',
        'script.scriptapp',
        'script.send_mail',
        'userinfo.email',
      ]
        .filter((name) => name !== scope)
        .map((name) => `https://www.googleapis.com/auth/${name}`),
    });
    const { desktop, state } = scheduled();
    expect(state().isMailAllowed).toBe(true);
    const asked = rpcOf(desktop, OWNER, declined('script.send_mail'))<ScheduledState>('state');
    expect(asked.isMailAllowed).toBe(false);
  });

  test('no permission for triggers: nothing is stored, and the sentence says what to allow', () => {
    const desktop = new Desktop({ affinity: { entries: 12 } });
    desktop.connect();
    desktop.importList();
    const scopes = ['spreadsheets.currentonly', 'script.external_request', 'script.container.ui'].map(
      (name) => `https://www.googleapis.com/auth/${name}`,
    );
    const rpc = rpcOf(desktop, OWNER, { scopes });
    const [{ id = '' } = {}] = rpc<ScheduledState>('state').imports;
    expect(() => rpc('saveSchedule', id, HOURLY, false)).toThrow(/permission to run when nobody is here was declined/);
    expect(rpc<ScheduledState>('state').imports[0]?.schedule).toBeNull();
    expect(desktop.google.triggers).toHaveLength(0);
  });

  test('triggers used up in other files: said, and nothing is stored', () => {
    const desktop = new Desktop({ affinity: { entries: 12 }, google: { quotas: { triggersPerUser: 0 } } });
    desktop.connect();
    desktop.importList();
    const rpc = rpcOf(desktop, OWNER);
    const [{ id = '' } = {}] = rpc<ScheduledState>('state').imports;
    expect(() => rpc('saveSchedule', id, HOURLY, false)).toThrow(/20 schedule triggers/);
    expect(rpc<ScheduledState>('state').imports[0]?.schedule).toBeNull();
  });

  test('a trigger that was removed: the owner reads it at once, colleagues when nothing came; saving restores it', () => {
    const { desktop, rpc, schedule, importId } = scheduled();
    desktop.google.passTime(HOUR + 60_000);
    const [trigger] = desktop.google.world.triggers.splice(0);
    expect(trigger).toBeDefined();
    expect(schedule()).toMatchObject({
      trouble: expect.stringMatching(/trigger of this schedule was removed/),
      nextRun: null,
    });
    const colleague = rpcOf(desktop, COLLEAGUE);
    const theirs = () => colleague<ScheduledState>('state').imports[0]?.schedule;
    expect(theirs()).toMatchObject({ trouble: null, isMine: false });
    desktop.google.passTime(2 * HOUR);
    expect(theirs()).toMatchObject({
      trouble: expect.stringMatching(/Nothing has run by itself since 2026-07-01 17:00/),
      isToBeSavedAgain: true,
      nextRun: null,
    });
    rpc('saveSchedule', importId, HOURLY, false);
    expect(schedule()).toMatchObject({ trouble: null });
    desktop.google.passTime(HOUR + 60_000);
    expect(schedule().lastRun?.result).toBe('done');
  });

  test('a trigger that is there and never fires is made anew when the schedule is saved', () => {
    const { desktop, rpc, schedule, importId } = scheduled();
    const [before] = desktop.google.triggers;
    if (before !== undefined) before.disabled = true;
    desktop.google.passTime(3 * HOUR);
    expect(schedule().trouble).toMatch(/Nothing has run by itself since/);
    rpc('saveSchedule', importId, HOURLY, false);
    desktop.google.passTime(HOUR + 60_000);
    expect(schedule()).toMatchObject({ trouble: null, lastRun: { result: 'done' } });
    expect(desktop.google.triggers).toHaveLength(1);
  });

  test('a colleague takes over the schedule of somebody who left; their trigger does nothing more and goes', () => {
    const { desktop, importId, id, sees } = scheduled();
    const colleague = rpcOf(desktop, COLLEAGUE);
    colleague('connect', COLLEAGUE_KEY);
    colleague('saveSchedule', importId, HOURLY, false);
    desktop.google.userProperties(OWNER).delete('affinityApiKey');
    desktop.colleagueSets(id, 'Amount', 778);
    desktop.google.passTime(HOUR + 120_000);
    expect(sees('Amount')).toBe('778');
    expect(colleague<ScheduledState>('state').imports[0]?.schedule).toMatchObject({
      owner: COLLEAGUE,
      isMine: true,
      trouble: null,
    });
    expect(desktop.google.triggers.map(({ user }) => user)).toEqual([COLLEAGUE]);
  });

  test('an owner who disconnected: said and mailed, nothing is read with another key', () => {
    const { desktop, schedule } = scheduled();
    desktop.click('Disconnect from Affinity', 'OK', 'OK');
    desktop.affinity.counter.reset();
    desktop.google.passTime(2 * HOUR);
    expect(desktop.affinity.counter.read().total).toBe(0);
    expect(schedule().trouble).toMatch(/not connected to Affinity/);
    expect(desktop.google.mails).toHaveLength(1);
  });

  test('a file too large: said, mailed, and over when there is room', () => {
    const { desktop, schedule } = scheduled();
    const message = 'This action would increase the number of cells in the workbook above the limit of 10000000 cells.';
    desktop.google.faults.add({ at: 'SpreadsheetApp.flush', nth: 1, message });
    desktop.google.passTime(HOUR + 60_000);
    expect(schedule().trouble).toMatch(/10 million cells/);
    expect(desktop.google.mails).toHaveLength(1);
    desktop.google.passTime(HOUR);
    expect(schedule().trouble).toBeNull();
  });

  test('Google’s trigger time of a consumer’s day is counted; runs stop before it is over, say so, and go on the next day', () => {
    const user = 'analyst@gmail.com';
    const desktop = new Desktop({ affinity: { entries: 12 }, spreadsheet: { owner: OWNER, editors: [user] } });
    const rpc = rpcOf(desktop, user);
    rpc('connect', ADMIN_KEY);
    desktop.connect();
    desktop.importList();
    const [{ id = '' } = {}] = rpc<ScheduledState>('state').imports;
    rpc('saveSchedule', id, HOURLY, false);
    desktop.google.passTime(HOUR + 60_000);
    desktop.google.userProperties(user).set('triggerDay', `${Math.round(desktop.clock.now())}/${88 * 60_000}`);
    desktop.google.passTime(2 * HOUR);
    const trouble = () => rpc<ScheduledState>('state').imports[0]?.schedule?.trouble;
    expect(trouble()).toMatch(/time for scheduled runs is used up for your account for today.*after 2026-07-02 17:/);
    desktop.google.passTime(24 * HOUR);
    expect(trouble()).toBeNull();
  });
});

describe('the platform’s open questions', () => {
  test('a firing without its file: nothing is read, the owner has one mail a day and reads it in the sidebar', () => {
    const { desktop, schedule } = scheduled({ google: { platform: { activeSpreadsheetInClockTrigger: false } } });
    desktop.affinity.counter.reset();
    const runs = desktop.google.passTime(30 * HOUR);
    expect(runs.filter(({ error }) => error !== null)).toEqual([]);
    expect(desktop.affinity.counter.read().total).toBe(0);
    expect(schedule()).toMatchObject({ trouble: expect.stringMatching(/without giving it this file/), nextRun: null });
    expect(statusCell(desktop, 'Now')).toBe('Out of date');
    expect(desktop.google.mails.length).toBeGreaterThan(0);
    expect(desktop.google.mails.length).toBeLessThanOrEqual(2);
  });

  test('bound to one sheet, a long import goes on between the hours; in the add-on, in the next one', () => {
    const longImport = (container: 'bound' | 'addon') => {
      const desktop = new Desktop({
        affinity: { entries: 1200, quota: { perMinute: 200 } },
        google: { platform: { container }, account: 'workspace' },
      });
      desktop.connect();
      const rpc = rpcOf(desktop, OWNER);
      const columns = rpc<readonly { key: string }[]>('columns', LIST_IDS.pipeline).slice(0, 3);
      const id = rpc<string>(
        'startImport',
        LIST_IDS.pipeline,
        columns.map(({ key }) => key),
        '',
      );
      rpc('saveSchedule', id, HOURLY, false);
      desktop.google.passTime(HOUR + 50 * 60_000);
      return rpc<ScheduledState>('state').imports[0];
    };
    expect(longImport('addon')).toMatchObject({ dataAsOf: null, schedule: { trouble: null } });
    const bound = longImport('bound');
    expect(bound).toMatchObject({ rows: 1200, schedule: { trouble: null } });
    expect(bound?.dataAsOf).not.toBeNull();
  });
});

test('the handler serves triggers that this person made here, and nothing else', () => {
  const { desktop } = scheduled();
  desktop.affinity.counter.reset();
  const [trigger] = desktop.google.triggers;
  for (const event of [undefined, {}, { triggerUid: '1' }, 'x', [trigger?.uid]]) {
    expect(() => desktop.google.run('runSchedules', [event], { spreadsheet: desktop.file })).toThrow(/own schedule/);
  }
  expect(() =>
    desktop.google.run('runSchedules', [{ triggerUid: trigger?.uid }], { spreadsheet: desktop.file, user: COLLEAGUE }),
  ).toThrow(/own schedule/);
  expect(desktop.affinity.counter.read().total).toBe(0);
});

test('a copied file has no schedule and no trigger', () => {
  const { desktop } = scheduled();
  const copy = desktop.google.copySpreadsheet(desktop.file);
  const reply = JSON.parse(
    String(desktop.google.scriptRun('rpc', [JSON.stringify({ name: 'state', args: [] })], { spreadsheet: copy })),
  ) as { value: ScheduledState };
  expect(reply.value.imports.map(({ schedule }) => schedule)).toEqual([null]);
});
