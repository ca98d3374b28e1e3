/** Who the key belongs to, and the calls to Affinity that are left, this minute and this month. */
import { CALLS_A_MINUTE } from './limits';
import { Fault, Waiting } from './parts';
import { call } from './server';
import { useLoaded } from './tasks';
import { exact, number } from './text';

const Meter = ({ name, left, limit }: { name: string; left: number | null; limit: number | null }) => {
  const id = `meter-${name.replace(/\W/g, '-')}`;
  const text =
    left === null
      ? 'not known yet, or without limit'
      : limit === null
        ? `${number(left)} left`
        : `${number(left)} of ${number(limit)} left`;
  return (
    <div class="meter">
      <p id={id}>
        <span>{name}</span> <span>{text}</span>
      </p>
      {left !== null && limit !== null && (
        <meter min={0} max={limit} low={limit / 10} optimum={limit} value={left} aria-labelledby={id}>
          {text}
        </meter>
      )}
    </div>
  );
};

export const Quota = () => {
  const { value, fault, isLoading, reload } = useLoaded(() => call('quota'));
  return (
    <>
      {value !== null && (
        <section>
          <p>
            <strong>
              <bdi>{value.name === '' ? value.email : value.name}</bdi>
            </strong>
            {value.name !== '' && (
              <>
                {' '}
                · <bdi>{value.email}</bdi>
              </>
            )}
            <span class="meta">
              <bdi>{value.firm}</bdi>
              {value.keyMade !== null && ` · key made ${exact(value.keyMade)}`}
            </span>
          </p>
          <p class="hint">The add-on sees and changes what you may in Affinity, and nothing else.</p>
        </section>
      )}
      <section>
        <h2 class="section">Calls to Affinity</h2>
        {value === null && isLoading && <Waiting what="Loading…" />}
        {value !== null && (
          <>
            <Meter name="This minute" left={value.minuteRemaining} limit={CALLS_A_MINUTE} />
            <Meter name="This month" left={value.monthRemaining} limit={value.monthLimit} />
            <p class="hint">All programs of your firm share the calls of a month.</p>
          </>
        )}
        <Fault fault={fault} onRetry={reload} />
        <button type="button" class="text" aria-disabled={isLoading} onClick={() => void reload()}>
          {isLoading && value !== null ? 'Updating…' : 'Update numbers'}
        </button>
      </section>
    </>
  );
};
