/** What runs by itself for an import: when, for whom, what is wrong, and what helps. */
import { useState } from 'preact/hooks';
import type { ImportView, ScheduleView } from '../rpc';
import { Fault, Mark } from './parts';
import { ScheduleForm } from './schedule-form';
import { call } from './server';
import { useTask } from './tasks';
import { exact, number } from './text';

const ownerWords = ({ isMine, owner }: ScheduleView): string => {
  if (isMine) return 'yours';
  return owner === '' ? 'owner not told by Google' : `owned by ${owner}`;
};

const Facts = ({ view, schedule }: { view: ImportView; schedule: ScheduleView }) => {
  const { lastRun, monthRemaining } = { lastRun: schedule.lastRun, monthRemaining: schedule.lastRun?.monthRemaining };
  return (
    <>
      <p class="hint">
        Refreshes {schedule.words}
        {schedule.sendsEdits && ' and sends edits'}, {ownerWords(schedule)}
        {schedule.nextRun !== null && ` · next about ${exact(schedule.nextRun)}`}
      </p>
      {lastRun !== null && schedule.trouble === null && (
        <p class="hint">
          Last {exact(lastRun.at)}: {lastRun.message} {number(lastRun.calls)} calls
          {monthRemaining != null && `, ${number(monthRemaining)} left this month`}.
        </p>
      )}
      {view.olderColumns.length > 0 && view.changesAsOf !== null && view.dataAsOf !== null && (
        <p class="hint">
          Changes that Affinity records as of {exact(view.changesAsOf)}. As of {exact(view.dataAsOf)} only:{' '}
          {view.olderColumns.join(', ')}.
        </p>
      )}
    </>
  );
};

interface Props {
  readonly view: ImportView;
  readonly timeZone: string;
  readonly isMailAllowed: boolean;
  readonly isConnected: boolean;
  /** Whether the person asked for the form. */
  readonly isOpen: boolean;
  onOpen(isOpen: boolean): void;
  onSaved(): void;
}

export const Schedule = ({ view, timeZone, isMailAllowed, isConnected, isOpen, onOpen, onSaved }: Props) => {
  const { schedule } = view;
  const [isDone, setDone] = useState(false);
  const task = useTask();
  const act = (work: () => Promise<unknown>) =>
    task.run(async () => {
      await work();
      setDone(true);
      onOpen(false);
      onSaved();
    });
  if (isOpen) {
    return (
      <ScheduleForm
        view={view}
        timeZone={timeZone}
        isMailAllowed={isMailAllowed}
        task={task}
        onSave={(cadence, sendsEdits) => act(() => call('saveSchedule', view.id, cadence, sendsEdits))}
        onRemove={() => act(() => call('removeSchedule', view.id))}
        onCancel={() => onOpen(false)}
      />
    );
  }
  if (schedule === null) return isDone ? <p role="status">Nothing runs by itself for this import.</p> : null;
  const again = () =>
    act(() => call('saveSchedule', view.id, schedule.cadence, schedule.isMine && schedule.sendsEdits));
  return (
    <section aria-label={`Schedule of ${view.title}`}>
      {isDone && (
        <p role="status">
          <Mark kind="good" />
          Schedule saved
        </p>
      )}
      <Facts view={view} schedule={schedule} />
      {schedule.trouble !== null && (
        <p class="stale">
          <Mark kind="bad" />
          {schedule.trouble}
        </p>
      )}
      {isConnected && (
        <div class="buttons">
          {schedule.isToBeSavedAgain && (
            <button type="button" disabled={task.isBusy} onClick={again}>
              {schedule.isMine ? 'Restore schedule' : 'Take over schedule'}
            </button>
          )}
          <button type="button" disabled={task.isBusy} onClick={() => onOpen(true)}>
            Change schedule
          </button>
        </div>
      )}
      <Fault fault={task.fault} onRetry={task.retry} />
    </section>
  );
};
