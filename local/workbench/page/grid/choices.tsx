/** What may stand in a cell, offered below it while it is edited. */
import type { CSSProperties } from 'preact';

interface ChoicesProps {
  readonly texts: readonly string[];
  readonly chosen: number;
  readonly style: CSSProperties;
  readonly onChoose: (text: string) => void;
}

const MOST_SHOWN = 100;

export const Choices = ({ texts, chosen, style, onChoose }: ChoicesProps) => (
  <div class="choices" style={style}>
    {texts.slice(0, MOST_SHOWN).map((text, index) => (
      <button
        key={text}
        type="button"
        tabIndex={-1}
        class={index === chosen ? 'is-chosen' : ''}
        onMouseDown={(event) => {
          event.preventDefault();
          event.stopPropagation();
          onChoose(text);
        }}
      >
        {text}
      </button>
    ))}
  </div>
);
