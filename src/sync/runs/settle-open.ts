/** Settles whatever an earlier run left open, before a run does anything of its own. */
import { indexTable, type TableIndex } from '../merge/plan';
import { reindexed, type Workplace } from './edits';
import { type Settled, type Settlement, settleIntents } from './keep-journal';
import { settleCreations } from './settle-creations';
import { settleRemovals } from './settle-removals';

/** Gives the columns that turned out to have been sent, and whether ids were written into the table. @throws ApiError */
export const settleOpen = (place: Settlement): { readonly sent: Settled; readonly isIndexOld: boolean } => {
  const isIndexOld = settleCreations(place);
  settleRemovals(place);
  return { sent: settleIntents(place), isIndexOld };
};

/** The same where rows are read block by block: the whole table is read only if there is something to settle. @throws ApiError */
export const settleFirst = (place: Omit<Settlement, 'index'>): ReturnType<typeof settleOpen> => {
  let whole: TableIndex | null = null;
  return settleOpen({
    ...place,
    get index() {
      whole ??= indexTable(place.table.read());
      return whole;
    },
  });
};

/** The same for a workplace, which afterwards knows the table as it stands then. @throws ApiError */
export const settleWorkplace = (work: Workplace): { readonly work: Workplace; readonly sent: Settled } => {
  const { sent, isIndexOld } = settleOpen(work);
  // What was settled was noted on the rows too.
  return { work: isIndexOld || sent.size > 0 ? reindexed(work) : work, sent };
};
