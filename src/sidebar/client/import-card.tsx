/** One import of the file: how old its data is, how its last run ended, and what can be done with it. */
import { useRef, useState } from 'preact/hooks';
import type { ImportView } from '../rpc';
import { EditsCount } from './edits-count';
import { Clamped, Confirm, Fault, Mark } from './parts';
import { PullProgress } from './pull-progress';
import { PullResult } from './pull-result';
import { isUnderWay } from './pull-state';
import type { PullDriver } from './pulls';
import { Schedule } from './schedule';
import { call, focusSheet } from './server';
import { useNow, useTask } from './tasks';
import { ago, count, DAY_MS, exact } from './text';
import { WhatChanged } from './what-changed';

const Age = ({ dataAsOf }: { dataAsOf: string | null }) => {
  const now = useNow(30_000);
  if (dataAsOf === null) return <p class="hint">Not complete yet: some rows are still to be read.</p>;
  const isStale = now - Date.parse(dataAsOf) > DAY_MS;
  return (
    <p class={isStale ? 'stale' : 'hint'}>
      {isStale && <Mark kind="warn" />}
      Data as of {ago(dataAsOf, now)} <time dateTime={dataAsOf}>({exact(dataAsOf)})</time>
      {isStale && '. Older than a day: refresh before you rely on it.'}
    </p>
  );
};

const LastRun = ({ lastRun }: { lastRun: ImportView['lastRun'] }) => {
  if (lastRun === null || lastRun.result === 'done') return null;
  const word = lastRun.result === 'paused' ? 'Paused' : 'Stopped';
  return (
    <p>
      <Mark kind={lastRun.result === 'paused' ? 'warn' : 'bad'} />
      {word} {exact(lastRun.at)}
      {lastRun.message === '' ? '.' : `: ${lastRun.message}`}
    </p>
  );
};

interface Props {
  readonly view: ImportView;
  readonly isInFront: boolean;
  readonly isPrimary: boolean;
  readonly isConnected: boolean;
  readonly timeZone: string;
  readonly isMailAllowed: boolean;
  readonly pulls: PullDriver;
  onShown(): void;
  onForgotten(): Promise<void>;
}

export const ImportCard = (props: Props) => {
  const { view, isInFront, isPrimary, isConnected, timeZone, isMailAllowed, pulls, onShown, onForgotten } = props;
  const [isMore, setMore] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const [isScheduling, setScheduling] = useState(false);
  const [isChanges, setChanges] = useState(false);
  const more = useRef<HTMLButtonElement>(null);
  const task = useTask();
  const [reviews, setReviews] = useState(0);
  const review = () => {
    // What was counted before a review may be sent in it: the count is taken away.
    setReviews(reviews + 1);
    task.run(async () => void (await call('openReview', view.id)));
  };
  const undo = () => task.run(async () => void (await call('openUndo', view.id)));
  const pull = pulls.of(view.id);
  const isBusy = isUnderWay(pull);
  const start = (agreed: boolean) => pulls.start(view.id, view.unfinishedRows ?? 0, agreed);
  const keep = () => {
    setAsking(false);
    more.current?.focus();
  };
  const forget = () =>
    task.run(async () => {
      await call('forgetImport', view.id);
      await onForgotten();
    });
  const canWork = isConnected && view.tab !== null;
  const id = `import-${view.id}`;
  return (
    <li class="card" aria-labelledby={id}>
      <div class="titleRow">
        <h2 id={id}>
          <Clamped text={view.title} what="the title" />
        </h2>
        <button
          type="button"
          class="icon"
          ref={more}
          aria-expanded={isMore}
          aria-label={`More for ${view.title}`}
          onClick={() => setMore(!isMore)}
        >
          <span aria-hidden="true">⋮</span>
        </button>
      </div>
      {isMore && (
        <div class="more">
          {isAsking ? (
            <Confirm
              ask="Forget this import? Its tab stays, as plain cells that no longer refresh."
              yes="Forget"
              isBusy={task.isBusy}
              onYes={forget}
              onNo={keep}
            />
          ) : (
            <div class="buttons">
              {canWork && (
                <button type="button" disabled={isBusy} onClick={undo}>
                  Undo a push
                </button>
              )}
              {canWork && view.schedule === null && (
                <button
                  type="button"
                  onClick={() => {
                    setMore(false);
                    setScheduling(true);
                  }}
                >
                  Refresh on a schedule
                </button>
              )}
              <button
                type="button"
                onClick={() => {
                  setMore(false);
                  setChanges(true);
                }}
              >
                Show what changed
              </button>
              <button type="button" disabled={isBusy} onClick={() => setAsking(true)}>
                Forget this import
              </button>
            </div>
          )}
        </div>
      )}
      {isChanges && (
        <WhatChanged
          view={view}
          onClose={() => {
            setChanges(false);
            more.current?.focus();
          }}
        />
      )}
      <p class="hint">
        {view.tab === null ? 'Tab deleted' : <Clamped text={`Tab: ${view.tab}`} what="the tab's name" />}
        {' · '}
        {count(view.rows, 'row')}
        {isInFront && ' · you are here'}
      </p>
      <Age dataAsOf={view.dataAsOf} />
      {view.tab === null && (
        <p>
          <Mark kind="warn" />
          The tab of this import was deleted. Forget this import, then import the list again.
        </p>
      )}
      {pull === undefined && <LastRun lastRun={view.lastRun} />}
      {pull !== undefined && isBusy && (
        <PullProgress pull={pull} title={view.title} onStop={() => pulls.stop(view.id)} />
      )}
      {pull?.phase === 'ended' && (
        <PullResult
          pull={pull}
          title={view.title}
          onRetry={start}
          onDismiss={() => {
            pulls.dismiss(view.id);
            more.current?.focus();
          }}
        />
      )}
      <div class="buttons">
        {canWork && !isBusy && (pull?.fault ?? null) === null && (
          <button type="button" class={isPrimary ? 'primary' : ''} onClick={() => start(false)}>
            {view.unfinishedRows === null ? 'Refresh' : `Go on (${count(view.unfinishedRows, 'row')} done)`}
          </button>
        )}
        {canWork && (
          <button type="button" onClick={review}>
            Review edits
          </button>
        )}
        {view.tab !== null && !isInFront && (
          <button
            type="button"
            onClick={() =>
              task.run(async () => {
                await call('showTab', view.id);
                focusSheet();
                onShown();
              })
            }
          >
            Show tab
          </button>
        )}
      </div>
      {canWork && !isBusy && view.cost !== null && view.unfinishedRows === null && (
        <p class="hint">A refresh takes {view.cost}.</p>
      )}
      <Fault fault={task.fault} onRetry={task.retry} />
      <Schedule
        view={view}
        timeZone={timeZone}
        isMailAllowed={isMailAllowed}
        isConnected={isConnected}
        isOpen={isScheduling}
        onOpen={(isOpen) => {
          setScheduling(isOpen);
          if (!isOpen) more.current?.focus();
        }}
        onSaved={onShown}
      />
      {canWork && <EditsCount key={reviews} importId={view.id} isBlocked={isBusy} />}
    </li>
  );
};
