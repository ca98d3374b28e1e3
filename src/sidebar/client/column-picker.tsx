/** Chooses the fields of an import, by group. */
import { useState } from 'preact/hooks';
import type { ColumnView } from '../rpc';
import type { ChoiceEvent, ColumnChoice } from './column-choice';
import { Mark } from './parts';
import { matches } from './text';

const GROUPS: readonly (readonly [ColumnView['group'], string])[] = [
  ['entity', 'About the record'],
  ['list', 'List fields'],
  ['global', 'Global fields'],
];

interface FieldProps {
  readonly column: ColumnView;
  readonly isOn: boolean;
  onToggle(isOn: boolean): void;
}

const Field = ({ column, isOn, onToggle }: FieldProps) => {
  const id = `field-${column.key}`;
  return (
    <li class="field">
      <input
        type="checkbox"
        id={id}
        checked={isOn}
        aria-describedby={`${id}-meta`}
        onChange={(event) => onToggle(event.currentTarget.checked)}
      />
      <div>
        <label for={id} title={column.header}>
          <bdi class="clamp">{column.header}</bdi>
        </label>
        <span class="meta" id={`${id}-meta`}>
          {column.type}
          {column.locked !== null && (
            <>
              {' · '}
              <Mark kind="off" />
              Read-only. {column.locked}
            </>
          )}
        </span>
      </div>
    </li>
  );
};

interface Props {
  readonly columns: readonly ColumnView[];
  readonly choice: ColumnChoice;
  onEvent(event: ChoiceEvent): void;
}

export const ColumnPicker = ({ columns, choice, onEvent }: Props) => {
  const [search, setSearch] = useState('');
  const term = search.trim();
  const found = columns.filter(({ header, type }) => matches(`${header} ${type}`, term));
  const groups = GROUPS.map(([group, title]) => ({
    group,
    title,
    members: found.filter((column) => column.group === group),
  })).filter(({ members }) => members.length > 0);
  return (
    <>
      <label for="field-search">Search fields</label>
      <input
        id="field-search"
        type="search"
        autocomplete="off"
        value={search}
        onInput={(event) => setSearch(event.currentTarget.value)}
      />
      <p class="unseen" role="status">
        {term === '' ? '' : `${found.length} of ${columns.length} fields`}
      </p>
      {found.length === 0 && <p class="hint">No field has this name.</p>}
      {groups.map(({ group, title, members }) => {
        const keys = members.map(({ key }) => key);
        const on = keys.filter((key) => choice.chosen.has(key)).length;
        const scope = term === '' ? '' : ' found';
        return (
          <fieldset key={group} class="group">
            <legend>
              {title}{' '}
              <span class="meta">
                {on} of {keys.length}
                {scope}
              </span>
            </legend>
            <div class="groupTools">
              <button
                type="button"
                class="text"
                aria-label={`All${scope}: ${title}`}
                onClick={() => onEvent({ kind: 'set', keys, isOn: true })}
              >
                All{scope}
              </button>
              <button
                type="button"
                class="text"
                aria-label={`None${scope}: ${title}`}
                onClick={() => onEvent({ kind: 'set', keys, isOn: false })}
              >
                None{scope}
              </button>
            </div>
            <ul class="fields">
              {members.map((column) => (
                <Field
                  key={column.key}
                  column={column}
                  isOn={choice.chosen.has(column.key)}
                  onToggle={(isOn) => onEvent({ kind: 'set', keys: [column.key], isOn })}
                />
              ))}
            </ul>
          </fieldset>
        );
      })}
    </>
  );
};
