/** Edits one value of the drawer: a choice for dropdowns, a text for the rest. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Field, shownValue, TYPES, typedValue } from './values';

interface ValueEditorProps {
  readonly field: Field;
  readonly value: unknown;
  readonly onSave: (value: unknown) => void;
  readonly onCancel: () => void;
}

export const ValueEditor = ({ field, value, onSave, onCancel }: ValueEditorProps) => {
  const before = shownValue(value, field);
  const [text, setText] = useState(before);
  const element = useRef<HTMLInputElement & HTMLSelectElement>(null);
  useEffect(() => element.current?.focus(), []);
  const save = (next: string): void => {
    if (next === before) {
      onCancel();
      return;
    }
    try {
      onSave(typedValue(next, field));
    } catch {
      element.current?.setAttribute('aria-invalid', 'true');
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onCancel();
    if (event.key === 'Enter') save(text);
  };
  if (field.value_type === TYPES.dropdown || field.value_type === TYPES.ranked) {
    return (
      <select
        ref={element}
        aria-label={field.name}
        value={text}
        onChange={(event) => save(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onBlur={onCancel}
      >
        <option value="">(empty)</option>
        {field.dropdown_options?.map((option) => (
          <option key={option.id} value={option.text}>
            {option.text}
          </option>
        ))}
      </select>
    );
  }
  return (
    <input
      ref={element}
      type="text"
      aria-label={field.name}
      value={text}
      onInput={(event) => setText(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      onBlur={onCancel}
    />
  );
};
