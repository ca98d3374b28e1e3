/**
 * `npm run bench`: every variant does every case, each in a process and an office of its own, two processes at a time. Prints a table,
 * or with `--json` one object; `--keep` writes the figures where the documentation's chart is drawn from.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { CASES, type Figure, type Floor, floorOf, measure } from './cases';
import { CALLS_PER_MINUTE, EXECUTION_START_MS, ROUND_TRIP_MS } from './cost-model';
import { figureTable, worded } from './figure-table';
import { type PlanningCase, planningCases } from './planning';
import { measureScale, type Scale } from './scale';
import { type VariantName, variants } from './variants';

const FIGURES = 'docs/bench/figures.json';
const SIDE_BY_SIDE = 2;
const FLOORS = [1_000, 10_000];
const SCALE_ENTRIES = 100_000;
/** Name by which the scale is asked for: it takes minutes by itself, and runs only then. */
const SCALE = 'scale';
/** Memory of one process, in megabytes: the office of 100,000 rows holds the whole firm and the whole sheet. */
const HEAP_MB = 6_144;
/** Memory for what is young in each process, in megabytes: the default has it gone through four times as often, by other threads. */
const YOUNG_MB = 64;

const names = Object.keys(variants) as VariantName[];
const [, program = '', ...args] = process.argv;
/** Names of the cases that are wanted; all where none is named. */
const wanted = args.filter((arg) => !arg.startsWith('--'));

/** Runs this program again for one piece of work, which prints one line of JSON. */
const elsewhere = <T>(...work: readonly string[]): Promise<T> =>
  new Promise((resolve, reject) => {
    const node = [
      `--max-old-space-size=${HEAP_MB}`,
      `--max-semi-space-size=${YOUNG_MB}`,
      '--expose-gc',
      program,
      '--do',
      ...work,
    ];
    const child = spawn(process.execPath, node, { stdio: ['ignore', 'pipe', 'inherit'] });
    let out = '';
    child.stdout.on('data', (text) => (out += text));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0)
        resolve(JSON.parse(out.trim().split('\n').at(-1) ?? '') as T); // printed below
      else reject(new Error(`${work.join(' ')}: exit ${code}`));
    });
  });

interface Work {
  readonly weight: number;
  readonly run: () => Promise<void>;
}

/** The heaviest first, so that nothing long is left alone at the end. */
const allOf = async (work: readonly Work[]): Promise<void> => {
  const open = [...work].sort((a, b) => b.weight - a.weight);
  const next = async (): Promise<void> => {
    for (let one = open.shift(); one !== undefined; one = open.shift()) await one.run();
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, next));
};

