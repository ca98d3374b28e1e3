/** Finds one list among hundreds: a search field with its results always open below. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ListView } from '../rpc';
import { count, matches } from './text';

/** Results drawn at once; the rest is a search or a button away. */
const SHOWN = 100;
const KINDS = { people: 'People', organizations: 'Organizations', opportunities: 'Opportunities' } as const;

export const describeList = ({ kind, rows, isPrivate }: ListView): string =>
  `${KINDS[kind]} · ${count(rows, 'row')}${isPrivate ? ' · private' : ''}`;

export const ListPicker = ({ lists, onPick }: { lists: readonly ListView[]; onPick: (list: ListView) => void }) => {
  const [search, setSearch] = useState('');
  const [shown, setShown] = useState(SHOWN);
  const [at, setAt] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const found = lists.filter((list) => matches(`${list.name} ${KINDS[list.kind]}`, search.trim()));
  const listed = found.slice(0, shown);
  const active = Math.min(at, listed.length - 1);
  // Follows the active option.
  useEffect(() => {
    if (at > 0) box.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    const picked = listed[active];
    if (step !== undefined) {
      event.preventDefault();
      setAt(Math.max(0, Math.min(listed.length - 1, active + step)));
    } else if (event.key === 'Enter' && picked !== undefined) {
      event.preventDefault();
      onPick(picked);
    } else if (event.key === 'Escape') {
      setSearch('');
    }
  };
  const tally =
    found.length === listed.length
      ? count(found.length, 'list')
      : `First ${listed.length} of ${count(found.length, 'list')}`;
  return (
    <>
      <label for="list-search">List</label>
      <input
        id="list-search"
        type="text"
        role="combobox"
        autocomplete="off"
        aria-expanded="true"
        aria-controls="list-results"
        aria-autocomplete="list"
        aria-activedescendant={active >= 0 ? `list-${listed[active]?.id}` : undefined}
        aria-describedby="list-hint"
        value={search}
        onInput={(event) => {
          setSearch(event.currentTarget.value);
          setAt(0);
          setShown(SHOWN);
        }}
        onKeyDown={onKeyDown}
      />
      <p class="hint" id="list-hint">
        Type to search. Pick with a click, or with the arrow keys and Enter.
      </p>
      <p class="hint" role="status">
        {found.length === 0 ? 'No list has this name.' : tally}
      </p>
      <div class="options" id="list-results" role="listbox" aria-label="Lists" ref={box}>
        {listed.map((list, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys go to the search field, which has the focus
          // biome-ignore lint/a11y/useFocusableInteractive: the search field points at it by aria-activedescendant
          <div
            key={list.id}
            id={`list-${list.id}`}
            class="option"
            role="option"
            aria-selected={index === active}
            onClick={() => onPick(list)}
          >
            <bdi class="clamp name" title={list.name}>
              {list.name}
            </bdi>
            <span class="meta">{describeList(list)}</span>
          </div>
        ))}
      </div>
      {listed.length < found.length && (
        <button type="button" class="text" onClick={() => setShown(found.length)}>
          Show all {count(found.length, 'list')}
        </button>
      )}
    </>
  );
};
