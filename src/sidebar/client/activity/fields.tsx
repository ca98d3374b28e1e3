/** Fields of the forms: a label, what is entered, a hint, and why it can't be taken. */
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { Mark } from '../parts';

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly hint?: string;
  /** Why it can't be taken; null where it can. */
  readonly problem?: string | null;
  onInput(value: string): void;
}

interface TextProps extends FieldProps {
  readonly type?: 'text' | 'date' | 'datetime-local' | 'number' | 'area';
}

export const Field = ({ label, value, hint, problem = null, type = 'text', onInput }: TextProps) => {
  const id = useId();
  const about = [problem === null ? '' : `${id}-problem`, hint === undefined ? '' : `${id}-hint`].join(' ').trim();
  const shared = {
    id,
    value,
    'aria-invalid': problem !== null,
    ...(about === '' ? {} : { 'aria-describedby': about }),
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {type === 'area' ? (
        <textarea {...shared} rows={6} onInput={(event) => onInput(event.currentTarget.value)} />
      ) : (
        <input
          {...shared}
          // Preact's types know each of them, and no variable that holds one of several.
          type={type as 'text'}
          {...(type === 'number' ? { min: 1, step: 1 } : {})}
          autocomplete="off"
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
      {problem !== null && (
        <p class="error" id={`${id}-problem`}>
          <Mark kind="bad" />
          {problem}
        </p>
      )}
      {hint !== undefined && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
};

/** When something was, in the sheet's time zone. */
export const DateAndTime = ({ timeZone, ...rest }: Pick<FieldProps, 'value' | 'onInput'> & { timeZone: string }) => (
  <Field
    type="datetime-local"
    label="Date and time"
    {...rest}
    hint={`In the sheet’s time zone, ${timeZone}. Empty: now.`}
  />
);

interface ChoiceProps<T> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly (readonly [NoInfer<T>, string])[];
  onChoose(value: NoInfer<T>): void;
}

export const Choice = <T extends string | number | boolean | null>({
  label,
  value,
  options,
  onChoose,
}: ChoiceProps<T>) => {
  const id = useId();
  return (
    <fieldset class="field">
      <legend>{label}</legend>
      <div class="choices">
        {options.map(([option, words]) => (
          <label class="check" key={String(option)}>
            <input type="radio" name={id} checked={option === value} onChange={() => onChoose(option)} />
            <span>{words}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
};

/** Several of several. */
export const Picks = <T extends number>({
  label,
  value,
  options,
  onPick,
}: Omit<ChoiceProps<T>, 'value' | 'onChoose'> & {
  readonly value: readonly T[];
  onPick(value: readonly NoInfer<T>[]): void;
}) => (
  <fieldset class="field">
    <legend>{label}</legend>
    <div class="choices">
      {options.map(([option, words]) => (
        <label class="check" key={option}>
          <input
            type="checkbox"
            checked={value.includes(option)}
            onChange={(event) =>
              onPick(event.currentTarget.checked ? [...value, option] : value.filter((one) => one !== option))
            }
          />
          <span>{words}</span>
        </label>
      ))}
    </div>
  </fieldset>
);

export const Columns = ({ children }: { children: ComponentChildren }) => <div class="columns">{children}</div>;
