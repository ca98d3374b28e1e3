/** Settles whatever an earlier run left open, before a run does anything of its own. */
import { reindexed, settleCreations } from './add-rows';
import type { Workplace } from './edits';
import { type Settled, type Settlement, settleIntents } from './keep-journal';
import { settleRemovals } from './settle-removals';

/** Gives the columns that turned out to have been sent, and whether ids were written into the table. @throws ApiError */
export const settleOpen = (place: Settlement): { readonly sent: Settled; readonly isIndexOld: boolean } => {
  const isIndexOld = settleCreations(place);
  settleRemovals(place);
  return { sent: settleIntents(place), isIndexOld };
};

/** The same for a workplace, which afterwards knows the table as it stands then. @throws ApiError */
export const settleWorkplace = (work: Workplace): { readonly work: Workplace; readonly sent: Settled } => {
  const { sent, isIndexOld } = settleOpen(work);
  // What was settled was noted on the rows too.
  return { work: isIndexOld || sent.size > 0 ? reindexed(work) : work, sent };
};
