/** The status of a row that Affinity took: whole, or cells of it. */
import type { Column } from '../datasets/dataset';
import type { Run } from './run';

const clockText = (run: Run): string => `${new Date(run.clock.now()).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

export const sentSentence = (run: Run, columns: readonly Column[]): string =>
  `Sent ${columns.map(({ header }) => header).join(', ')} at ${clockText(run)}.`;

export const addedSentence = (run: Run): string => `Added at ${clockText(run)}.`;

/** The beginning of a status that says that the row was added, with a blank after it; '' for any other status. */
export const addedPart = (status: string): string => /^Added at [\d: -]+ UTC\./.exec(status)?.[0].concat(' ') ?? '';
