/** Settings of the person: calls to leave for others, and the connection. */
import { useRef, useState } from 'preact/hooks';
import type { SettingsView } from '../rpc';
import { useAnnounce } from './announce';
import { Confirm, Fault, Heading, Mark } from './parts';
import { Quota } from './quota';
import { call } from './server';
import { useTask } from './tasks';

const NOT_A_NUMBER = 'Enter a whole number, 0 or more.';
const HIGHEST_FLOOR = 100_000_000;

const Floor = ({ settings, onSaved }: { settings: SettingsView; onSaved: () => Promise<void> }) => {
  const [text, setText] = useState(String(settings.monthlyFloor));
  const [isRefused, setRefused] = useState(false);
  const [isSaved, setSaved] = useState(false);
  const announce = useAnnounce();
  const field = useRef<HTMLInputElement>(null);
  const task = useTask();
  const save = (event: Event) => {
    event.preventDefault();
    const floor = text.trim() === '' ? Number.NaN : Number(text);
    const isFine = Number.isInteger(floor) && floor >= 0 && floor <= HIGHEST_FLOOR;
    setRefused(!isFine);
    if (!isFine) {
      field.current?.focus();
      return;
    }
    task.run(async () => {
      const { monthlyFloor } = await call('saveSettings', { monthlyFloor: floor });
      setText(String(monthlyFloor));
      setSaved(true);
      announce('Saved.');
      await onSaved();
    });
  };
  return (
    <form onSubmit={save} noValidate>
      <label for="floor">Calls a month to leave for other programs</label>
      <input
        id="floor"
        ref={field}
        class="short"
        type="number"
        inputMode="numeric"
        min={0}
        step={1}
        value={text}
        aria-invalid={isRefused}
        aria-describedby={isRefused ? 'floor-fault floor-hint' : 'floor-hint'}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setRefused(false);
          setSaved(false);
        }}
      />
      {isRefused && (
        <p class="error" id="floor-fault" role="alert">
          <Mark kind="bad" />
          {NOT_A_NUMBER}
        </p>
      )}
      <p class="hint" id="floor-hint">
        Nothing is read or sent once no more than these remain.
      </p>
      <div class="buttons">
        <button type="submit" class="primary" aria-disabled={task.isBusy}>
          {task.isBusy ? 'Saving…' : 'Save'}
        </button>
        {isSaved && (
          <span>
            <Mark kind="good" />
            Saved
          </span>
        )}
      </div>
      <Fault fault={task.fault} onRetry={task.retry} />
    </form>
  );
};

const Disconnect = ({ onDone }: { onDone: () => Promise<void> }) => {
  const [isAsking, setAsking] = useState(false);
  const task = useTask();
  const opener = useRef<HTMLButtonElement>(null);
  const refocus = () => requestAnimationFrame(() => opener.current?.focus());
  return (
    <section>
      <h2 class="section">Connection</h2>
      {isAsking ? (
        <Confirm
          ask="Disconnect from Affinity? Your key is deleted here. Imports and their tabs stay."
          yes={task.isBusy ? 'Disconnecting…' : 'Disconnect'}
          isBusy={task.isBusy}
          onYes={() =>
            task.run(async () => {
              await call('disconnect');
              await onDone();
            })
          }
          onNo={() => {
            setAsking(false);
            refocus();
          }}
        />
      ) : (
        <>
          <p>Your key is kept for you only, not in this file.</p>
          <button type="button" ref={opener} onClick={() => setAsking(true)}>
            Disconnect…
          </button>
        </>
      )}
      <Fault fault={task.fault} onRetry={task.retry} />
    </section>
  );
};

interface Props {
  readonly isArrival: boolean;
  readonly settings: SettingsView;
  onSaved(): Promise<void>;
  onDisconnected(): Promise<void>;
}

export const Settings = ({ isArrival, settings, onSaved, onDisconnected }: Props) => (
  <>
    <Heading isArrival={isArrival}>Settings</Heading>
    <Quota />
    <Floor settings={settings} onSaved={onSaved} />
    <Disconnect onDone={onDisconnected} />
  </>
);
