/** A local Google with one file and a script that runs whatever text a test hands it. */
import {
  createGoogle,
  type Google,
  type GoogleOptions,
  type NewSpreadsheet,
  type RunOptions,
  SimulatedClock,
  type SpreadsheetHandle,
} from '../../../local/google/index';

export const ACT =
  'function act(source, arg) { return new Function("arg", "sheet", source)(arg, SpreadsheetApp.getActiveSheet()); }\n';

export type Trial = {
  readonly google: Google;
  readonly file: SpreadsheetHandle;
  readonly clock: SimulatedClock;
  /** Runs script text as one execution; `sheet` is the active sheet, `arg` the argument. */
  readonly act: (source: string, arg?: unknown, options?: RunOptions) => unknown;
};

export const trial = (
  options: Partial<GoogleOptions> & {
    readonly file?: NewSpreadsheet;
    readonly code?: string;
    readonly manifest?: object;
  } = {},
): Trial => {
  const { file: fileOptions, code = '', manifest = { timeZone: 'Etc/UTC' }, ...rest } = options;
  const clock = new SimulatedClock('2026-11-02T09:00:00Z');
  const google = createGoogle({ clock, bundle: { code: ACT + code, files: {}, manifest }, ...rest });
  const file = google.createSpreadsheet(fileOptions);
  return {
    google,
    file,
    clock,
    act: (source, arg, run) => google.run('act', [source, arg], { spreadsheet: file, ...run }),
  };
};

/** What a script reads after writing one value into A1. */
export const written = (
  value: unknown,
  options: Parameters<typeof trial>[0] = {},
): { value: unknown; shown: unknown; formula: unknown; format: unknown } => {
  const { act } = trial(options);
  return act(
    `const cell = sheet.getRange('A1'); cell.setValue(arg);
     return { value: cell.getValue(), shown: cell.getDisplayValue(), formula: cell.getFormula(), format: cell.getNumberFormat() };`,
    value,
  ) as ReturnType<typeof written>;
};
