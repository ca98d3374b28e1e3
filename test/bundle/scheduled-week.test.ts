/**
 * A week of hourly triggers with outages: Affinity down, Google's calls of the day spent, the key revoked and renewed, the trigger removed
 * and restored, the firm's month used up. At every hour what owner and colleague are shown is true, judged by a record of what colleagues
 * did in Affinity; two hours after each fault all imports are current.
 */
import { ADMIN_KEY, Desktop } from './desktop';
import { rpcOf, type ScheduledState } from './unattended';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const OWNER = 'analyst@example.com';
const COLLEAGUE = 'colleague@example.com';
const PIPELINE = 'Deal Pipeline';

type View = ScheduledState['imports'][number];

interface Fault {
  readonly name: string;
  /** Hours since the schedules were set. */
  readonly from: number;
  readonly to: number;
  /** What the owner reads while it lasts, once a firing met it. */
  readonly said: RegExp;
  begin(desktop: Desktop): void;
  end(desktop: Desktop): void;
}

const FAULTS: readonly Fault[] = [
  {
    name: 'Affinity is down for three hours',
    from: 10,
    to: 13,
    said: /not working properly/,
    begin: ({ control }) => void control.addFault({ kind: 'error-503', times: 'always' }),
    end: ({ control }) => control.clearFaults(),
  },
  {
    name: 'Google’s calls of the second day are spent',
    from: 36,
    to: 47,
    said: /number of outside calls for today is used up/,
    begin: ({ google }) => google.faults.add({ at: 'UrlFetchApp.fetchAll', times: 1_000_000, message: 'dayQuota' }),
    end: ({ google }) => google.faults.clear(),
  },
  {
    name: 'the key is revoked, and renewed six hours later',
    from: 60,
    to: 66,
    said: /did not accept your API key/,
    begin: ({ google }) => void google.userProperties(OWNER).set('affinityApiKey', 'revoked'),
    end: ({ google }) => void google.userProperties(OWNER).set('affinityApiKey', ADMIN_KEY),
  },
  {
    name: 'the trigger is removed, and restored by its owner',
    from: 90,
    to: 96,
    said: /trigger of this schedule was removed/,
    begin: ({ google }) => void google.world.triggers.splice(0),
    end(desktop) {
      const rpc = rpcOf(desktop, OWNER);
      for (const { id, schedule } of rpc<ScheduledState>('state').imports) {
        if (schedule !== null) rpc('saveSchedule', id, schedule.cadence, schedule.sendsEdits);
      }
    },
  },
  {
    name: 'the firm’s calls of the month are used up, and the plan is raised',
    from: 120,
    to: 125,
    said: /calls for this month are used up/,
    begin: ({ control }) => control.setUsedInMonth(100_000),
    end: ({ control }) => control.setUsedInMonth(10),
  },
];

/** What a cell of Affinity held, and since when: the test's own record. */
class Record {
  readonly #steps = new Map<string, { readonly at: number; readonly value: string }[]>();
  note(cell: string, at: number, value: string): void {
    this.#steps.set(cell, [...(this.#steps.get(cell) ?? []), { at, value }]);
  }
  /** Whether the cell held this value at some moment from `since` on. */
  held(cell: string, value: string, since: number): boolean {
    const steps = this.#steps.get(cell) ?? [];
    return steps.some(
      (step, index) => step.value === value && (steps[index + 1]?.at ?? Number.POSITIVE_INFINITY) >= since,
    );
  }
}

const start = () => {
  const desktop = new Desktop({
    affinity: { entries: 20 },
    google: { account: 'workspace' },
    spreadsheet: { editors: [COLLEAGUE], timeZone: 'America/New_York' },
  });
  desktop.connect();
  desktop.importList();
  desktop.importList('Companies');
  const rpc = rpcOf(desktop, OWNER);
  const [pipeline, companies] = rpc<ScheduledState>('state').imports;
  rpc('saveSchedule', pipeline?.id, { kind: 'hours', value: 1 }, false);
  rpc('saveSchedule', companies?.id, { kind: 'daily', value: 6 }, false);
  return desktop;
};

/** Six in the morning in New York's summer. */
const SIX_UTC = 10;

