/** What an import will cost in calls and minutes, and whether the month still has them. */
import { CALLS_A_MINUTE, FIRST_CALLS, ROWS_A_PAGE } from './limits';
import { Mark } from './parts';
import { call } from './server';
import { useLoaded } from './tasks';
import { count, number } from './text';

/** Every row is read once by itself, every page once, after a few calls to begin with. */
const estimatedCalls = (rows: number): number => rows + Math.ceil(rows / ROWS_A_PAGE) + FIRST_CALLS;

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
      {quota !== null && calls > quota.callsADay && (
        <p>
          <Mark kind="warn" />
          Google gives your account {number(quota.callsADay)} outside calls a day: this takes at least{' '}
          {number(Math.ceil(calls / quota.callsADay))} days. A schedule goes on with it each day by itself.
        </p>
      )}
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
