/** Engines broken on purpose, one thing each: what the suites must notice. */
import type { Patch } from './patched';

/** Sends, and writes down only afterwards that it did. */
export const NO_JOURNAL: readonly Patch[] = [
  {
    file: 'src/sync/state/journal.ts',
    fragment: `      end += added.length;
      writeBlocks(entries.map(({ index }) => index));
      return entries;`,
    by: `      end += added.length;
      return entries;`,
  },
];

/** Notes a value as agreed on before it stands in the sheet. */
export const BASELINE_FIRST: readonly Patch[] = [
  {
    file: 'src/sync/runs/apply.ts',
    fragment: `const result =
    writes.length === 0 ? { written: 0, skipped: [] } : table.write(writes, recallAgreed(baseline, columns, context));`,
    by: `for (const { plan } of rows) commitRow(plan, baseline, byKey, new Set(), context);
  baseline.save();
  SpreadsheetApp.flush();
  const result =
    writes.length === 0 ? { written: 0, skipped: [] } : table.write(writes, recallAgreed(baseline, columns, context));`,
  },
];

/** Sends what the sheet has, whatever Affinity has by now. */
export const LAST_WRITER_WINS: readonly Patch[] = [
  {
    file: 'src/sync/merge/merge-cell.ts',
    fragment: 'if (base === undefined || !sameValue(base.value, theirs)) {',
    by: 'if (base === undefined) {',
  },
];

/** Sends several values as the cell has them, whatever was added or removed in Affinity. */
export const SETS_OVERWRITTEN: readonly Patch[] = [
  {
    file: 'src/sync/cells/value.ts',
    fragment: 'return manyValue([...without(b, without(before, a)), ...without(a, before)]);',
    by: 'return one;',
  },
];

/** Takes a formula for what both sides agreed on, whatever it computes, and brings what Affinity changed into its cell. */
export const FORMULAS_OVERWRITTEN: readonly Patch[] = [
  {
    file: 'src/sync/merge/merge-cell.ts',
    fragment: 'return !base.isHeld && troubleOf(sheet) === null &&',
    by: 'return true ||',
  },
  {
    file: 'src/sync/merge/merge-cell.ts',
    fragment: 'if (!isComputed) return unedited(input);',
    by: 'return unedited({ ...input, sheet: plainOf(sheet) });',
  },
];

/** Sends what formulas show without asking. */
export const NO_CONSENT: readonly Patch[] = [
  {
    file: 'src/sync/runs/send-rows.ts',
    fragment: 'isWanted && (!isFormula(sheet) || formulas?.get(key) === shownText(sheet))',
    by: 'isWanted',
  },
];

/** Takes the n-th edited row for the n-th row of the sheet. */
export const ROWS_BY_POSITION: readonly Patch[] = [
  {
    file: 'src/sync/runs/edits.ts',
    fragment: 'const position = work.index.positions.get(row.key);',
    by: 'const position = edited.indexOf(row);',
  },
];

/** Reads all edited rows at the start of a push, and none of them again before its block. */
export const NO_READING_AGAIN: readonly Patch[] = [
  {
    file: 'src/sync/runs/push.ts',
    fragment: 'const blocks = blocksOf(edited);',
    by: 'const blocks = blocksOf(edited); const early = planEdits(work, edited);',
  },
  {
    file: 'src/sync/runs/push.ts',
    fragment: 'const planned = reading(() => planEdits(work, block));',
    by: `const isOfBlock = (key: string) => block.some((row) => row.key === key);
    const planned = {
      plans: early.plans.filter(({ record }) => isOfBlock(record.key)),
      unread: early.unread.filter(({ key }) => isOfBlock(key)),
    };`,
  },
];

/** Writes into cells without looking whether somebody typed there since they were read. */
export const NO_LOOK_BEFORE_WRITE: readonly Patch[] = [
  {
    file: 'src/google/sheet-table.ts',
    fragment: 'if (column !== undefined && sameCell(cellIn(block, index, column), expected)) {',
    by: 'if (column !== undefined) {',
  },
];

/** Takes the rows for where they were when they were read: does not look after a flush whether they moved. */
export const NO_LOOK_AFTER_FLUSH: readonly Patch[] = [
  { file: 'src/google/sheet-table.ts', fragment: 'if (isInPlace) return new Set();', by: 'return new Set();' },
];
