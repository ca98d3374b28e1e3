/** The imports of this file, the one in front first. */
import type { PersonView, StateView } from '../rpc';
import { Connect } from './connect';
import { ImportCard } from './import-card';
import { Fault, Heading } from './parts';
import type { PullDriver } from './pulls';
import { call } from './server';
import { useTask } from './tasks';

/** Notes, reminders and interactions have a page of their own, which is about the rows that are selected. */
const ToActivity = () => {
  const task = useTask();
  return (
    <>
      <h2 class="section">Activity of the selected rows</h2>
      <button type="button" onClick={() => task.run(async () => void (await call('openActivity')))}>
        Notes, reminders, interactions
      </button>
      <Fault fault={task.fault} onRetry={task.retry} />
    </>
  );
};

interface Props {
  readonly state: StateView;
  readonly isConnected: boolean;
  readonly isKeyRefused: boolean;
  readonly isArrival: boolean;
  readonly pulls: PullDriver;
  onChange(): void;
  onForgotten(): Promise<void>;
  onConnected(person: PersonView): Promise<void>;
  onNew(): void;
}

export const Imports = (props: Props) => {
  const { state, isConnected, isKeyRefused, isArrival, pulls, onChange, onForgotten, onConnected, onNew } = props;
  const { imports, inFront } = state;
  const ordered = [...imports].sort((a, b) => Number(b.id === inFront) - Number(a.id === inFront));
  const primary = imports.length === 1 ? imports[0]?.id : inFront;
  const cards = (
    <ul class="cards">
      {ordered.map((view) => (
        <ImportCard
          key={view.id}
          view={view}
          isInFront={view.id === inFront}
          isPrimary={isConnected && view.id === primary}
          isConnected={isConnected}
          timeZone={state.timeZone}
          isMailAllowed={state.isMailAllowed}
          pulls={pulls}
          onShown={onChange}
          onForgotten={onForgotten}
        />
      ))}
    </ul>
  );
  if (!isConnected) {
    return (
      <>
        <Connect
          isArrival={isArrival}
          reason={isKeyRefused ? 'refused' : imports.length === 0 ? 'first' : 'unconnected'}
          onConnected={onConnected}
        />
        {imports.length > 0 && (
          <section>
            <h2 class="section">Imports of this file</h2>
            {cards}
          </section>
        )}
      </>
    );
  }
  return (
    <section>
      <Heading isArrival={isArrival}>Imports of this file</Heading>
      {imports.length > 0 ? (
        cards
      ) : (
        <>
          <p>This file has no import yet. An import is an Affinity list on a tab of its own.</p>
          <button type="button" class="primary" onClick={onNew}>
            Import a list
          </button>
        </>
      )}
      <ToActivity />
    </section>
  );
};
