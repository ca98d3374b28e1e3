/** The second step of a new import: fields, order, tab name and cost, for one list. */
import { useEffect, useReducer, useState } from 'preact/hooks';
import type { ColumnView, ListView } from '../rpc';
import { choiceAfter, chosenInOrder, NO_CHOICE } from './column-choice';
import { ColumnOrder } from './column-order';
import { ColumnPicker } from './column-picker';
import { Estimate } from './estimate';
import { TAB_CHARACTERS } from './limits';
import { describeList } from './list-picker';
import { Clamped, Fault, Heading, Mark } from './parts';
import type { Task } from './tasks';

interface Props {
  readonly list: ListView;
  readonly columns: readonly ColumnView[];
  readonly monthlyFloor: number;
  readonly task: Task;
  onBack(): void;
  onImport(columns: readonly string[], tab: string): void;
}

export const ImportOptions = ({ list, columns, monthlyFloor, task, onBack, onImport }: Props) => {
  const [choice, dispatch] = useReducer(choiceAfter, choiceAfter(NO_CHOICE, { kind: 'load', columns }));
  const [isOrdering, setOrdering] = useState(false);
  const [tab, setTab] = useState(list.name.slice(0, TAB_CHARACTERS));
  const [isRefused, setRefused] = useState(false);
  const chosen = chosenInOrder(choice);
  useEffect(() => setRefused(false), [choice]);
  const submit = (event: Event) => {
    event.preventDefault();
    setRefused(chosen.length === 0);
    if (chosen.length > 0) onImport(chosen, tab.trim());
  };
  return (
    <form class="step" onSubmit={submit} noValidate>
      <div class="stepBody">
        <button type="button" class="text" onClick={onBack}>
          ← Choose another list
        </button>
        <Heading isArrival>
          Import <Clamped text={list.name} what="the list's name" />
        </Heading>
        <p class="hint">{describeList(list)}</p>
        <label for="tab-name">Tab name</label>
        <input
          id="tab-name"
          type="text"
          autocomplete="off"
          dir="auto"
          maxLength={TAB_CHARACTERS}
          value={tab}
          onInput={(event) => setTab(event.currentTarget.value)}
        />
        <div class="switch">
          <h2>
            Fields{' '}
            <span class="meta">
              {chosen.length} of {columns.length}
            </span>
          </h2>
          <button type="button" aria-pressed={!isOrdering} onClick={() => setOrdering(false)}>
            Choose
          </button>
          <button type="button" aria-pressed={isOrdering} onClick={() => setOrdering(true)}>
            Order
          </button>
        </div>
        {isOrdering ? (
          <ColumnOrder columns={columns} choice={choice} onEvent={dispatch} />
        ) : (
          <ColumnPicker columns={columns} choice={choice} onEvent={dispatch} />
        )}
      </div>
      <div class="footer">
        <Estimate list={list} monthlyFloor={monthlyFloor} />
        {isRefused && (
          <p class="error" role="alert">
            <Mark kind="bad" />
            Choose at least one field.
          </p>
        )}
        <Fault fault={task.fault} />
        <button class="primary" type="submit" aria-disabled={task.isBusy}>
          {task.isBusy ? 'Making the table…' : task.fault === null ? 'Import' : 'Try again'}
        </button>
      </div>
    </form>
  );
};
