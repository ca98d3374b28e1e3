/** Connecting to Affinity: what the add-on does, and the key. The key is forgotten by the page as soon as it is accepted. */
import { useRef, useState } from 'preact/hooks';
import type { PersonView } from '../rpc';
import { Heading, Mark } from './parts';
import { CallFault, call } from './server';
import { useTask } from './tasks';

const NO_KEY = 'Paste your Affinity API key first.';

interface Props {
  /** `first`: the file has no import yet. `refused`: the key that is kept is not valid any more. */
  readonly reason: 'first' | 'unconnected' | 'refused';
  readonly isArrival: boolean;
  onConnected(person: PersonView): Promise<void>;
}

const REASONS: Readonly<Record<Props['reason'], string>> = {
  first:
    'Bring an Affinity list into this sheet, keep it fresh, and send your edits back after you have reviewed them.',
  unconnected: 'Connect with your own key to refresh the imports of this file or send edits.',
  refused:
    'Affinity does not accept your key any more: it was revoked or replaced. Enter a valid one to go on. Your edits and what was read stay.',
};

export const Connect = ({ reason, isArrival, onConnected }: Props) => {
  const [key, setKey] = useState('');
  const [isShown, setShown] = useState(false);
  const [isBlank, setBlank] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const task = useTask();
  const fault = isBlank ? NO_KEY : (task.fault?.message ?? null);
  const submit = (event: Event) => {
    event.preventDefault();
    setBlank(key.trim() === '');
    if (key.trim() === '') {
      field.current?.focus();
      return;
    }
    task.run(async () => {
      try {
        const person = await call('connect', key.trim());
        setKey('');
        await onConnected(person);
      } catch (reason) {
        // Only a key that was refused is worth the cursor; a broken line is not the key's fault.
        if (reason instanceof CallFault && reason.kind === 'said') field.current?.focus();
        throw reason;
      }
    });
  };
  return (
    <section>
      <Heading isArrival={isArrival}>Connect to Affinity</Heading>
      <p>
        {reason === 'refused' && <Mark kind="warn" />}
        {REASONS[reason]}
      </p>
      <form onSubmit={submit} noValidate>
        <label for="key">Affinity API key</label>
        <div class="withButton">
          <input
            id="key"
            ref={field}
            {...(isShown ? { type: 'text' as const } : { type: 'password' as const })}
            autocomplete="off"
            spellcheck={false}
            maxLength={500}
            value={key}
            aria-invalid={fault !== null}
            aria-describedby={fault === null ? 'key-hint' : 'key-fault key-hint'}
            onInput={(event) => {
              setKey(event.currentTarget.value);
              setBlank(false);
              task.clear();
            }}
          />
          <button type="button" aria-pressed={isShown} aria-label="Show key" onClick={() => setShown(!isShown)}>
            Show
          </button>
        </div>
        {fault !== null && (
          <p class="error" id="key-fault" role="alert">
            <Mark kind="bad" />
            {fault}
          </p>
        )}
        <button class="primary" type="submit" aria-disabled={task.isBusy}>
          {task.isBusy ? 'Connecting…' : task.fault?.kind === 'unreachable' ? 'Try again' : 'Connect'}
        </button>
        <div class="hint" id="key-hint">
          <p>Where to find it: in Affinity, open Settings → API and generate a key.</p>
          <p>
            The key is kept for you only. It is never written into this file, so nobody you share the file with can use
            it.
          </p>
        </div>
      </form>
    </section>
  );
};
