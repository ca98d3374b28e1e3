/** The reading part of the review: summary, choices for all conflicts at once, and the tables. */
import { useState } from 'preact/hooks';
import type { PreviewCellView, PreviewView } from '../../rpc';
import { Mark, Messages } from '../parts';
import { count, number } from '../text';
import { type DecisionEvent, type Decisions, type Tally, tally } from './decisions';
import { EditsTable } from './edits-table';

const summary = ({ pending, conflicts, refused, cleared }: Tally): string =>
  [
    `${count(pending, 'edit')} to send`,
    count(conflicts, 'conflict'),
    `${number(refused)} can’t be sent`,
    `${number(cleared)} emptied`,
  ]
    .filter((part) => !part.startsWith('0 '))
    .join(' · ');

const AllConflicts = ({
  conflicts,
  isLocked,
  onEvent,
}: Omit<Props, 'view' | 'decisions'> & { conflicts: readonly PreviewCellView[] }) => (
  <fieldset class="bulk" disabled={isLocked}>
    <legend>
      <Mark kind="warn" />
      {count(conflicts.length, 'cell')} changed on both sides since the last refresh. Decide here for all, or below one
      by one.
    </legend>
    <button type="button" onClick={() => onEvent({ kind: 'choose', cells: conflicts, choice: 'mine' })}>
      Send all mine
    </button>
    <button type="button" onClick={() => onEvent({ kind: 'choose', cells: conflicts, choice: 'theirs' })}>
      Take all Affinity’s
    </button>
    <button type="button" onClick={() => onEvent({ kind: 'choose', cells: conflicts, choice: null })}>
      Decide all later
    </button>
  </fieldset>
);

interface Props {
  readonly view: PreviewView;
  readonly decisions: Decisions;
  readonly isLocked: boolean;
  onEvent(event: DecisionEvent): void;
}

type Filter = 'all' | PreviewCellView['state'];

export const Body = ({ view, decisions, isLocked, onEvent }: Props) => {
  const [filter, setFilter] = useState<Filter>('all');
  const { cells, messages } = view;
  const counts = tally(cells, decisions);
  const filters: readonly (readonly [Filter, string, number])[] = [
    ['all', 'All', cells.length],
    ['pending', 'To send', counts.pending],
    ['conflict', 'Conflicts', counts.conflicts],
    ['refused', 'Can’t be sent', counts.refused],
    ['cleared', 'Emptied', counts.cleared],
  ];
  const present = filters.filter(([, , size]) => size > 0);
  const wanted = present.some(([name]) => name === filter) ? filter : 'all';
  const visible = cells.filter(({ state }) => wanted === 'all' || state === wanted);
  const edits = visible.filter(({ state }) => state !== 'cleared');
  const emptied = visible.filter(({ state }) => state === 'cleared');
  const conflicts = cells.filter(({ state }) => state === 'conflict');
  const table = { decisions, isLocked, onEvent };
  return (
    <>
      <p>
        <strong>{summary(counts)}.</strong>
        {counts.toSend > 0 && ` Sending takes ${count(view.callsNeeded, 'call')} or more.`}
      </p>
      <Messages messages={messages} />
      {conflicts.length > 0 && <AllConflicts conflicts={conflicts} isLocked={isLocked} onEvent={onEvent} />}
      {present.length > 2 && (
        <fieldset class="filters">
          <legend class="unseen">Show</legend>
          {present.map(([name, words, size]) => (
            <button key={name} type="button" aria-pressed={name === wanted} onClick={() => setFilter(name)}>
              {words} ({number(size)})
            </button>
          ))}
        </fieldset>
      )}
      {edits.length > 0 && <EditsTable key={`edits-${wanted}`} caption="Edits" cells={edits} {...table} />}
      {emptied.length > 0 && (
        <EditsTable key={`emptied-${wanted}`} caption="Emptied cells" cells={emptied} {...table} />
      )}
    </>
  );
};
