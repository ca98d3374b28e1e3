/** The preview: what a push would send, hold and refuse. Writes nothing anywhere (it reads, so the quota moves). */
import { cellText, isFormula } from '../cells/cell';
import { sameValue, type Value } from '../cells/value';
import type { Change, Column, Source } from '../datasets/dataset';
import { type CellPlan, ownOf } from '../merge/merge-cell';
import type { RowPlan } from '../merge/plan';
import { mergedSentence } from '../merge/wording';
import type { ImportSettings, SavedImport } from '../state/saved-import';
import { findEdits, openWorkplace, planEdits, rowMessages, strangeIn, type Workplace } from './edits';
import { openLines } from './keep-journal';
import { lastChanges } from './last-changes';
import { contextOf, type Run } from './run';
import { choiceKey, shownText } from './send-rows';
import { planTyped, planTypedCells, rowsTyped } from './typed-rows';

const PREVIEWED = ['pending', 'cleared', 'formula', 'conflict', 'refused'] as const;
type Previewed = (typeof PREVIEWED)[number];

/** One edited cell as the preview shows it. */
export interface PreviewCell {
  readonly id: string;
  /** Row number in the sheet, from 1. */
  readonly rowNumber: number;
  readonly rowTitle: string;
  readonly column: string;
  readonly header: string;
  readonly state: Previewed;
  /** What Affinity has and what the sheet has, as they stand in cells, shortened; '' for an empty cell. */
  readonly theirs: string;
  readonly mine: string;
  /** What both sides last agreed on; only for conflicts. */
  readonly base?: string;
  readonly problem?: string;
  /** Of several values that both sides changed, what putting these changes together means; `mine` is what is sent. */
  readonly says?: string;
  /** The formula that stands in the cell; `mine` is what it shows. Sent only where it was agreed to. */
  readonly formula?: string;
  /** Who changed Affinity's value last, and when; only for conflicts, where Affinity keeps a history. */
  readonly theirsBy?: Change;
  /** True where the value shows on every list that the record is on. */
  readonly isShared: boolean;
}

/** One typed row as the preview shows it. */
export interface PreviewRow {
  /** Names the row in a selection; its cells have it as `id`. */
  readonly key: string;
  /** Row number in the sheet, from 1. */
  readonly rowNumber: number;
  readonly rowTitle: string;
  /** `repeat`: it is in the table already, and is added only where the selection says so. */
  readonly fate: 'create' | 'attach' | 'tie' | 'repeat' | 'refused';
  /** What will happen, or why nothing does: whole sentences. */
  readonly says: string;
}

export interface Preview {
  readonly title: string;
  readonly cells: readonly PreviewCell[];
  /** Rows that were typed into the table, top to bottom. */
  readonly newRows: readonly PreviewRow[];
  /** Calls that a push would make at least, to read and to write. */
  readonly callsNeeded: number;
  readonly messages: readonly string[];
  /** What the import is set to do with emptied cells. */
  readonly blanks: ImportSettings['blanks'];
  /** Rows and cells of an earlier push of which is not known whether they arrived; a push finds out first. */
  readonly unsettled: number;
}

const isPreviewed = (state: CellPlan['state']): state is Previewed => (PREVIEWED as readonly string[]).includes(state);

const titleOf = ({ index, source }: Workplace, position: number): string => {
  const cell = index.snapshot.columns.get(source.columns[0]?.key ?? '')?.[position] ?? null;
  return cellText(cell, 80);
};

