/** Which fields an import takes and in what order. Pure. */
import type { ColumnView } from '../rpc';

export interface ColumnChoice {
  /** Keys of all columns, in table order; the chosen ones among them make the table. */
  readonly order: readonly string[];
  readonly chosen: ReadonlySet<string>;
}

export type ChoiceEvent =
  | { readonly kind: 'load'; readonly columns: readonly ColumnView[] }
  | { readonly kind: 'set'; readonly keys: readonly string[]; readonly isOn: boolean }
  /** Moves a chosen column to a place among the chosen ones, from 0. */
  | { readonly kind: 'move'; readonly key: string; readonly to: number };

export const NO_CHOICE: ColumnChoice = { order: [], chosen: new Set() };

export const chosenInOrder = ({ order, chosen }: ColumnChoice): readonly string[] =>
  order.filter((key) => chosen.has(key));

const moved = (choice: ColumnChoice, key: string, to: number): ColumnChoice => {
  const before = chosenInOrder(choice);
  if (!before.includes(key) || to < 0 || to >= before.length) return choice;
  const after = before.filter((other) => other !== key);
  after.splice(to, 0, key);
  // The chosen ones share out the places that chosen ones had; the others keep theirs.
  const next = after.values();
  return { ...choice, order: choice.order.map((old) => (choice.chosen.has(old) ? (next.next().value ?? old) : old)) };
};

export const choiceAfter = (choice: ColumnChoice, event: ChoiceEvent): ColumnChoice => {
  switch (event.kind) {
    case 'load': {
      const keys = event.columns.map(({ key }) => key);
      return { order: keys, chosen: new Set(keys) };
    }
    case 'set': {
      const chosen = new Set(choice.chosen);
      for (const key of event.keys) {
        if (event.isOn) chosen.add(key);
        else chosen.delete(key);
      }
      return { ...choice, chosen };
    }
    case 'move':
      return moved(choice, event.key, event.to);
  }
};
