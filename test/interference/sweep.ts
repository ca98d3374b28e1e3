/** Plays a scenario with an act of a person before one of its service calls, and says what is not as it should be at the end. */
import type { Desktop } from '../bundle/desktop';
import { withoutTimes } from '../kill/picture';
import { agreeing } from '../kill/scenarios';
import type { Act, Trace } from './acts';
import type { Scenario, Stage } from './scenarios';
import { type Answered, answered, meetsAct, OUT_OF_REACH } from './service-trace';
import { DOUBLE, FAR, hasTable, OWN, PIPELINE, remoteValues, rowsShown, type Shown, type StageOptions } from './world';

type Rows = ReadonlyMap<string, Shown>;
type Remote = ReadonlyMap<string, string>;

interface Look {
  readonly rows: Rows;
  readonly remote: Remote;
}

const look = (desktop: Desktop): Look => ({ rows: rowsShown(desktop), remote: remoteValues(desktop) });

/** The run without anybody: its calls, and the world before it, after it and after the next run. */
export interface Clean {
  readonly scenario: Scenario;
  readonly stage: Stage;
  readonly calls: readonly Answered[];
  readonly before: Look;
  readonly after: Look;
  readonly end: Look;
  /** Troubles by the end state of a run: states that look alike go on alike. */
  readonly judged: Map<string, readonly string[]>;
}

/** What follows the run, some minutes later; gives what dialogs said. */
const goOn = (desktop: Desktop, { next }: Scenario): string => {
  const said: unknown[] = [];
  const stop = desktop.google.onServiceCall(({ effect, args }) => {
    if (effect === 'ui') said.push(args);
  });
  for (const command of next) {
    desktop.clock.advance(200_000);
    agreeing(desktop, command);
  }
  stop();
  return JSON.stringify(said);
};

export const playClean = (scenario: Scenario, options: StageOptions): Clean => {
  const stage = scenario.prepare(options);
  const desktop = stage.desktop.copy();
  const calls: Answered[] = [];
  const stop = desktop.google.onServiceAnswer((call, answer) => calls.push(answered(call, answer)));
  scenario.run(desktop);
  stop();
  const after = look(desktop);
  goOn(desktop, scenario);
  const before = look(stage.desktop);
  return { scenario, stage, calls, before, after, end: look(desktop), judged: new Map() };
};

export interface Played {
  readonly desktop: Desktop;
  readonly trace: Trace;
  /** Last call of the act's class: before each from its own on the act is the same. */
  readonly last: number;
  readonly at: string;
  /** What dialogs said. */
  readonly said: string;
}

/** Runs the scenario in a copy of its world, with the act before the call of this number, from 0. */
export const play = ({ scenario, stage, calls }: Clean, act: Act, number: number): Played => {
  const desktop = stage.desktop.copy();
  let index = -1;
  let isActing = false;
  let waiting = 0;
  let last: number | null = null;
  let trace: Trace | null = null;
  const said: unknown[] = [];
  const stops = [
    desktop.google.onServiceCall((call) => {
      if (isActing || call.execution.options.kind === 'simple-trigger') {
        if (OUT_OF_REACH.has(call.effect)) throw new Error(`an act uses ${call.service}.${call.member}`);
        return;
      }
      index += 1;
      if (call.effect === 'ui') said.push(call.args);
      if (index === number) {
        isActing = true;
        trace = act.act(desktop, stage.rows);
        isActing = false;
      }
      waiting = call.execution.pending.size;
    }),
    desktop.google.onServiceAnswer((call, answer) => {
      if (isActing || index < number || last !== null || call.execution.options.kind === 'simple-trigger') return;
      const after = call.execution.pending.size;
      if (meetsAct(call, answered(call, answer), calls[index], { before: waiting, after })) last = index;
    }),
  ];
  try {
    scenario.run(desktop);
  } finally {
    for (const stop of stops) stop();
  }
  if (trace === null) throw new Error(`${scenario.name} has no call ${number}`);
  const at = `${number} (${calls[number]?.name}) to ${last ?? calls.length - 1}`;
  return { desktop, trace, last: last ?? calls.length - 1, at, said: JSON.stringify(said) };
};

/** Everything that the next run can see, times and the numbers of runs apart. */
export const stateOf = (desktop: Desktop): string => {
  const { workbook } = desktop.file;
  const sheets = workbook.sheets.map(({ name, hidden, maxColumns, cells }) => [
    name,
    hidden,
    maxColumns,
    cells.rows.map(
      (row) =>
        row && [row.values, [...(row.formulas ?? [])], row.styles.map((style) => style?.attributes.numberFormat ?? 0)],
    ),
  ]);
  const metadata = workbook.metadata.map(({ key, value, place }) => [key, value, place]);
  const properties = [...desktop.google.documentProperties(desktop.file)].flatMap(([name, value]) =>
    name.startsWith('lease.') ? [] : [name.startsWith('edit.') ? value : `${name} ${value}`],
  );
  return withoutTimes(JSON.stringify([sheets, metadata, properties.sort(), [...remoteValues(desktop)]]));
};

const quote = (text: string | undefined): string => (text === undefined ? 'nothing' : `“${text}”`);

/** Own columns of the analyst, which nobody but a person fills. */
const _OWN_COLUMNS: readonly string[] = [OWN, FAR, DOUBLE];

