/** The sidebar's page: connection, and the imports of this file with the age of their data. */
import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ImportView, Status } from '../rpc';
import { call } from './server';
import './sidebar.css';

const age = (instant: string | null): string =>
  instant === null
    ? 'never complete'
    : new Date(instant).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });

const messageOf = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault));

const Connect = ({ onDone }: { readonly onDone: () => void }) => {
  const [key, setKey] = useState('');
  const [fault, setFault] = useState('');
  const [isBusy, setBusy] = useState(false);
  const submit = (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setFault('');
    call('sidebarConnect', key)
      .then(onDone, (reason: unknown) => setFault(messageOf(reason)))
      .finally(() => setBusy(false));
  };
  return (
    <form onSubmit={submit}>
      <label for="key">Affinity API key</label>
      <input id="key" type="password" autocomplete="off" value={key} onInput={(e) => setKey(e.currentTarget.value)} />
      <p class="hint">You find it in Affinity under Settings → API. It is kept for you alone, not in this file.</p>
      {fault !== '' && (
        <p class="error" role="alert">
          {fault}
        </p>
      )}
      <button class="primary" type="submit" disabled={isBusy}>
        {isBusy ? 'Checking…' : 'Connect'}
      </button>
    </form>
  );
};

const Import = ({ view, onDone }: { readonly view: ImportView; readonly onDone: () => void }) => {
  const [note, setNote] = useState('');
  const [isBusy, setBusy] = useState(false);
  const refresh = () => {
    setBusy(true);
    setNote('');
    call('sidebarRefresh', view.id)
      .then(
        (text) => {
          setNote(text);
          onDone();
        },
        (reason: unknown) => setNote(messageOf(reason)),
      )
      .finally(() => setBusy(false));
  };
  return (
    <li>
      <strong>{view.title}</strong>
      <span class="hint">Data as of {age(view.dataAsOf)}</span>
      {view.message !== '' && <span class="hint">{view.message}</span>}
      <button type="button" disabled={isBusy} onClick={refresh}>
        {isBusy ? 'Refreshing…' : 'Refresh'}
      </button>
      <span aria-live="polite">{note}</span>
    </li>
  );
};

const Sidebar = () => {
  const [status, setStatus] = useState<Status | null>(null);
  const [fault, setFault] = useState('');
  const load = () => {
    call('sidebarStatus').then(setStatus, (reason: unknown) => setFault(messageOf(reason)));
  };
  useEffect(load, []);
  if (fault !== '') {
    return (
      <p class="error" role="alert">
        {fault}
      </p>
    );
  }
  if (status === null) return <p aria-live="polite">Loading…</p>;
  if (!status.isConnected) return <Connect onDone={load} />;
  if (status.imports.length === 0) {
    return <p>This file has no import yet. Choose “Import a list” in the add-on’s menu.</p>;
  }
  return (
    <ul>
      {status.imports.map((view) => (
        <Import key={view.id} view={view} onDone={load} />
      ))}
    </ul>
  );
};

const root = document.getElementById('root');
if (root !== null) render(<Sidebar />, root);