const drawn = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_head, at) => Math.max(...rows.map((row) => (row[at] ?? '').length)));
  return rows
    .map((row) =>
      row.map((cell, at) => (at < 3 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  '),
    )
    .join('\n');
};

/** Renews the figures of these cases, and leaves those of others as they were. */
const keep = (cases: readonly Figure[]): void => {
  const before: readonly Figure[] = fs.existsSync(FIGURES) ? JSON.parse(fs.readFileSync(FIGURES, 'utf8')).cases : [];
  const all = CASES.flatMap(({ name }) => {
    const fresh = cases.filter((figure) => figure.name === name);
    return fresh.length > 0 ? fresh : before.filter((figure) => figure.name === name);
  });
  fs.writeFileSync(FIGURES, `${JSON.stringify({ cases: all }, null, 1)}\n`);
};

const main = async (): Promise<void> => {
  const startedAt = Date.now();
  const figures = new Map<string, Figure>();
  const floors = new Map<number, Floor>();
  const scales: Scale[] = [];
  const isFor = (one: { readonly name: string }) => wanted.length === 0 || wanted.includes(one.name);
  await allOf([
    ...CASES.filter(isFor).flatMap((one) =>
      names.map(
        (name): Work => ({
          weight: (name === 'ours' ? 10 : 1) * one.entries,
          run: async () =>
            void figures.set(`${one.name}/${name}`, await elsewhere<Figure>(String(CASES.indexOf(one)), name)),
        }),
      ),
    ),
    ...FLOORS.map(
      (entries): Work => ({
        weight: entries,
        run: async () => void floors.set(entries, await elsewhere<Floor>('floor', String(entries))),
      }),
    ),
  ]);
  if (wanted.includes(SCALE)) scales.push(await elsewhere<Scale>(SCALE, String(SCALE_ENTRIES)));
  const late = scales.filter(({ endedOnDay, impliedDay }) => endedOnDay > impliedDay);
  if (late.length > 0) throw new Error(`later than the quotas imply: ${JSON.stringify(late)}`);
  const all = CASES.filter(isFor).flatMap((one) => names.flatMap((name) => figures.get(`${one.name}/${name}`) ?? []));
  for (const { name } of CASES) {
    const tables = all.filter((figure) => figure.name === name && figure.outcome === 'done');
    if (new Set(tables.map(({ table }) => table)).size > 1) {
      throw new Error(
        `${name}: not the same table: ${tables.map(({ variant, table }) => `${variant} ${table.slice(0, 8)}`).join(', ')}`,
      );
    }
  }
  const floorFor = ({ entries }: Figure) => floors.get(entries) ?? floors.get(FLOORS[FLOORS.length - 1] ?? 0);
  const cases = all.map((figure) => {
    const floor = floorFor(figure);
    return { ...figure, floorCpuMsPerThousandRows: floor === undefined ? null : floor.cpuMs / (floor.entries / 1000) };
  });
  const planning = wanted.length === 0 ? await elsewhere<readonly PlanningCase[]>('planning') : [];
  if (args.includes('--keep')) keep(cases);
  if (args.includes('--json')) {
    console.log(JSON.stringify({ cases, planning, ...(scales.length === 0 ? {} : { scales }) }));
    return;
  }
  console.log(
    [
      `Simulated clock: a round trip takes ${ROUND_TRIP_MS} ms, the requests of one fetchAll take one together, an execution starts in ${EXECUTION_START_MS} ms,`,
      `service calls cost what local/google estimates, and Affinity takes ${CALLS_PER_MINUTE} calls in any minute. CPU and memory are real, of this machine.`,
      'The case of 100,000 entries runs with the daily limits of Google and the monthly limit of Affinity off.',
      'A script that is killed at six minutes is not started again by anybody: it “died”, with the rows that stood in its table.',
      '',
      drawn(figureTable(cases)),
      '',
      ...planning.map(
        ({ rows, columns, planMs, timesParsing, rowsPerSecond, heapMb }) =>
          `Planning ${worded(rows)} rows × ${columns} columns: ${worded(planMs)} ms of CPU, ${timesParsing.toFixed(1)} times JSON parsing of the values, ${worded(rowsPerSecond)} rows a second, ${heapMb.toFixed(0)} MB of heap.`,
      ),
      ...scales.map(
        (scale) =>
          `${scale.name}: ${worded(scale.entries)} entries and ${scale.fields} columns by hourly triggers ended on day ${scale.endedOnDay}; the quotas imply day ${scale.impliedDay}, and day ${scale.toldDay} was told before. ${scale.firings} firings, ${worded(scale.calls)} calls, ${scale.refused} refused, ${worded(scale.realSeconds)} s.`,
      ),
      '',
      `${((Date.now() - startedAt) / 60_000).toFixed(1)} minutes of real time.`,
    ].join('\n'),
  );
};

if (args[0] === '--do') {
  const [, what = '', which = ''] = args;
  const one = CASES[Number(what)];
  if (what === 'planning') console.log(JSON.stringify(planningCases()));
  else if (what === 'floor') console.log(JSON.stringify(floorOf(Number(which))));
  else if (what === SCALE) console.log(JSON.stringify(measureScale(Number(which) || SCALE_ENTRIES, 'consumer')));
  else if (one !== undefined) console.log(JSON.stringify(measure(one, which as VariantName))); // given by `main`
} else await main();
