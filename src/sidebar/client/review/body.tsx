/** The reading part of the review: summary, choices for all conflicts at once, and the tables. */
import { useState } from 'preact/hooks';
import type { PreviewCellView, PreviewView } from '../../rpc';
import { Mark, Messages } from '../parts';
import { count, number } from '../text';
import {
  type DecisionEvent,
  type Decisions,
  decidedTogether,
  type Part,
  partOf,
  type Scope,
  type Tally,
  tally,
} from './decisions';
import { EditsTable } from './edits-table';

const summary = ({ pending, conflicts, refused, cleared, formulas, newRows }: Tally): string =>
  [
    `${count(pending, 'edit')} to send`,
    `${count(newRows, 'new row')}`,
    count(conflicts, 'conflict'),
    `${number(refused)} can’t be sent`,
    `${number(cleared)} emptied`,
    count(formulas, 'formula'),
  ]
    .filter((part) => !part.startsWith('0 '))
    .join(' · ');

const AllConflicts = ({
  conflicts,
  isLocked,
  onEvent,
}: Pick<Props, 'isLocked' | 'onEvent'> & { conflicts: readonly PreviewCellView[] }) => (
  <fieldset class="bulk" disabled={isLocked}>
    <legend>
      <Mark kind="warn" />
      {count(conflicts.length, 'cell')} changed on both sides since the last refresh. Decide here for all, or below one
      by one.
    </legend>
    <button
      type="button"
      onClick={() => onEvent({ kind: 'choose', cells: decidedTogether(conflicts, 'mine'), choice: 'mine' })}
    >
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

const SCOPES: readonly (readonly [Scope, string])[] = [
  ['all', 'Everything'],
  ['selected', 'Rows selected in the sheet'],
  ['new', 'New rows only'],
];

const sizeOf = ({ cells, newRows }: Part): number =>
  new Set([...cells.map(({ id }) => id), ...newRows.map(({ key }) => key)]).size;

/** Which rows are looked at and sent; only where that makes a difference. */
const ScopeChoice = ({ view, decisions, isLocked, onEvent }: Omit<Props, 'part'>) => {
  const sizes = SCOPES.map(([scope, words]) => ({ scope, words, size: sizeOf(partOf(view, scope)) }));
  const whole = sizes[0]?.size ?? 0;
  const offered = sizes.filter(({ scope, size }) => scope === 'all' || (size > 0 && size < whole));
  if (offered.length < 2) return null;
  return (
    <fieldset class="scope" disabled={isLocked}>
      <legend>What to send</legend>
      {offered.map(({ scope, words, size }) => (
        <label key={scope} class="check">
          <input
            type="radio"
            name="scope"
            checked={decisions.scope === scope}
            onChange={(event) => event.currentTarget.checked && onEvent({ kind: 'scope', scope })}
          />
          {words} ({count(size, 'row')})
        </label>
      ))}
    </fieldset>
  );
};

interface Props {
  readonly view: PreviewView;
  /** What the scope leaves of it. */
  readonly part: Part;
  readonly decisions: Decisions;
  readonly isLocked: boolean;
  onEvent(event: DecisionEvent): void;
}

type Filter = 'all' | PreviewCellView['state'];

export const Body = ({ view, part, decisions, isLocked, onEvent }: Props) => {
  const [filter, setFilter] = useState<Filter>('all');
  const { cells, newRows } = part;
  const counts = tally(part, decisions);
  const isNew = new Set(newRows.map(({ key }) => key));
  const filters: readonly (readonly [Filter, string, number])[] = [
    ['all', 'All', cells.filter(({ id }) => !isNew.has(id)).length],
    ['pending', 'To send', counts.pending],
    ['conflict', 'Conflicts', counts.conflicts],
    ['refused', 'Can’t be sent', counts.refused],
    ['cleared', 'Emptied', counts.cleared],
    ['formula', 'Formulas', counts.formulas],
  ];
  const present = filters.filter(([, , size]) => size > 0);
  const wanted = present.some(([name]) => name === filter) ? filter : 'all';
  const visible = cells.filter(({ id, state }) => !isNew.has(id) && (wanted === 'all' || state === wanted));
  const edits = visible.filter(({ state }) => state !== 'cleared' && state !== 'formula');
  const emptied = visible.filter(({ state }) => state === 'cleared');
  const formulas = visible.filter(({ state }) => state === 'formula');
  const conflicts = decidedTogether(cells, 'theirs');
  const table = { decisions, isLocked, onEvent };
  return (
    <>
      <p>
        <strong>{summary(counts)}.</strong>
        {counts.toSend + counts.toAdd > 0 && ` Sending takes ${count(view.callsNeeded, 'call')} or more.`}
      </p>
      <Messages messages={view.messages} />
      <ScopeChoice view={view} decisions={decisions} isLocked={isLocked} onEvent={onEvent} />
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
      {newRows.length > 0 && (
        <EditsTable caption="New rows" cells={cells.filter(({ id }) => isNew.has(id))} newRows={newRows} {...table} />
      )}
      {edits.length > 0 && <EditsTable key={`edits-${wanted}`} caption="Edits" cells={edits} newRows={[]} {...table} />}
      {emptied.length > 0 && (
        <EditsTable key={`emptied-${wanted}`} caption="Emptied cells" cells={emptied} newRows={[]} {...table} />
      )}
      {formulas.length > 0 && (
        <EditsTable key={`formulas-${wanted}`} caption="Formulas" cells={formulas} newRows={[]} {...table} />
      )}
    </>
  );
};
