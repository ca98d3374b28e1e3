/** What a person does while a run is going, and what must hold of it at the end. */
import type { Person } from '../../local/google';
import type { Desktop } from '../bundle/desktop';
import type { Rows } from './scenarios';
import { DOUBLE, FAR, hasTable, ID, OWN, PIPELINE, Tab } from './world';

/** What a person's act leaves; empty for one that only moves things. */
export interface Trace {
  /** The cell that says what was typed, by id and header. */
  readonly typed?: { readonly id: string; readonly header: string; readonly text: string };
  /** A text typed where no row was: it stands somewhere. */
  readonly loose?: string;
  /** The id of a row that was deleted, with what was written beside it. */
  readonly gone?: string;
  /** The header of a column that was deleted. */
  readonly without?: string;
}

export interface Act {
  readonly name: string;
  readonly act: (desktop: Desktop, rows: Rows) => Trace;
}

/** Types into a cell of the table; where there is no such row yet, into an empty one; where there is no table, on the other tab. */
const typing =
  (row: keyof Rows, header: string, text: string): Act['act'] =>
  (desktop, rows) => {
    const person = desktop.person();
    if (!hasTable(desktop)) {
      person.type('Sheet1', 'A1', text);
      return { loose: text };
    }
    const tab = new Tab(desktop);
    const id = rows[row];
    const rowNumber = tab.find(id);
    if (!tab.has(header) || rowNumber === null) {
      // Below the last row, or on an empty tab where the first rows will come to stand.
      person.type(PIPELINE, `${tab.has(header) ? tab.letter(header) : 'C'}${tab.rows.length + 2}`, text);
      return { loose: text };
    }
    const cell = `${tab.letter(header)}${rowNumber}`;
    if (text === '') person.clear(PIPELINE, cell);
    else person.type(PIPELINE, cell, text);
    return { typed: { id, header, text } };
  };

/** Does something to a table that has rows; nothing to one that has none. */
const withTable =
  (act: (desktop: Desktop, tab: Tab, rows: Rows) => Trace): Act['act'] =>
  (desktop, rows) => {
    if (!hasTable(desktop)) return {};
    const tab = new Tab(desktop);
    return tab.ids.length < 2 ? {} : act(desktop, tab, rows);
  };

const moving = (act: (person: Person, tab: Tab) => void): Act['act'] =>
  withTable((desktop, tab) => {
    act(desktop.person(), tab);
    return {};
  });

const deletingRow = (row: keyof Rows): Act['act'] =>
  withTable((desktop, tab, rows) => {
    const rowNumber = tab.find(rows[row]);
    if (rowNumber === null) return {};
    desktop.person().deleteRows(PIPELINE, rowNumber, 1);
    return { gone: rows[row] };
  });

const deletingColumn = (header: string): Act['act'] =>
  withTable((desktop, tab) => {
    if (!tab.has(header)) return {};
    desktop.person().deleteColumns(PIPELINE, tab.column(header) + 1, 1);
    return { without: header };
  });

export const ACTS: readonly Act[] = [
  { name: 'an edit of a cell that the run writes', act: typing('changed', 'Amount', '55') },
  { name: 'a cell emptied that the run writes', act: typing('changed', 'Amount', '') },
  { name: 'an edit in a row that the run leaves alone', act: typing('quiet', 'Nickname', 'not a formula') },
  { name: 'a note beside the table', act: typing('changed', FAR, 'typed meanwhile') },
  {
    name: 'a sort',
    act: moving((person, tab) => {
      const end = `${tab.lastLetter}${tab.rows.length + 1}`;
      person.sort(PIPELINE, `A2:${end}`, { column: tab.column(ID) + 1, ascending: true });
    }),
  },
  {
    name: 'a sort by names',
    act: moving((person, tab) => {
      const end = `${tab.lastLetter}${tab.rows.length + 1}`;
      person.sort(PIPELINE, `A2:${end}`, { column: tab.column('Name') + 1, ascending: false });
    }),
  },
  { name: 'a row inserted at the top', act: moving((person) => person.insertRows(PIPELINE, 2, 1)) },
  {
    name: 'rows inserted above the last one',
    act: moving((person, tab) => person.insertRows(PIPELINE, tab.rows.length + 1, 2)),
  },
  { name: 'a row deleted that the run leaves alone', act: deletingRow('quiet') },
  { name: 'a row deleted that the run writes', act: deletingRow('changed') },
  {
    name: 'a column inserted at the left',
    act: moving((person) => person.insertColumns(PIPELINE, 1, 1)),
  },
  {
    name: 'a column inserted before a managed one',
    act: moving((person, tab) => person.insertColumns(PIPELINE, tab.column('Amount') + 1, 1)),
  },
  { name: 'a column of the analyst’s deleted', act: deletingColumn(DOUBLE) },
  { name: 'a managed column deleted', act: deletingColumn('Nickname') },
  { name: 'a managed column deleted that the run writes', act: deletingColumn('Amount') },
  {
    name: 'a managed column dragged to the front',
    act: moving((person, tab) => person.moveColumns(PIPELINE, tab.column('Amount') + 1, 1, 1)),
  },
  {
    name: 'the column of ids dragged to the front',
    act: moving((person, tab) => person.moveColumns(PIPELINE, tab.column(ID) + 1, 1, 1)),
  },
  {
    name: 'a column of the analyst’s dragged to the front',
    act: moving((person, tab) => {
      if (tab.has(OWN)) person.moveColumns(PIPELINE, tab.column(OWN) + 1, 1, 1);
    }),
  },
];
