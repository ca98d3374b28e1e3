/** What the person decided about the edits of a review, and what sending them will do. Pure. */
import type { ChoiceView, PreviewCellView } from '../../rpc';

export type Choice = ChoiceView['choice'];

export interface Decisions {
  /** By `cellKey`; a conflict that is not in here is left for later. */
  readonly choices: ReadonlyMap<string, Choice>;
  readonly sendClears: boolean;
}

export type DecisionEvent =
  | { readonly kind: 'choose'; readonly cells: readonly PreviewCellView[]; readonly choice: Choice | null }
  | { readonly kind: 'clears'; readonly isOn: boolean }
  | { readonly kind: 'reset' };

export const UNDECIDED: Decisions = { choices: new Map(), sendClears: false };

export const cellKey = ({ id, column }: Pick<PreviewCellView, 'id' | 'column'>): string => JSON.stringify([id, column]);

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
    case 'clears':
      return { ...decisions, sendClears: event.isOn };
    case 'reset':
      return UNDECIDED;
  }
};

export interface Tally {
  readonly pending: number;
  readonly conflicts: number;
  readonly refused: number;
  readonly cleared: number;
  /** Cells that go to Affinity, and conflicts that end with Affinity's value in the sheet. */
  readonly toSend: number;
  readonly toTake: number;
  /** Conflicts that stay as they are. */
  readonly undecided: number;
}

export const tally = (cells: readonly PreviewCellView[], { choices, sendClears }: Decisions): Tally => {
  const inState = (state: PreviewCellView['state']) => cells.filter((cell) => cell.state === state);
  const conflicts = inState('conflict');
  const decided = (choice: Choice) => conflicts.filter((cell) => choices.get(cellKey(cell)) === choice).length;
  const toTake = decided('theirs');
  const mine = decided('mine');
  const pending = inState('pending').length;
  const cleared = inState('cleared').length;
  return {
    pending,
    conflicts: conflicts.length,
    refused: inState('refused').length,
    cleared,
    toSend: pending + mine + (sendClears ? cleared : 0),
    toTake,
    undecided: conflicts.length - mine - toTake,
  };
};

export const choicesToSend = (cells: readonly PreviewCellView[], { choices }: Decisions): readonly ChoiceView[] =>
  cells.flatMap((cell) => {
    const choice = cell.state === 'conflict' ? choices.get(cellKey(cell)) : undefined;
    return choice === undefined ? [] : [{ id: cell.id, column: cell.column, choice }];
  });

export interface RowGroup {
  readonly rowNumber: number;
  readonly title: string;
  readonly cells: readonly PreviewCellView[];
}

/** Cells of one row together, rows as they stand in the sheet. */
export const byRow = (cells: readonly PreviewCellView[]): readonly RowGroup[] => {
  const rows = new Map<number, PreviewCellView[]>();
  for (const cell of cells) {
    const row = rows.get(cell.rowNumber);
    if (row === undefined) rows.set(cell.rowNumber, [cell]);
    else row.push(cell);
  }
  return [...rows]
    .sort(([a], [b]) => a - b)
    .map(([rowNumber, members]) => ({ rowNumber, title: members[0]?.rowTitle ?? '', cells: members }));
};
