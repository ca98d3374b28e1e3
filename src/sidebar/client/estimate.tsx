/** What an import will cost in calls and minutes, and whether the month still has them. */
import { Mark } from './parts';
import { call } from './server';
import { useLoaded } from './tasks';
import { count, number } from './text';

/** Affinity's limit per person and minute. */
const CALLS_A_MINUTE = 900;
/** Rows are read one by one for what the pages leave out, in pages of 200, after a few calls to begin with. */
const ROWS_A_PAGE = 200;
const FIRST_CALLS = 5;

export const estimatedCalls = (rows: number): number => rows + Math.ceil(rows / ROWS_A_PAGE) + FIRST_CALLS;

const minutes = (calls: number): string =>
  calls <= CALLS_A_MINUTE ? 'less than a minute' : `about ${count(Math.ceil(calls / CALLS_A_MINUTE), 'minute')}`;

export const Estimate = ({ rows, monthlyFloor }: { rows: number; monthlyFloor: number }) => {
  const { value: quota } = useLoaded(() => call('quota'));
  const calls = estimatedCalls(rows);
  const left = quota?.monthRemaining ?? null;
  return (
    <>
      <p class="hint">
        About {count(calls, 'call')}, {minutes(calls)}.
      </p>
      {left !== null && calls > left - monthlyFloor && (
        <p>
          <Mark kind="warn" />
          Your firm has {number(left)} calls left this month
          {monthlyFloor > 0 && `, and ${number(monthlyFloor)} are kept for other programs`}. The import will stop when
          they are used up.
        </p>
      )}
    </>
  );
};
