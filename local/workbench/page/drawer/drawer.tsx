/** The other side: Affinity's data as a colleague sees it, the requests that reach it, the add-on's runs, and troubles on demand. */
import { useState } from 'preact/hooks';
import type { Store } from '../store';
import { ListData } from './list-data';
import { Requests } from './requests';
import { Runs } from './runs';
import { Troubles } from './troubles';

const VIEWS = ['Data', 'Requests', 'Runs', 'Troubles'] as const;

export const Drawer = ({ store, onClose }: { readonly store: Store; readonly onClose: () => void }) => {
  const [view, setView] = useState<(typeof VIEWS)[number]>('Data');
  const mode = store.state?.mode ?? 'emulator';
  const views = mode === 'emulator' ? VIEWS : (['Requests', 'Runs'] as const);
  const shown = views.find((one) => one === view) ?? 'Requests';
  const last = store.requests.length;
  return (
    <section class="drawer" aria-label="The other side">
      <header>
        <h2>The other side</h2>
        <div role="tablist" aria-label="Views of the other side">
          {views.map((name) => (
            <button
              key={name}
              type="button"
              role="tab"
              id={`drawer-${name}`}
              aria-controls="drawer-view"
              aria-selected={name === shown}
              onClick={() => setView(name)}
            >
              {name === 'Requests' && last > 0 ? `Requests (${last})` : name}
            </button>
          ))}
        </div>
        <span class="spread" />
        <span class="keys">
          {mode === 'live-read-only' && 'Real Affinity, read-only. '}
          {mode === 'live' && 'Real Affinity: changes are really sent. '}
          {store.state?.keys.slice(0, 1).map(({ key, name }) => (
            <span key={key}>
              Begin with Extensions → List Sync for Affinity. Key to connect with: <code>{key}</code> ({name})
            </span>
          ))}
        </span>
        <button type="button" class="quiet" aria-label="Close the other side" onClick={onClose}>
          ✕
        </button>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling panel must be reachable by keyboard */}
      <div class="drawer-view" id="drawer-view" role="tabpanel" aria-labelledby={`drawer-${shown}`} tabIndex={0}>
        {shown === 'Data' && <ListData store={store} />}
        {shown === 'Requests' && <Requests requests={store.requests} />}
        {shown === 'Runs' && <Runs runs={store.runs} />}
        {shown === 'Troubles' && <Troubles store={store} />}
      </div>
    </section>
  );
};
