/** Cells that were to be sent and that Affinity has not taken, in words: why, and what becomes of them. */
import { count } from '../sync/runs/count';
import type { Fate } from '../sync/runs/fate';

export const notTaken = ({ failed, unsent, unanswered }: Readonly<Record<Fate, number>>): readonly string[] => [
  ...(failed > 0 ? [`${count(failed, 'cell')} refused by Affinity: see the status column.`] : []),
  ...(unsent > 0 ? [`${count(unsent, 'cell')} not sent: nothing of them reached Affinity.`] : []),
  ...(unanswered > 0 ? [`${count(unanswered, 'cell')} without an answer: the next push finds out and goes on.`] : []),
];
