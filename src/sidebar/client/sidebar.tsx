/** The sidebar: which screen is shown, and what the file says of itself. */
import { useEffect, useState } from 'preact/hooks';
import type { PersonView } from '../rpc';
import { Help } from './help';
import { Imports } from './imports';
import { NewImport } from './new-import';
import { Fault, Mark, Waiting } from './parts';
import { usePulls } from './pulls';
import { call, onKeyRefused } from './server';
import { Settings } from './settings';
import { useLoaded } from './tasks';

type Screen = 'imports' | 'new' | 'settings' | 'help';
const SCREENS: readonly (readonly [Screen, string])[] = [
  ['imports', 'Imports'],
  ['new', 'New import'],
  ['settings', 'Settings'],
  ['help', 'Help'],
];

/** Coming back to the page asks the file again, for the tab in front may be another. Costs no call to Affinity. */
const REFOCUS_MS = 15_000;

const useReloadOnFocus = (reload: () => void) =>
  useEffect(() => {
    let last = Date.now();
    const listen = () => {
      if (Date.now() - last < REFOCUS_MS) return;
      last = Date.now();
      reload();
    };
    window.addEventListener('focus', listen);
    return () => window.removeEventListener('focus', listen);
  }, [reload]);

export const Sidebar = () => {
  const { value: state, fault, isLoading, reload } = useLoaded(() => call('state'));
  const [chosen, setChosen] = useState<Screen | null>(null);
  const [person, setPerson] = useState<PersonView | null>(null);
  /** Affinity refused the key that is kept: nothing goes on before there is a valid one. */
  const [isKeyRefused, setKeyRefused] = useState(false);
  useEffect(() => onKeyRefused(() => setKeyRefused(true)), []);
  const pulls = usePulls(reload);
  useReloadOnFocus(reload);
  if (state === null) {
    return (
      <main>
        <h1 class="unseen">List Sync for Affinity</h1>
        {isLoading ? <Waiting what="Loading…" /> : <Fault fault={fault} onRetry={reload} />}
      </main>
    );
  }
  const isConnected = state.connection.isConnected && !isKeyRefused;
  const wanted = chosen ?? (state.imports.length === 0 ? 'new' : 'imports');
  const screen: Screen = isConnected || wanted === 'help' ? wanted : 'imports';
  const go = (next: Screen) => {
    setPerson(null);
    setChosen(next);
  };
  const disconnected = async () => {
    await reload();
    go('imports');
  };
  const isArrival = chosen !== null;
  return (
    <>
      <nav aria-label="Sections">
        {SCREENS.filter(([name]) => isConnected || name === 'imports' || name === 'help').map(([name, words]) => (
          <button key={name} type="button" aria-current={name === screen ? 'page' : undefined} onClick={() => go(name)}>
            {name === 'imports' && !isConnected ? 'Connect' : words}
          </button>
        ))}
      </nav>
      <main>
        <Fault fault={fault} onRetry={reload} />
        {person !== null && (
          <p class="notice" role="status">
            <Mark kind="good" />
            <span>
              Connected to <bdi>{person.firm}</bdi> as <bdi>{person.name === '' ? person.email : person.name}</bdi>.
            </span>
          </p>
        )}
        {screen === 'imports' && (
          <Imports
            state={state}
            isConnected={isConnected}
            isKeyRefused={isKeyRefused}
            isArrival={isArrival}
            pulls={pulls}
            onChange={reload}
            onForgotten={async () => {
              await reload();
              setChosen('imports');
            }}
            onConnected={async (who) => {
              setKeyRefused(false);
              setPerson(who);
              setChosen(state.imports.length === 0 ? 'new' : 'imports');
              await reload();
            }}
            onNew={() => go('new')}
          />
        )}
        {screen === 'new' && (
          <NewImport
            isArrival={isArrival}
            knownImports={state.imports.map(({ id }) => id)}
            monthlyFloor={state.settings.monthlyFloor}
            onStarted={async (importId) => {
              pulls.start(importId, 0);
              await reload();
              go('imports');
            }}
          />
        )}
        {screen === 'settings' && (
          <Settings isArrival={isArrival} settings={state.settings} onDisconnected={disconnected} onSaved={reload} />
        )}
        {screen === 'help' && <Help isArrival={isArrival} />}
      </main>
    </>
  );
};