const previewCells = (
  work: Workplace,
  plans: readonly RowPlan[],
  positionOf: (key: string) => number,
): readonly PreviewCell[] => {
  const context = contextOf(work.run);
  const changes = lastChanges(work, plans);
  return plans.flatMap(({ record, cells }) => {
    const position = positionOf(record.key);
    return work.source.columns.flatMap((column) => {
      const plan = cells.get(column.key);
      if (plan === undefined || plan.state === 'same' || !isPreviewed(plan.state)) return [];
      const sheet = work.index.snapshot.columns.get(column.key)?.[position] ?? null;
      const theirsBy = changes.get(choiceKey(record.key, column.key));
      const base = work.baseline.get(record.key)?.cells.get(column.key);
      const own = ownOf(plan);
      const shown = (of: Column, value: Value): string =>
        // The baseline's own words need no look-up of names.
        base?.text !== undefined && sameValue(base.value, value)
          ? shownText(base.text)
          : shownText(value === null ? null : of.codec.toCell(value, context));
      return [
        {
          id: record.key,
          rowNumber: work.index.snapshot.firstRowNumber + position,
          rowTitle: titleOf(work, position),
          column: column.key,
          header: column.header,
          state: plan.state,
          theirs: shown(column, plan.theirs),
          mine: own === undefined ? shownText(sheet) : shown(column, 'mine' in plan ? plan.mine : null),
          ...(own === undefined
            ? {}
            : { says: mergedSentence(column, { base: base?.value ?? null, own, theirs: plan.theirs }, context) }),
          ...(isFormula(sheet) ? { formula: sheet.formula.slice(0, FORMULA_CHARACTERS) } : {}),
          isShared: column.isShared,
          ...(plan.state === 'conflict' ? { base: shown(column, plan.base ?? null) } : {}),
          ...(theirsBy === undefined ? {} : { theirsBy }),
          ...(plan.state === 'refused' ? { problem: plan.problem } : {}),
        },
      ];
    });
  });
};

/** Characters of a formula that a preview shows. */
const FORMULA_CHARACTERS = 500;

const callsOf = (work: Workplace, plans: readonly RowPlan[], newRows: readonly PreviewRow[]): number => {
  let calls = new Set(plans.map(({ record }) => record.entity)).size;
  for (const { fate } of newRows) {
    if (fate === 'create') calls += work.source.creates?.calls ?? 0;
    if (fate === 'attach') calls += 1;
  }
  for (const { record, cells } of plans) {
    const isWhole = work.source.writesTogether !== undefined;
    if (isWhole && [...cells.values()].some(({ state }) => state === 'pending' || state === 'formula')) calls += 1;
    for (const column of isWhole ? [] : work.source.columns) {
      const plan = cells.get(column.key);
      if (plan?.state === 'pending' || plan?.state === 'formula')
        calls += work.source.writes(record, column, plan.mine).length;
    }
  }
  return calls;
};

const unsettledMessages = (unsettled: number): readonly string[] =>
  unsettled === 0
    ? []
    : [
        `${unsettled} ${unsettled === 1 ? 'row or cell of an earlier push may' : 'rows or cells of an earlier push may'} already be in Affinity. The next push or refresh checks that first.`,
      ];

/**
 * Shows what a push would do. Writes nothing: not to the sheet, not to Affinity, not to stored state.
 * @throws ApiError, SheetError
 */
export const preview = (run: Run, importId: string, openSource: (saved: SavedImport) => Source): Preview => {
  const work = openWorkplace(run, importId, openSource, 'reads');
  const edited = findEdits(work);
  const { plans, unread } = planEdits(work, edited);
  const typed = planTyped(work, rowsTyped(work));
  const typedCells = planTypedCells(work, typed);
  const unsettled = openLines(run, importId).length;
  const { firstRowNumber } = work.index.snapshot;
  const places = new Map(typed.map(({ row }) => [row.key, row.rowNumber - firstRowNumber]));
  const newRows = typed.map(({ row, fate, says }) => ({
    key: row.key,
    rowNumber: row.rowNumber,
    rowTitle: titleOf(work, row.rowNumber - firstRowNumber),
    fate: fate.kind,
    says,
  }));
  return {
    title: work.saved.title,
    cells: [
      ...previewCells(work, plans, (key) => work.index.positions.get(key) ?? 0),
      ...previewCells(work, typedCells, (key) => places.get(key) ?? 0),
    ],
    newRows,
    callsNeeded: callsOf(work, [...plans, ...typedCells], newRows),
    messages: [...unsettledMessages(unsettled), ...rowMessages(work, unread, strangeIn(work))],
    unsettled,
    blanks: work.saved.settings.blanks,
  };
};
