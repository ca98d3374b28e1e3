/** What the last refresh that brought something brought to an import. Earlier ones stand on the tab of the same name. */
import { useEffect, useRef } from 'preact/hooks';
import type { ChangeView, ImportView } from '../rpc';
import { Fault, Waiting } from './parts';
import { call } from './server';
import { useLoaded, useTask } from './tasks';
import { count } from './text';

/** Lines that are shown here. */
const SHOWN = 20;
const CHARACTERS = 80;

const Text = ({ children }: { children: string }) => (
  <bdi>{children === '' ? 'empty' : children.slice(0, CHARACTERS)}</bdi>
);

const Line = ({ what, row, column, before, now, by, when }: ChangeView) => (
  <li>
    <Text>{row}</Text>
    {what === 'Changed' ? (
      <>
        {', '}
        <Text>{column}</Text>: <Text>{before}</Text> → <Text>{now}</Text>
      </>
    ) : (
      `: ${what === 'Gone' ? 'gone' : 'new row'}`
    )}
    {when !== '' && <span class="meta">{[by, when].join(' ')}</span>}
  </li>
);

export const WhatChanged = ({ view, onClose }: { view: ImportView; onClose: () => void }) => {
  const { value: lines, fault, isLoading, reload } = useLoaded(() => call('changes', view.id));
  const task = useTask();
  const panel = useRef<HTMLElement>(null);
  useEffect(() => panel.current?.focus(), []);
  const refresh = lines?.[0]?.refresh;
  const last = lines?.filter((line) => line.refresh === refresh) ?? [];
  return (
    <section class="result" ref={panel} tabIndex={-1} aria-label={`What changed in ${view.title}`}>
      {lines === null && isLoading && <Waiting what="Loading…" />}
      <Fault fault={fault ?? task.fault} onRetry={fault === null ? task.retry : reload} />
      {lines?.length === 0 && (
        <p>Nothing is noted yet. Show the tab: from then on refreshes note there what they bring.</p>
      )}
      {last.length > 0 && (
        <p>
          The refresh of {refresh} brought {count(last.length, 'change')}
          {last.length > SHOWN && `, of which ${SHOWN} are`}:
        </p>
      )}
      <ul class="messages">
        {last.slice(0, SHOWN).map((line) => (
          <Line key={`${line.row} ${line.column}`} {...line} />
        ))}
      </ul>
      <div class="buttons">
        <button type="button" onClick={() => task.run(async () => void (await call('showChanges')))}>
          Show the tab
        </button>
        <button type="button" class="text" onClick={onClose}>
          Hide
        </button>
      </div>
    </section>
  );
};
