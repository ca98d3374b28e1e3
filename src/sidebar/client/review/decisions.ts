/** What the person decided about the edits of a review, and what sending them will do. Pure. */
import type { ChoiceView, PreviewCellView, PreviewRowView, PreviewView, SelectionView } from '../../rpc';

export type Choice = ChoiceView['choice'];
/** Which rows are sent: all, those selected in the sheet, or only those that are not in Affinity yet. */
export type Scope = 'all' | 'selected' | 'new';

export interface Decisions {
  readonly scope: Scope;
  /** By `cellKey`; a conflict that is not in here is left for later. */
  readonly choices: ReadonlyMap<string, Choice>;
  /** Null: as the import is set. */
  readonly sendClears: boolean | null;
  /** Cells that are not sent, by `cellKey`. */
  readonly kept: ReadonlySet<string>;
  /** Formulas whose results are sent, by `cellKey`. */
  readonly computed: ReadonlySet<string>;
  /** New rows whose fate the person turned round, by key: added ones that are kept back, repeats that are added. */
  readonly turned: ReadonlySet<string>;
}

export type DecisionEvent =
  | { readonly kind: 'choose'; readonly cells: readonly PreviewCellView[]; readonly choice: Choice | null }
  | { readonly kind: 'send'; readonly cells: readonly PreviewCellView[]; readonly isOn: boolean }
  | { readonly kind: 'turn'; readonly row: PreviewRowView }
  | { readonly kind: 'scope'; readonly scope: Scope }
  | { readonly kind: 'clears'; readonly isOn: boolean }
  | { readonly kind: 'reset' };

export const UNDECIDED: Decisions = {
  scope: 'all',
  choices: new Map(),
  sendClears: null,
  kept: new Set(),
  computed: new Set(),
  turned: new Set(),
};

export const cellKey = ({ id, column }: Pick<PreviewCellView, 'id' | 'column'>): string => JSON.stringify([id, column]);

const changed = <T>(set: ReadonlySet<T>, items: readonly T[], isIn: boolean): ReadonlySet<T> => {
  const next = new Set(set);
  for (const item of items) {
    if (isIn) next.add(item);
    else next.delete(item);
  }
  return next;
};

export const decisionsAfter = (decisions: Decisions, event: DecisionEvent): Decisions => {
  switch (event.kind) {
    case 'choose': {
      const choices = new Map(decisions.choices);
      for (const cell of event.cells) {
        if (event.choice === null) choices.delete(cellKey(cell));
        else choices.set(cellKey(cell), event.choice);
      }
      return { ...decisions, choices };
    }
    case 'send': {
      const keys = (isFormula: boolean) =>
        event.cells.filter(({ state }) => (state === 'formula') === isFormula).map(cellKey);
      return {
        ...decisions,
        kept: changed(decisions.kept, keys(false), !event.isOn),
        computed: changed(decisions.computed, keys(true), event.isOn),
      };
    }
    case 'turn': {
      const { key } = event.row;
      return { ...decisions, turned: changed(decisions.turned, [key], !decisions.turned.has(key)) };
    }
    case 'scope':
      return { ...decisions, scope: event.scope };
    case 'clears':
      return { ...decisions, sendClears: event.isOn };
    case 'reset':
      return UNDECIDED;
  }
};

/** The part of a review that a scope leaves. */
export interface Part {
  readonly cells: readonly PreviewCellView[];
  readonly newRows: readonly PreviewRowView[];
}

export const partOf = ({ cells, newRows, selectedRows }: PreviewView, scope: Scope): Part => {
  const isSelected = ({ rowNumber }: { readonly rowNumber: number }) =>
    selectedRows.some(({ first, last }) => first <= rowNumber && rowNumber <= last);
  const isNew = newKeys(newRows);
  switch (scope) {
    case 'all':
      return { cells, newRows };
    case 'selected':
      return { cells: cells.filter(isSelected), newRows: newRows.filter(isSelected) };
    case 'new':
      return { cells: cells.filter(({ id }) => isNew.has(id)), newRows };
  }
};

const newKeys = (rows: readonly PreviewRowView[]): ReadonlySet<string> => new Set(rows.map(({ key }) => key));

/** Whether a new row is added, as things are decided. */
export const isAdded = ({ key, fate }: PreviewRowView, { turned }: Decisions): boolean =>
  fate !== 'refused' && (fate === 'repeat') === turned.has(key);

export const isSent = (cell: PreviewCellView, { kept, computed, choices, sendClears }: Decisions): boolean => {
  if (kept.has(cellKey(cell))) return false;
  switch (cell.state) {
    case 'pending':
      return true;
    case 'cleared':
      return sendClears === true;
    case 'formula':
      return computed.has(cellKey(cell));
    case 'conflict':
      return choices.get(cellKey(cell)) === 'mine';
    case 'refused':
      return false;
  }
};

