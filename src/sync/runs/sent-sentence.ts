/** The status of a row whose cells Affinity took. */
import type { Column } from '../datasets/dataset';
import type { Run } from './run';

const clockText = (run: Run): string => `${new Date(run.clock.now()).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

export const sentSentence = (run: Run, columns: readonly Column[]): string =>
  `Sent ${columns.map(({ header }) => header).join(', ')} at ${clockText(run)}.`;
