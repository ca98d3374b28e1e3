/** Troubles on demand: what can go wrong between the add-on and Affinity, at the press of a button. */
import { useEffect, useState } from 'preact/hooks';
import { server } from '../server';
import type { Store } from '../store';

const TROUBLES = [
  ['slow', 'Slow', 'answers take two seconds'],
  ['tooMany', 'Too many calls', 'three calls get a 429'],
  ['monthGone', 'Month used up', 'a 429 until next month'],
  ['down', 'Down', 'every call gets a 503'],
  ['dropped', 'Connection drops', 'three calls get no answer'],
  ['replyLost', 'Reply lost', 'done, but never answered'],
  ['wrongReplies', 'Wrong replies', 'three answers are HTML'],
  ['cutOff', 'Cut off', 'three answers end early'],
] as const;

interface OtherState {
  readonly calls: {
    readonly total: number;
    readonly reads: number;
    readonly writes: number;
    readonly busiestMinute: number;
  };
  readonly faults: readonly { readonly kind: string }[];
  readonly quota: { readonly perMinute: number; readonly perMonth: number | string };
}

export const Troubles = ({ store }: { readonly store: Store }) => {
  const [state, setState] = useState<OtherState | null>(null);
  const [hasSeveral, setSeveral] = useState(false);
  const refresh = (): void =>
    void server.other('state').then(
      (value) => setState(value as OtherState), // our own server's answer
      () => undefined,
    );
  const requests = store.requests.at(-1);
  useEffect(refresh, [requests?.id, requests?.status]);
  const cause = (name: string, argument: object): void => void server.other(name, argument).then(refresh);
  const active = (state?.faults.length ?? 0) + (hasSeveral ? 1 : 0);
  return (
    <div class="troubles">
      <div class="trouble-list">
        {TROUBLES.map(([name, label, effect]) => (
          <button key={name} type="button" onClick={() => cause('trouble', { trouble: name })}>
            <b>{label}</b>
            <span>{effect}</span>
          </button>
        ))}
        <button
          type="button"
          onClick={() => {
            setSeveral(true);
            cause('accounts', {});
          }}
        >
          <b>Several accounts</b>
          <span>Google refuses the sidebar’s calls</span>
        </button>
        <button type="button" disabled={!store.running} onClick={() => void server.kill()}>
          <b>Kill the run</b>
          <span>at its next service call</span>
        </button>
        <button type="button" onClick={() => window.location.reload()}>
          <b>Reload the page</b>
          <span>in the middle of something</span>
        </button>
        {[10, 60].map((minutes) => (
          <button key={minutes} type="button" onClick={() => cause('later', { minutes })}>
            <b>{minutes === 60 ? 'An hour later' : `${minutes} minutes later`}</b>
            <span>due triggers run</span>
          </button>
        ))}
        <button
          type="button"
          class="calm"
          disabled={active === 0}
          onClick={() => {
            setSeveral(false);
            cause('calm', {});
          }}
        >
          <b>All well again</b>
          <span>
            {active === 0 ? 'nothing is wrong now' : `${active} ${active === 1 ? 'trouble' : 'troubles'} waiting`}
          </span>
        </button>
      </div>
      {state && (
        <dl class="counters">
          <dt>Calls</dt>
          <dd>{state.calls.total}</dd>
          <dt>Reads</dt>
          <dd>{state.calls.reads}</dd>
          <dt>Writes</dt>
          <dd>{state.calls.writes}</dd>
          <dt>Busiest minute</dt>
          <dd>
            {state.calls.busiestMinute} of {state.quota.perMinute}
          </dd>
          <dt>Month</dt>
          <dd>{String(state.quota.perMonth)} allowed</dd>
        </dl>
      )}
    </div>
  );
};