/** Conflicts that may be decided together: what becomes of a formula is decided one by one, and so is what clears a value. */
export const decidedTogether = (cells: readonly PreviewCellView[], choice: Choice | null): readonly PreviewCellView[] =>
  cells.filter(
    ({ state, formula, mine }) => state === 'conflict' && formula === null && (choice !== 'mine' || mine !== ''),
  );

export interface Tally {
  readonly pending: number;
  readonly conflicts: number;
  readonly refused: number;
  readonly cleared: number;
  readonly formulas: number;
  /** Rows that are new, and those of them that will be added, with their cells. */
  readonly newRows: number;
  readonly toAdd: number;
  /** Cells of other rows that go to Affinity, and conflicts that end with Affinity's value in the sheet. */
  readonly toSend: number;
  readonly toTake: number;
  /** Conflicts that stay as they are. */
  readonly undecided: number;
  /** What could be sent and is kept back. */
  readonly held: number;
}

export const NOTHING: Tally = {
  pending: 0,
  conflicts: 0,
  refused: 0,
  cleared: 0,
  formulas: 0,
  newRows: 0,
  toAdd: 0,
  toSend: 0,
  toTake: 0,
  undecided: 0,
  held: 0,
};

export const tally = ({ cells, newRows }: Part, decisions: Decisions): Tally => {
  const isNew = newKeys(newRows);
  const old = cells.filter(({ id }) => !isNew.has(id));
  const inState = (state: PreviewCellView['state']) => old.filter((cell) => cell.state === state);
  const conflicts = inState('conflict');
  const taken = conflicts.filter((cell) => decisions.choices.get(cellKey(cell)) === 'theirs').length;
  const mine = conflicts.filter((cell) => isSent(cell, decisions)).length;
  const toAdd = newRows.filter((row) => isAdded(row, decisions)).length;
  return {
    pending: inState('pending').length,
    conflicts: conflicts.length,
    refused: inState('refused').length + newRows.filter(({ fate }) => fate === 'refused').length,
    cleared: inState('cleared').length,
    formulas: inState('formula').length,
    newRows: newRows.length,
    toAdd,
    toSend: old.filter((cell) => isSent(cell, decisions)).length,
    toTake: taken,
    undecided: conflicts.length - mine - taken,
    held:
      inState('pending').filter((cell) => !isSent(cell, decisions)).length +
      newRows.filter((row) => row.fate !== 'refused' && row.fate !== 'repeat' && !isAdded(row, decisions)).length,
  };
};

export const choicesToSend = ({ cells }: Part, { choices }: Decisions): readonly ChoiceView[] =>
  cells.flatMap((cell) => {
    const choice = cell.state === 'conflict' ? choices.get(cellKey(cell)) : undefined;
    return choice === undefined ? [] : [{ id: cell.id, column: cell.column, choice }];
  });

/** Names every row that was reviewed and is to be sent, so that one edited since is not. */
export const selectionToSend = ({ cells, newRows }: Part, decisions: Decisions): SelectionView => {
  const isNew = newKeys(newRows);
  const added = newRows.filter((row) => isAdded(row, decisions)).map(({ key }) => key);
  const edited = cells.flatMap(({ id }) => (isNew.has(id) ? [] : [id]));
  return {
    rows: [...new Set([...added, ...edited])],
    without: cells.filter((cell) => decisions.kept.has(cellKey(cell))).map(({ id, column }) => ({ id, column })),
    formulas: cells
      .filter((cell) => cell.formula !== null && isSent(cell, decisions))
      .map(({ id, column, mine }) => ({ id, column, mine })),
    again: newRows.filter((row) => row.fate === 'repeat' && isAdded(row, decisions)).map(({ key }) => key),
    onlyNew: decisions.scope === 'new',
  };
};

export interface RowGroup {
  readonly rowNumber: number;
  readonly title: string;
  readonly cells: readonly PreviewCellView[];
  /** The row itself, where it is not in Affinity yet. */
  readonly newRow: PreviewRowView | null;
}

/** Cells of one row together, rows as they stand in the sheet; new rows also where they have no cell to send. */
export const byRow = (cells: readonly PreviewCellView[], newRows: readonly PreviewRowView[]): readonly RowGroup[] => {
  const rows = new Map<number, RowGroup>();
  for (const newRow of newRows) {
    rows.set(newRow.rowNumber, { rowNumber: newRow.rowNumber, title: newRow.rowTitle, cells: [], newRow });
  }
  for (const cell of cells) {
    const row = rows.get(cell.rowNumber);
    const { rowNumber, rowTitle: title } = cell;
    rows.set(
      rowNumber,
      row ? { ...row, cells: [...row.cells, cell] } : { rowNumber, title, cells: [cell], newRow: null },
    );
  }
  return [...rows.values()].sort((a, b) => a.rowNumber - b.rowNumber);
};
