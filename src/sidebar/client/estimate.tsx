/** What an import will cost in calls and minutes, and whether the month still has them. */
import type { ListView } from '../rpc';
import { Mark } from './parts';
import { call } from './server';
import { useLoaded } from './tasks';
import { number } from './text';

export const Estimate = ({ list, monthlyFloor }: { list: ListView; monthlyFloor: number }) => {
  const { value: quota } = useLoaded(() => call('quota'));
  const { calls, cost } = list;
  const left = quota?.monthRemaining ?? null;
  return (
    <>
      <p class="hint">Takes {cost}.</p>
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
