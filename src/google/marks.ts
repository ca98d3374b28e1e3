/**
 * Colours on cells with an open, a refused or a conflicting edit: conditional formats of our own over the managed columns, one a kind and
 * group of neighbouring columns. Each looks for its column's header in the row's status, so the marks move with rows and columns by
 * themselves. Other rules of the tab stay as they are and in their order. Decision: docs/decisions/0020-marks-are-conditional-formats.md.
 */
import { ID_COLUMN, STATUS_COLUMN } from '../sync/row-id';
import { hasSameHeaders, type TableLayout } from './table-layout';
import { ATTEMPTS, type TableReader } from './table-reader';

type Sheet = GoogleAppsScript.Spreadsheet.Sheet;
type Rule = GoogleAppsScript.Spreadsheet.ConditionalFormatRule;

/** Begins the text in our formulas that tells them from others'. */
const OWN = '"List Sync: ';

/** Colour of each kind and what is looked for where, given the cells of the header and of the status; the first that holds counts. */
const KINDS: readonly (readonly [string, string, (header: string, status: string) => string])[] = [
  ['conflict', '#f4cccc', (header, status) => `". "&${header}&": changed here and in Affinity. Here ";". "&${status}`],
  ['refused', '#fce5cd', (header, status) => `". "&${header}&": ";". "&${status}`],
  // Nothing follows the open edits in a status: src/sync/merge/wording.ts.
  ['open', '#fff2cc', (header, status) => `"“"&${header}&"”";MID(${status};FIND("Open edits: ";${status});50000)`],
];

interface Mark {
  readonly kind: string;
  readonly colour: string;
  readonly formula: string;
  readonly range: GoogleAppsScript.Spreadsheet.Range;
}

const formulaOf = (rule: Rule): string => String(rule.getBooleanCondition()?.getCriteriaValues()[0] ?? '');

/** What has to be the same of a rule: its formula, however arguments are parted, and its place down to the last row that is needed. */
const essence = (
  formula: string,
  [range, ...others]: readonly GoogleAppsScript.Spreadsheet.Range[],
  last: number,
): string =>
  range === undefined || others.length > 0 || range.getLastRow() < last
    ? ''
    : [formula.replace(/[;,\s]/g, ''), range.getRow(), range.getColumn(), range.getLastColumn()].join();

/** By column key, the text that is coloured there. */
type Alarms = ReadonlyMap<string, string>;
const ALARM = '#f9cb9c';

const marksOf = (sheet: Sheet, { headerRow, columns }: TableLayout, alarms: Alarms): readonly Mark[] => {
  const status = columns.get(STATUS_COLUMN);
  if (status === undefined || sheet.getMaxRows() <= headerRow) return [];
  const letters = (column: number): string => sheet.getRange(1, column).getA1Notation().replace(/\d+/, '');
  // Down to the last row, however many there are by now: a person may delete some meanwhile.
  const below = (first: number, width: number) =>
    sheet.getRange(`${letters(first)}${headerRow + 1}:${letters(first + width - 1)}`);
  const managed = new Set(
    [...columns].flatMap(([key, at]) => (key === ID_COLUMN || key === STATUS_COLUMN ? [] : [at])),
  );
  const firsts = [...managed].filter((column) => !managed.has(column - 1)).sort((a, b) => a - b);
  const alarmed = [...alarms].flatMap(([key, text]): readonly Mark[] => {
    const at = columns.get(key);
    if (at === undefined) return [];
    const formula = `=AND(LEN(${OWN}alarm");$${letters(at)}${headerRow + 1}="${text}")`;
    return [{ kind: 'alarm', colour: ALARM, formula, range: below(at, 1) }];
  });
  const ofEdits = firsts.flatMap((first) => {
    let width = 1;
    while (managed.has(first + width)) width += 1;
    const range = below(first, width);
    return KINDS.map(([kind, colour, search]): Mark => {
      const found = search(`${letters(first)}$${headerRow}`, `$${letters(status)}${headerRow + 1}`);
      return { kind, colour, range, formula: `=AND(LEN(${OWN}${kind}");ISNUMBER(FIND(${found})))` };
    });
  });
  return [...ofEdits, ...alarmed];
};

/** Gives the table's `mark`; see TablePort. */
export const createMark =
  (sheet: Sheet, { layout, forgetLayout, flush }: TableReader): ((isShown: boolean, alarms?: Alarms) => void) =>
  (isShown, alarms = new Map()) => {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const at = layout();
      const wanted = isShown ? marksOf(sheet, at, alarms) : [];
      const last = sheet.getLastRow();
      // From here on quickly: a rule that a person makes between this reading and the writing would be lost.
      const rules = sheet.getConditionalFormatRules();
      const ours = rules.filter((rule) => formulaOf(rule).includes(OWN));
      const is = ours.map((rule) => essence(formulaOf(rule), rule.getRanges(), last)).sort();
      if (
        is.join('\n') ===
        wanted
          .map(({ formula, range }) => essence(formula, [range], last))
          .sort()
          .join('\n')
      )
        return;
      const made = wanted.map(({ kind, colour, formula, range }) => {
        // Whoever chose another colour keeps it.
        const before = ours.find((rule) => formulaOf(rule).includes(`${OWN}${kind}"`))?.copy();
        const builder = before ?? SpreadsheetApp.newConditionalFormatRule().setBackground(colour);
        return builder.whenFormulaSatisfied(formula).setRanges([range]).build();
      });
      const [first] = ours;
      const place = first === undefined ? 0 : rules.indexOf(first);
      const others = rules.filter((rule) => !ours.includes(rule));
      sheet.setConditionalFormatRules([...others.slice(0, place), ...made, ...others.slice(place)]);
      flush();
      if (hasSameHeaders(sheet, at)) return;
      forgetLayout();
    }
  };
