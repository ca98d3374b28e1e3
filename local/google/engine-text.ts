/** A formula's text as the engine must see it: English notation, neutral sheet names, the simulated time, known gaps. */
import { mapReferences, toEngine } from './formula-text';
import type { SheetModel } from './sheet-model';
import type { NamedArea, Workbook } from './workbook';
import { instantToSerial } from './zone';

const VOLATILE = /\b(?:NOW|TODAY)\s*\(\s*\)/gi;
export const isVolatile = (formula: string): boolean => formula.search(VOLATILE) >= 0;
/** Functions that reach cells their text does not name. */
export const reachesAnywhere = (formula: string): boolean => /\b(?:INDIRECT|OFFSET)\s*\(/i.test(formula);

/** Arguments of the outermost call, split at its own commas. */
const argumentsOf = (call: string): string[] => {
  const inside = call.slice(call.indexOf('(') + 1, call.lastIndexOf(')'));
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let part = '';
  for (const letter of inside) {
    if (letter === '"') quoted = !quoted;
    if (!quoted && '({'.includes(letter)) depth++;
    if (!quoted && ')}'.includes(letter)) depth--;
    if (letter === ',' && depth === 0 && !quoted) {
      parts.push(part);
      part = '';
    } else part += letter;
  }
  return [...parts, part];
};

/** Functions the engine lacks and a right answer exists for: HYPERLINK shows its label, ARRAYFORMULA its first cell. */
const substituted = (formula: string): string => {
  if (/^=\s*HYPERLINK\s*\(.*\)\s*$/is.test(formula)) return `=${argumentsOf(formula).at(-1)?.trim() || '""'}`;
  const array = /^=\s*ARRAYFORMULA\s*\((.*)\)\s*$/is.exec(formula);
  return array ? `=${array[1] ?? ''}` : formula;
};

const named = (formula: string, workbook: Workbook): string =>
  workbook.names.length === 0
    ? formula
    : formula.replace(
        /("(?:[^"]|"")*")|(?<![\w.'!$])([\p{L}_][\p{L}\w.]*)(?![\w.(!'])/gu,
        (whole, literal: string | undefined, word: string | undefined) => {
          const found =
            literal === undefined && workbook.names.find((one) => one.name.toLowerCase() === word?.toLowerCase());
          return found ? placeOf(found, workbook) : whole;
        },
      );

const placeOf = ({ sheetId, area }: NamedArea, workbook: Workbook): string => {
  const sheet = workbook.sheetById(sheetId);
  if (!sheet) return '#REF!';
  const corner = (row: number, column: number) => ({ row, rowFixed: true, column, columnFixed: true });
  const reference = mapReferences('=A1:A1', () => ({
    sheet: sheet.name,
    from: corner(area.row, area.column),
    to: corner(area.row + area.rows - 1, area.column + area.columns - 1),
  }));
  return reference.slice(1);
};

/** The formula with named ranges written out as references. */
export const withoutNames = (formula: string, workbook: Workbook): string => named(formula, workbook);

/** `engineName` gives the engine's name of a sheet, or `null` for one it does not have. */
export const engineText = (
  formula: string,
  sheet: SheetModel,
  now: number,
  engineName: (name: string) => string | null,
): string => {
  const { workbook } = sheet;
  const english = toEngine(named(formula, workbook), workbook.locale, sheet.maxRows, sheet.maxColumns);
  const serial = instantToSerial(workbook.timeZone, now);
  const timed = substituted(english).replace(VOLATILE, (call) =>
    String(/^t/i.test(call) ? Math.floor(serial) : serial),
  );
  return mapReferences(timed, (reference) => {
    if (reference.sheet === null) return reference;
    const name = engineName(reference.sheet);
    return name === null ? null : { ...reference, sheet: name };
  });
};
