/**
 * A list of 100,000 entries and 30 fields, imported by hourly triggers with nobody there, inside the daily quotas of Google: on which
 * day does it end? What the quotas imply is computed here beside it. Prints one line of JSON; `npm run bench -- scale` runs it, since it takes
 * minutes of real time.
 */
import { LIST_IDS } from '../local/affinity';
import { type AccountKind, limitsOf } from '../local/google';
import { importPlan } from '../src/sync/datasets/list';
import { forecast } from '../src/sync/runs/forecast';
import { CALLS_PER_MINUTE, PAGE_ROWS } from './cost-model';
import { KEY, Office } from './office';
import { variants } from './variants';

export interface Scale {
  readonly name: string;
  readonly entries: number;
  readonly fields: number;
  readonly calls: number;
  /** Days of 24 hours from the start: the one that the quotas imply, and the one in which it ended. */
  readonly impliedDay: number;
  readonly endedOnDay: number;
  /** The day that a person is told before it begins. */
  readonly toldDay: number;
  readonly firings: number;
  readonly rows: number;
  readonly refused: number;
  readonly realSeconds: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const FIELDS = 30;
/** What a firing of the trigger takes for a run at most, in minutes: the product's budget. */
const RUN_MINUTES = 4.5;
/** Fields of numbers, to make the thirty full; they are empty in most rows. */
const NUMBER = 3;

/** The day in which the last call goes, from what one day takes: its calls, or the calls that its trigger time has room for. */
export const impliedDay = (calls: number, account: AccountKind): number => {
  const { fetchesPerDay, triggerMsPerDay } = limitsOf[account];
  const minutesPerDay = Math.min(triggerMsPerDay / 60_000, 24 * RUN_MINUTES);
  // A run that begins with an empty minute sends 900 at once, and 900 each minute after it.
  const perRun = CALLS_PER_MINUTE * (Math.floor(RUN_MINUTES) + 1);
  const runsPerDay = Math.floor(minutesPerDay / RUN_MINUTES);
  return Math.ceil(calls / Math.min(fetchesPerDay, perRun * runsPerDay));
};

export const measureScale = (entries: number, account: AccountKind): Scale => {
  const realStart = Date.now();
  const office = new Office({ bundle: variants.ours.bundle(), entries, limits: true, account, perMonth: 'unlimited' });
  const { fields } = office.api<{ fields: readonly unknown[] }>('GET', `/lists/${LIST_IDS.pipeline}`);
  for (let number = fields.length; number < FIELDS; number += 1) {
    const field = { name: `Figure ${number}`, list_id: LIST_IDS.pipeline, entity_type: 8, value_type: NUMBER };
    office.api('POST', '/fields', { ...field, allows_multiple: false, is_list_specific: true, is_required: false });
  }
  office.rpc('connect', KEY);
  const columns = office.rpc('columns', LIST_IDS.pipeline).map(({ key }) => key);
  office.affinity.counter.reset();
  const id = office.rpc('startImport', LIST_IDS.pipeline, columns, '');
  office.rpc('saveSchedule', id, { kind: 'hours', value: 1 }, false);
  const startedAt = office.clock.now();
  let firings = 0;
  const state = () => office.rpc('state').imports[0];
  for (;;) {
    firings += office.google.passTime(HOUR_MS).length;
    if (state()?.dataAsOf != null) break;
    if (firings > 24 * 40) throw new Error(`does not end: ${JSON.stringify(state())}`);
  }
  const { total, byStatus } = office.affinity.counter.read();
  const { world } = office.affinity;
  const directories = Math.ceil(world.persons.size / PAGE_ROWS) + Math.ceil(world.organizations.size / PAGE_ROWS);
  const needed = 1 + Math.ceil(entries / PAGE_ROWS) + entries + directories;
  const planned = importPlan(entries).reduce((sum, { most }) => sum + most, 0);
  const { fetchesPerDay, triggerMsPerDay } = limitsOf[account];
  return {
    name: `scale ${account}`,
    entries,
    fields: columns.length - 1,
    calls: total,
    impliedDay: impliedDay(needed, account),
    toldDay: forecast(planned, { calls: fetchesPerDay, triggerMs: triggerMsPerDay }).days.alone,
    endedOnDay: Math.ceil((office.clock.now() - startedAt) / DAY_MS),
    firings,
    rows: state()?.rows ?? 0,
    refused: byStatus[429] ?? 0,
    realSeconds: (Date.now() - realStart) / 1000,
  };
};
