/** A refresh under way: how far it is, how long it may take, and a way to stop it. */
import { useEffect, useRef } from 'preact/hooks';
import { useAnnounce } from './announce';
import { type Pull, timeLeft } from './pull-state';
import { useNow } from './tasks';
import { about, count, number } from './text';

/** People who hear the page are told how far it is no more often than this. */
const SAID_EVERY_MS = 10_000;

const rowsText = ({ rowsDone, rowsInAll }: Pull): string =>
  rowsInAll === null || rowsInAll === 0
    ? count(rowsDone, 'row')
    : `${number(rowsDone)} of ${count(Math.max(rowsInAll, rowsDone), 'row')}`;

const detail = (pull: Pull, now: number): string => {
  if (pull.phase === 'waiting') return 'Starts when the other refresh of this file has ended.';
  if (pull.phase === 'stopping') return 'Stopping after the calls that are under way.';
  if (pull.waitingUntil !== null && pull.waitingUntil > now) {
    const seconds = Math.ceil((pull.waitingUntil - now) / 1_000);
    return `The calls of this minute are used up. Goes on in ${count(seconds, 'second')}.`;
  }
  const left = timeLeft(pull, now);
  const month = pull.monthRemaining === null ? '' : `, ${number(pull.monthRemaining)} left this month`;
  const calls = `${count(pull.calls + pull.callsNow, 'call')} so far${month}.`;
  return left === null ? `${calls} Measuring the time left.` : `${calls} Time left: ${about(left)}.`;
};

export const PullProgress = ({ pull, title, onStop }: { pull: Pull; title: string; onStop: () => void }) => {
  const now = useNow(1_000);
  const announce = useAnnounce();
  const saidAt = useRef(0);
  const panel = useRef<HTMLDivElement>(null);
  // The button that started it is gone. Not to Cancel, which a second Enter would press.
  useEffect(() => {
    if (document.activeElement === document.body) panel.current?.focus();
  }, []);
  const text = pull.phase === 'waiting' ? 'Waiting' : rowsText(pull);
  const said = `${title.slice(0, 60)}: ${text}. ${detail(pull, now)}`;
  useEffect(() => {
    if (now - saidAt.current < SAID_EVERY_MS) return;
    saidAt.current = now;
    announce(said);
  }, [now, said, announce]);
  const measured = pull.rowsInAll === null || pull.rowsInAll === 0 ? {} : { value: pull.rowsDone, max: pull.rowsInAll };
  return (
    <div class="progress" ref={panel} tabIndex={-1}>
      <progress {...measured} aria-label={`Refresh of ${title}`} aria-valuetext={text} />
      <p>
        <strong>{text}</strong>
      </p>
      <p class="hint">{detail(pull, now)}</p>
      <button type="button" aria-disabled={pull.phase === 'stopping'} onClick={onStop}>
        Cancel
      </button>
    </div>
  );
};
