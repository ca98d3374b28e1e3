/** Sends what was reviewed, execution by execution, with looks at the one under way, until it is done or the person stops it. */
import { useRef, useState } from 'preact/hooks';
import type { ChoiceView, ProgressView, PushView, SelectionView } from '../../rpc';
import { call } from '../server';
import { pause } from '../tasks';
import { about, count, number } from '../text';
import { watched } from '../watch';
import { together } from './push-result';

/** Executions in a row that may send nothing before we stop asking for more. */
const IDLE_PARTS = 3;

export interface Order {
  readonly importId: string;
  readonly sendClears: boolean;
  readonly choices: readonly ChoiceView[];
  readonly selection: SelectionView;
}

export interface Sending {
  /** What is being done, for the person who waits. */
  readonly words: string;
  readonly isStopping: boolean;
  /** `onPart`: what was sent so far. Rejects with a `CallFault`. */
  send(order: Order, onPart: (sum: PushView) => void): Promise<PushView>;
  /** The execution under way stops before its next rows. */
  stop(): void;
}

const wordsOf = ({ rowsDone, rowsInAll, calls, monthRemaining }: ProgressView, sinceMs: number): string => {
  if (rowsInAll === 0) return 'Sending to Affinity…';
  const month = monthRemaining === null ? '' : `, ${number(monthRemaining)} left this month`;
  const left = rowsDone === 0 ? '' : ` Time left: ${about((sinceMs / rowsDone) * (rowsInAll - rowsDone))}.`;
  return `${number(rowsDone)} of ${count(rowsInAll, 'row')} sent, ${count(calls, 'call')} so far${month}.${left}`;
};

export const useSending = (): Sending => {
  const [seen, setSeen] = useState<{ readonly progress: ProgressView; readonly sinceMs: number } | null>(null);
  const [isStopping, setStopping] = useState(false);
  const ticket = useRef('');
  const isStopped = useRef(false);
  return {
    words: isStopping
      ? 'Stopping after the rows that are under way…'
      : seen === null
        ? 'Sending to Affinity…'
        : wordsOf(seen.progress, seen.sinceMs),
    isStopping,
    async send({ importId, sendClears, choices, selection }, onPart) {
      isStopped.current = false;
      setStopping(false);
      let sum: PushView | null = null;
      let idle = 0;
      do {
        setSeen(null);
        const mine = crypto.randomUUID();
        ticket.current = mine;
        const startedAt = Date.now();
        const part: PushView = await watched(
          mine,
          () => call('push', importId, sendClears, choices, selection, mine),
          (progress) => setSeen({ progress, sinceMs: Date.now() - startedAt }),
        );
        idle = part.cells + part.rowsAdded === 0 ? idle + 1 : 0;
        sum = together(sum, part);
        onPart(sum);
        await pause(part.waitMs ?? 0, () => isStopped.current);
      } while (sum.kind === 'paused' && sum.goesOn === true && !isStopped.current && idle < IDLE_PARTS);
      return sum;
    },
    stop() {
      isStopped.current = true;
      setStopping(true);
      // If this does not arrive, the part under way goes to its own end.
      call('cancel', ticket.current).catch(() => {});
    },
  };
};
