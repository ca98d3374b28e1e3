/** Notes, reminders or interactions as a table on a tab of its own. */
import { useState } from 'preact/hooks';
import type { ActivityView, ActivityWantedView } from '../../rpc';
import { Confirm } from '../parts';
import { PullProgress } from '../pull-progress';
import { PullResult } from '../pull-result';
import { isUnderWay } from '../pull-state';
import { usePulls } from '../pulls';
import { call } from '../server';
import { useTask } from '../tasks';
import { count } from '../text';
import { Choice, Columns, Field, Picks } from './fields';
import { Form } from './form';

type Dataset = ActivityWantedView['dataset'];
const WHO: Readonly<Record<Dataset, string>> = { notes: 'Author', reminders: 'Owner', interactions: 'Colleague' };

const costWords = ({
  calls,
  minutes,
  isAffordable,
}: {
  calls: number;
  minutes: number;
  isAffordable: boolean;
}): string =>
  `This takes at least ${count(calls, 'call')} to Affinity, about ${count(minutes, 'minute')}.${isAffordable ? '' : ' That is more than you may use this month, so it will stop before its end.'} Go on?`;

/** What is asked for, and how a field changes a part of it. */
interface AskedProps {
  readonly wanted: ActivityWantedView;
  readonly set: (change: Partial<ActivityWantedView>) => void;
}

const ReminderFilters = ({ wanted, set }: AskedProps) => (
  <Columns>
    <Choice
      label="Status"
      value={wanted.status}
      onChoose={(status) => set({ status })}
      options={[
        [null, 'All'],
        [1, 'Active'],
        [2, 'Overdue'],
        [0, 'Completed'],
      ]}
    />
    <Choice
      label="Kind"
      value={wanted.type}
      onChoose={(type) => set({ type })}
      options={[
        [null, 'All'],
        [0, 'One-time'],
        [1, 'Recurring'],
      ]}
    />
  </Columns>
);

const InteractionFilters = ({ wanted, set }: AskedProps) => (
  <>
    <Picks
      label="Kinds; none ticked means all"
      value={wanted.types}
      onPick={(types) => set({ types })}
      options={[
        [0, 'Meetings'],
        [1, 'Calls'],
        [2, 'Chat messages'],
        [3, 'E-mails'],
      ]}
    />
    <Columns>
      <Choice
        label="Direction"
        value={wanted.direction}
        onChoose={(direction) => set({ direction })}
        options={[
          [null, 'Both'],
          [0, 'Sent'],
          [1, 'Received'],
        ]}
      />
      <Choice
        label="Logged"
        value={wanted.isManualOnly}
        onChoose={(isManualOnly) => set({ isManualOnly })}
        options={[
          [false, 'In any way'],
          [true, 'By hand only'],
        ]}
      />
    </Columns>
  </>
);

const Days = ({ wanted, set }: AskedProps) => (
  <Columns>
    <Field
      type="date"
      label={wanted.dataset === 'reminders' ? 'Due from' : 'From'}
      value={wanted.from}
      onInput={(from) => set({ from })}
      {...(wanted.dataset === 'interactions' ? { hint: 'Empty: a year ago.' } : {})}
    />
    <Field
      type="date"
      label={wanted.dataset === 'reminders' ? 'Due until' : 'Until'}
      value={wanted.to}
      onInput={(to) => set({ to })}
      {...(wanted.dataset === 'interactions' ? { hint: 'Empty: goes on with each refresh.' } : {})}
    />
  </Columns>
);

export const TableForm = ({ view: { records, title, hasTable } }: { view: ActivityView }) => {
  const [wanted, setWanted] = useState<ActivityWantedView>({
    dataset: 'notes',
    whose: records.length > 0 ? 'selected' : hasTable ? 'table' : 'all',
    ...{ records, named: '', person: '', from: '', to: '', status: null, type: null, types: [], direction: null },
    isManualOnly: false,
  });
  const set = (change: Partial<ActivityWantedView>) => setWanted((before) => ({ ...before, ...change }));
  const { dataset, whose } = wanted;
  const [cost, setCost] = useState<Parameters<typeof costWords>[0] | null>(null);
  const [shown, setShown] = useState<string | null>(null);
  const [isTried, setTried] = useState(false);
  const task = useTask();
  const pulls = usePulls(() => {});
  const pull = shown === null ? undefined : pulls.of(shown);
  // Interactions are asked for record by record: everything at once can't be had.
  const offers: readonly (readonly [ActivityWantedView['whose'], string])[] = [
    ...(records.length > 0 ? [['selected', `The ${count(records.length, 'selected record')}`] as const] : []),
    ...(hasTable ? [['table', `All rows of “${title ?? ''}”`] as const] : []),
    ...(dataset === 'interactions' ? [] : [['all', 'Everything that I can see'] as const]),
    ['named', 'One by its name'],
  ];
  const chosen = offers.some(([offer]) => offer === whose) ? whose : (offers[0]?.[0] ?? 'named');
  const asked = { ...wanted, whose: chosen };
  const start = () => {
    setCost(null);
    task.run(async () => {
      const importId = await call('showActivity', asked);
      setShown(importId);
      pulls.start(importId, 0);
    });
  };
  const send = () => {
    setTried(true);
    if (chosen === 'named' && wanted.named.trim() === '') return;
    setShown(null);
    if (dataset !== 'interactions') start();
    else task.run(async () => setCost(await call('activityCost', asked)));
  };
  const noun = `${dataset.charAt(0).toUpperCase()}${dataset.slice(1)}`;
  return (
    <Form
      title="Show as a table"
      about="Makes a tab with one row for each. It refreshes like any import."
      button={['Show them', 'Starting…']}
      isIdle={cost !== null || isUnderWay(pull)}
      task={task}
      outcome={
        <>
          {cost !== null && (
            <Confirm
              ask={costWords(cost)}
              yes="Show them"
              no="Not now"
              isBusy={task.isBusy}
              onYes={start}
              onNo={() => setCost(null)}
            />
          )}
          {shown !== null && pull !== undefined && isUnderWay(pull) && (
            <PullProgress pull={pull} title={noun} onStop={() => pulls.stop(shown)} />
          )}
          {shown !== null && pull?.phase === 'ended' && (
            <PullResult
              pull={pull}
              title={noun}
              onRetry={(agreed) => pulls.start(shown, pull.rowsDone, agreed)}
              onDismiss={() => setShown(null)}
            />
          )}
        </>
      }
      onSubmit={send}
    >
      <Choice
        label="What"
        value={dataset}
        onChoose={(next) => set({ dataset: next })}
        options={[
          ['notes', 'Notes'],
          ['reminders', 'Reminders'],
          ['interactions', 'Interactions'],
        ]}
      />
      <Choice label="Of whom" value={chosen} onChoose={(next) => set({ whose: next })} options={offers} />
      {chosen === 'named' && (
        <Field
          label="Name"
          value={wanted.named}
          onInput={(named) => set({ named })}
          hint="A person, organization or opportunity; also an e-mail address or a website."
          problem={isTried && wanted.named.trim() === '' ? 'Enter a name.' : null}
        />
      )}
      {dataset === 'reminders' && <ReminderFilters {...{ wanted, set }} />}
      {dataset === 'interactions' && <InteractionFilters {...{ wanted, set }} />}
      {dataset !== 'notes' && <Days {...{ wanted, set }} />}
      <Field
        label={WHO[dataset]}
        value={wanted.person}
        onInput={(person) => set({ person })}
        hint="A colleague’s name. Empty: all of them."
      />
    </Form>
  );
};
