/** What a run has at hand, from its first step to its last. */
import type { Clock } from '../../api/ports';
import type { CellContext } from '../cells/codec';
import type { Api } from '../datasets/dataset';
import type { FileStore, Log, SliceMemory, Workbook } from '../ports';
import type { Heartbeat } from './lease';
import type { NameBook } from './resolve-names';

/** How far a run is, for whoever looks on. */
export interface Progress {
  readonly rowsDone: number;
  readonly rowsInAll: number;
}

export interface Run {
  /** Short reference, printed in messages and log lines. */
  readonly id: string;
  /** E-mail address of the person, or '' where Google does not tell it. */
  readonly user: string;
  readonly api: Api;
  readonly workbook: Workbook;
  readonly store: FileStore;
  readonly clock: Clock;
  /** Milliseconds since 1970 at which the run stops by itself. */
  readonly deadline: number;
  readonly log: Log;
  readonly names: NameBook;
  /** What this run leaves for its next slice. */
  readonly memory: SliceMemory;
  /** Beats at every batch of calls. */
  readonly heartbeat: Heartbeat;
  /** Calls to Affinity so far. */
  readonly callsMade: () => number;
  /** Whether Affinity refused the person's key in this run. */
  readonly wasKeyRefused: () => boolean;
  /** Rows of a block at most, where they are to be fewer than usual. */
  readonly rowsPerBlock?: number;
  readonly onProgress?: (progress: Progress) => void;
  /** Whether the person asked a run that writes to stop; it does so where nothing is half known. */
  readonly isCancelAsked?: () => boolean;
}

export const contextOf = (run: Run): CellContext => ({
  decimal: run.workbook.decimal,
  persons: run.names.persons,
  organizations: run.names.organizations,
  opportunities: run.names.opportunities,
  localTime: (instant) => run.workbook.localTime(instant),
});

export const isOver = (run: Run): boolean => run.clock.now() >= run.deadline;