/**
 * The instant from which an import has to be called out of date: two hours after the refresh that its schedule promised. The test's own
 * reckoning from the instant as of which the data are.
 */
const promisedUntil = (kind: string, dataFrom: number): number => {
  if (kind === 'hours') return dataFrom + 3 * HOUR;
  const day = new Date(dataFrom);
  const slot = Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate(), SIX_UTC);
  return (slot > dataFrom ? slot : slot + 24 * HOUR) + 2 * HOUR;
};

test('at every hour of the week the state shown is true', () => {
  const desktop = start();
  const { google, clock } = desktop;
  const owner = rpcOf(desktop, OWNER);
  const colleague = rpcOf(desktop, COLLEAGUE);
  const began = clock.now();
  const [headers = [], ...table] = desktop.table();
  const rowsWith = (header: string) =>
    table.flatMap((row) =>
      row[headers.indexOf(header)] === '' ? [] : (row[headers.indexOf('Affinity row ID')] ?? []),
    );
  const rows = { Amount: rowsWith('Amount').slice(0, 3), Nickname: rowsWith('Nickname').slice(0, 2) };
  const record = new Record();
  for (const [header, ids] of Object.entries(rows)) {
    for (const id of ids) record.note(`${id}/${header}`, 0, desktop.person().sees(PIPELINE, desktop.at(id, header)));
  }
  const wrong: string[] = [];
  let expected: { readonly at: number; readonly id: string } | null = null;
  let checks = 0;
  /** Hours after its end until the hourly import had what was changed until then, by fault. */
  const currentAfter = new Map<string, number>();

  const check = (hour: number): void => {
    const now = clock.now();
    const active = FAULTS.find(({ from, to }) => hour > from && hour <= to);
    const over = FAULTS.filter(({ to }) => to <= hour).at(-1);
    const say = (what: string) => wrong.push(`hour ${hour} (${active?.name ?? 'no fault'}): ${what}`);
    const shown = owner<ScheduledState>('state').imports;
    // A colleague looks at it now and then: each look is an execution.
    const shownToColleague = hour % 3 === 0 ? colleague<ScheduledState>('state').imports : shown;
    const sheet = desktop.table();
    const status = desktop.table('Sync status');
    const cellOf = (id: string, header: string) =>
      sheet.find((row) => row[headers.indexOf('Affinity row ID')] === id)?.[headers.indexOf(header)] ?? '';
    // Data: each cell shows what Affinity had at some moment since the instant that is claimed for its column.
    const pipeline = shown[0];
    for (const [header, ids] of Object.entries(rows)) {
      const isOlder = pipeline?.olderColumns.includes(header) === true;
      const since = Date.parse((isOlder ? pipeline?.dataAsOf : pipeline?.changesAsOf) ?? '');
      for (const id of ids) {
        checks += 1;
        if (!record.held(`${id}/${header}`, cellOf(id, header), since))
          say(`${header} of ${id} is older than it claims`);
      }
    }
    for (const [index, view] of shown.entries()) {
      const { schedule, title } = view;
      if (schedule === null) {
        say(`${title} lost its schedule`);
        continue;
      }
      checks += 5;
      const isStale = now > promisedUntil(schedule.cadence.kind, Date.parse(view.changesAsOf ?? ''));
      if (isStale !== now > Date.parse(schedule.freshUntil ?? ''))
        say(`${title}: out of date from ${schedule.freshUntil}`);
      // Out of date is never without a reason, or a run that is about to end it.
      const isAboutToEnd = Date.parse(schedule.nextRun ?? '') <= now + HOUR;
      if (isStale && schedule.trouble === null && !isAboutToEnd) say(`${title} is out of date and nothing is said`);
      if (isStale && !active && over !== undefined && hour >= over.to + 2) say(`${title} is still out of date`);
      // The formula says what the sidebar says.
      const formula = status[index + 1]?.[status[0]?.indexOf('Now') ?? -1];
      if (isStale !== (formula === 'Out of date')) say(`${title}: the tab says ${formula}`);
      // A colleague is told no other data, and no trouble where there is none.
      const theirs = shownToColleague[index]?.schedule;
      if (theirs?.freshUntil !== schedule.freshUntil || theirs?.owner !== OWNER)
        say(`${title}: a colleague is shown other data`);
      if (theirs?.trouble != null && schedule.trouble === null) say(`${title}: a colleague reads ${theirs.trouble}`);
      if (schedule.trouble !== null && active === undefined && (over === undefined || hour >= over.to + 2)) {
        say(`${title}: no fault, but ${schedule.trouble}`);
      }
    }
    const trouble = pipeline?.schedule?.trouble ?? null;
    if (active !== undefined && hour >= active.from + 2 && (trouble === null || !active.said.test(trouble))) {
      say(`the owner reads ${trouble}`);
    }
    // A run that was announced took place, unless the trigger was taken away in between.
    if (expected !== null && expected.at + 5 * MINUTE < now) {
      const { at } = expected;
      const isKept = google.triggerRuns.some(({ startedAt }) => Math.abs(startedAt - at) < 5 * MINUTE);
      const isRemoved = FAULTS.some(
        ({ name, from, to }) => name.startsWith('the trigger') && hour > from && hour <= to + 1,
      );
      if (!isKept && !isRemoved) say(`the run announced for ${new Date(at).toISOString()} did not take place`);
    }
    const next = pipeline?.schedule?.nextRun ?? null;
    expected = next === null ? null : { at: Date.parse(next), id: pipeline?.id ?? '' };
    checks += 2;
    // Two hours after a fault the hourly import has what was changed until its end.
    for (const { to, name } of FAULTS) {
      if (hour >= to && Date.parse(pipeline?.changesAsOf ?? '') >= began + to * HOUR)
        currentAfter.set(name, Math.min(hour - to, currentAfter.get(name) ?? hour));
      if (hour !== to + 2) continue;
      checks += 1;
      for (const view of shown) {
        const isHourly = view.schedule?.cadence.kind === 'hours';
        if (isHourly && !(Date.parse((view as View).changesAsOf ?? '') >= began + to * HOUR))
          say(`not current two hours after: ${name}`);
      }
    }
  };

  for (let hour = 1; hour <= 7 * 24; hour += 1) {
    for (const fault of FAULTS) {
      if (fault.from === hour - 1) fault.begin(desktop);
      if (fault.to === hour - 1) fault.end(desktop);
    }
    // Colleagues work at the 20th minute; the trigger fires about the hour. What they do needs no key of the firm's used-up month.
    google.passTime(20 * MINUTE);
    const [amount = '', nickname = ''] = [
      rows.Amount[hour % rows.Amount.length],
      rows.Nickname[hour % rows.Nickname.length],
    ];
    if (FAULTS.every(({ from, to }) => hour <= from || hour > to)) {
      desktop.colleagueSets(amount, 'Amount', 1000 + hour);
      record.note(`${amount}/Amount`, clock.now(), String(1000 + hour));
      desktop.colleagueSets(nickname, 'Nickname', `name ${hour}`);
      record.note(`${nickname}/Nickname`, clock.now(), `name ${hour}`);
    }
    google.passTime(began + hour * HOUR - clock.now());
    check(hour);
  }

  expect(wrong).toEqual([]);
  expect(google.triggerRuns.filter(({ error }) => error !== null)).toEqual([]);
  const { byEndpoint } = desktop.affinity.counter.read();
  expect(byEndpoint['fieldValueChanges.list'] ?? 0).toBeGreaterThan(0);
  // One mail a trouble and day: the faults of this week, the quota over two of its days.
  expect(google.mails.length).toBeGreaterThanOrEqual(4);
  expect(google.mails.length).toBeLessThanOrEqual(8);
  // Each is about a fault: no import is ever out of date because its runs are slow, and the first firing after a fault ends what it left.
  expect(google.mails.filter(({ subject }) => !subject.endsWith('did not work'))).toEqual([]);
  const hours = [...currentAfter].map(([name, after]) => `${name}: ${after} h`).join('; ');
  console.log(
    `${checks} checks, ${wrong.length} wrong, ${google.triggerRuns.length} firings, ${google.mails.length} mails; hours until current again: ${hours}`,
  );
}, 240_000);
