/** The figures of the bench as a table: what the command prints and what the documentation shows. */
import type { Figure } from './cases';

/** What the table says of a figure. */
export type TableFigure = Pick<
  Figure,
  | 'name'
  | 'variant'
  | 'calls'
  | 'callsNeeded'
  | 'minutes'
  | 'boundMinutes'
  | 'sheetCallsPerThousandRows'
  | 'cpuMsPerThousandRows'
  | 'peakMb'
  | 'outcome'
  | 'rows'
> & {
  /** Of a script that only reads the answer and writes it; null where there is none to compare with. */
  readonly floorCpuMsPerThousandRows: number | null;
};

/** A number with commas between thousands. */
export const worded = (value: number, digits = 0): string =>
  value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });

const HEADERS = [
  'case',
  'variant',
  'outcome',
  'calls',
  'needed',
  'minutes',
  'bound',
  'sheet calls / 1,000 rows',
  'CPU ms / 1,000 rows',
  'floor',
  'MB',
];

/** The headers, then a row for each figure. */
export const figureTable = (figures: readonly TableFigure[]): readonly (readonly string[])[] => [
  HEADERS,
  ...figures.map((figure) => [
    figure.name,
    figure.variant,
    figure.outcome === 'done' ? 'done' : `died, ${worded(figure.rows)} rows`,
    worded(figure.calls),
    worded(figure.callsNeeded),
    worded(figure.minutes, 2),
    worded(figure.boundMinutes, 2),
    worded(figure.sheetCallsPerThousandRows),
    worded(figure.cpuMsPerThousandRows),
    figure.floorCpuMsPerThousandRows === null ? '' : worded(figure.floorCpuMsPerThousandRows),
    worded(figure.peakMb),
  ]),
];