const cellTroubles = (when: string, { typed, gone, without }: Trace, now: Rows, allowed: readonly Rows[]): string[] => {
  const troubles: string[] = [];
  for (const [key, shown] of now) {
    if (key === gone) continue;
    const lines = allowed.flatMap((rows) => {
      const line = rows.get(key);
      return line === undefined ? [] : [line];
    });
    for (const header of new Set([...Object.keys(shown), ...lines.flatMap((line) => Object.keys(line))])) {
      if (header === without || (typed?.id === key && typed.header === header)) continue;
      // A formula that reads a cell which was typed in or deleted says something else.
      if (header === DOUBLE && (without === 'Amount' || (typed?.id === key && typed.header === 'Amount'))) continue;
      if (without === DOUBLE && header === '') continue;
      if (!lines.some((line) => (line[header] ?? '') === (shown[header] ?? '')))
        troubles.push(
          `${when}: ${key}/${header} says ${quote(shown[header])}, not ${lines.map((line) => quote(line[header])).join(' or ')}`,
        );
    }
  }
  return troubles;
};

const looseTroubles = (when: string, desktop: Desktop, text: string): string[] => {
  const places = ['Sheet1', ...(hasTable(desktop) ? [PIPELINE] : [])].flatMap((tab) =>
    desktop.table(tab).flatMap((line) => line.filter((cell) => cell === text)),
  );
  return places.length === 1 || text === '' ? [] : [`${when}: “${text}” stands ${places.length} times`];
};

const typedTroubles = (when: string, { typed }: Trace, now: Rows, isRemoved: boolean, said: string): string[] => {
  if (typed === undefined) return [];
  const { id, header, text } = typed;
  const shown = now.get(id);
  // A person agreed that the row goes, and was shown what stood in it.
  if (shown === undefined && isRemoved && said.includes(text)) return [];
  return shown?.[header] === text
    ? []
    : [`${when}: ${id}/${header} says ${quote(shown?.[header])}, not ${quote(text)}`];
};

const remoteTroubles = (clean: Clean, { typed, gone, without }: Trace, now: Remote, said: string): string[] => {
  const { before, end, scenario } = clean;
  const typedTexts =
    typed === undefined ? [] : [JSON.stringify(Number(typed.text)), JSON.stringify(typed.text), undefined];
  return [...new Set([...now.keys(), ...end.remote.keys(), ...before.remote.keys()])].flatMap((key) => {
    const [id = '', header] = key.split('/');
    const value = now.get(key);
    const isTyped = typed?.id === id && typed.header === header;
    if (scenario.removesWhatItNames) {
      const title = JSON.stringify((before.rows.get(id)?.Name ?? '').replace(/^'/, '')).slice(1, -1);
      const isNamed = said.includes(` ${title}`);
      const isRight = value === before.remote.get(key) || (value === undefined && isNamed && !now.has(id));
      return isRight || (isTyped && typedTexts.includes(value)) ? [] : [`Affinity: ${key} is ${value}`];
    }
    const allowed = [
      end.remote.get(key),
      ...(isTyped || id === gone || header === without ? [before.remote.get(key)] : []),
      ...(isTyped ? typedTexts : []),
    ];
    return allowed.includes(value) ? [] : [`Affinity: ${key} is ${value}, not ${allowed.join(' or ')}`];
  });
};

/** What is not as it should be, right after the run and after the next one. */
export const troublesOf = (clean: Clean, { desktop, trace, said }: Played): readonly string[] => {
  const { before, after, end, judged, scenario } = clean;
  const key = JSON.stringify([stateOf(desktop), trace, withoutTimes(said)]);
  const unseen = desktop.google.unseenFaults.map((fault) => `the edit trigger failed: ${fault.message}`);
  const known = judged.get(key);
  if (known !== undefined) return [...known, ...unseen];
  const { gone, loose } = trace;
  const troubles: string[] = [];
  const now = look(desktop);
  const isRemoved = (id: string | undefined): boolean => id !== undefined && !end.rows.has(id);
  troubles.push(
    ...typedTroubles('after the run', trace, now.rows, isRemoved(trace.typed?.id), said),
    ...(loose === undefined ? [] : looseTroubles('after the run', desktop, loose)),
    ...cellTroubles('after the run', trace, withoutLoose(now.rows, loose), [
      before.rows,
      after.rows,
      missing(before.rows, after.rows),
    ]),
  );
  const saidNext = goOn(desktop, scenario);
  const then = look(desktop);
  troubles.push(
    ...typedTroubles('at the end', trace, then.rows, isRemoved(trace.typed?.id), said + saidNext),
    ...(loose === undefined ? [] : looseTroubles('at the end', desktop, loose)),
    ...cellTroubles('at the end', trace, withoutLoose(then.rows, loose), [end.rows]),
    ...[...end.rows.keys()]
      .filter((id) => !then.rows.has(id) && !(id === gone && !end.remote.has(id)))
      .map((id) => `at the end: row ${id} is not there`),
    ...[...withoutLoose(then.rows, loose).keys()]
      .filter((id) => !end.rows.has(id) && id !== trace.typed?.id)
      .map((id) => `at the end: row ${id} is there`),
    ...remoteTroubles(clean, trace, then.remote, said),
  );
  judged.set(key, troubles);
  return [...troubles, ...unseen];
};

/** A row that was not there before may lack cells that the next run brings. */
const missing = (before: Rows, after: Rows): Rows =>
  new Map(
    [...after].flatMap(([id, shown]) =>
      before.has(id) ? [] : [[id, Object.fromEntries(Object.keys(shown).map((header) => [header, '']))]],
    ),
  );

const withoutLoose = (rows: Rows, loose: string | undefined): Rows =>
  new Map(
    [...rows].filter(
      ([key, shown]) => !(key.startsWith('beside') && loose !== undefined && Object.values(shown).includes(loose)),
    ),
  );
