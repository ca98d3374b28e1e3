/** Puts the chosen fields in order. Up and down by buttons, or by arrow keys while one of a row's buttons has the focus. */
import type { ColumnView } from '../rpc';
import { useAnnounce } from './announce';
import { type ChoiceEvent, type ColumnChoice, chosenInOrder } from './column-choice';

interface Props {
  readonly columns: readonly ColumnView[];
  readonly choice: ColumnChoice;
  onEvent(event: ChoiceEvent): void;
}

export const ColumnOrder = ({ columns, choice, onEvent }: Props) => {
  const announce = useAnnounce();
  const headers = new Map(columns.map(({ key, header }) => [key, header]));
  const keys = chosenInOrder(choice);
  if (keys.length === 0) return <p class="hint">No field is chosen.</p>;
  const move = (key: string, to: number) => {
    if (to < 0 || to >= keys.length) return;
    onEvent({ kind: 'move', key, to });
    announce(`${headers.get(key)?.slice(0, 60)}: column ${to + 1} of ${keys.length}`);
  };
  const onKeyDown = (event: KeyboardEvent, key: string, index: number) => {
    const to = { ArrowUp: index - 1, ArrowDown: index + 1, Home: 0, End: keys.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    move(key, to);
  };
  return (
    <ol class="order" aria-label="Order of columns">
      {keys.map((key, index) => {
        const header = headers.get(key) ?? '';
        const buttons: readonly (readonly [string, string, number, boolean])[] = [
          ['⤒', 'to the top', 0, index > 0],
          ['↑', 'up', index - 1, index > 0],
          ['↓', 'down', index + 1, index < keys.length - 1],
        ];
        return (
          <li key={key}>
            <span class="place">{index + 1}</span>
            <bdi class="clamp" title={header}>
              {header}
            </bdi>
            <span class="moves">
              {buttons.map(([sign, words, to, isPossible]) => (
                <button
                  key={sign}
                  type="button"
                  class="icon"
                  // Not `disabled`: a button that loses the focus at the end of the list takes the keyboard's place with it.
                  aria-disabled={!isPossible}
                  aria-label={`Move ${header} ${words}`}
                  onClick={() => isPossible && move(key, to)}
                  onKeyDown={(event) => onKeyDown(event, key, index)}
                >
                  <span aria-hidden="true">{sign}</span>
                </button>
              ))}
            </span>
          </li>
        );
      })}
    </ol>
  );
};
