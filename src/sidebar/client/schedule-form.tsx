/** When an import is to refresh by itself. Nothing changes before a button is pressed. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { CadenceView, ImportView } from '../rpc';
import { Fault } from './parts';
import type { Task } from './tasks';

const KINDS: readonly (readonly [CadenceView['kind'], string])[] = [
  ['hours', 'Every so many hours'],
  ['daily', 'Every day'],
  ['weekdays', 'On weekdays'],
];

const twoDigits = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;

/** Hours to choose from, with their words. */
const choices = (kind: CadenceView['kind']): readonly (readonly [number, string])[] =>
  kind === 'hours'
    ? [1, 2, 3, 4, 6, 8, 12].map((hours) => [hours, hours === 1 ? 'every hour' : `every ${hours} hours`] as const)
    : Array.from({ length: 24 }, (_, hour) => [hour, twoDigits(hour)] as const);

interface Props {
  readonly view: ImportView;
  readonly timeZone: string;
  readonly isMailAllowed: boolean;
  readonly task: Task;
  onSave(cadence: CadenceView, sendsEdits: boolean): void;
  onRemove(): void;
  onCancel(): void;
}

export const ScheduleForm = ({ view, timeZone, isMailAllowed, task, onSave, onRemove, onCancel }: Props) => {
  const { schedule } = view;
  const [kind, setKind] = useState<CadenceView['kind']>(schedule?.cadence.kind ?? 'daily');
  const [value, setValue] = useState(schedule?.cadence.value ?? 7);
  // Sending is the consent of the person who gives it: a colleague's is not taken over.
  const [sendsEdits, setSendsEdits] = useState(schedule?.isMine === true && schedule.sendsEdits);
  const first = useRef<HTMLSelectElement>(null);
  useEffect(() => first.current?.focus(), []);
  const offered = choices(kind);
  const id = `schedule-${view.id}`;
  const choose = (next: CadenceView['kind']) => {
    setKind(next);
    setValue(next === 'hours' ? 1 : 7);
  };
  return (
    <form
      aria-label={`Schedule of ${view.title}`}
      onSubmit={(event) => {
        event.preventDefault();
        onSave({ kind, value }, sendsEdits);
      }}
      onKeyDown={(event) => event.key === 'Escape' && onCancel()}
    >
      <label for={`${id}-kind`}>Refresh by itself</label>
      <select
        id={`${id}-kind`}
        ref={first}
        value={kind}
        onChange={(event) => choose(KINDS.find(([name]) => name === event.currentTarget.value)?.[0] ?? 'daily')}
      >
        {KINDS.map(([name, words]) => (
          <option key={name} value={name}>
            {words}
          </option>
        ))}
      </select>
      <label for={`${id}-value`}>{kind === 'hours' ? 'How often' : `At (${timeZone})`}</label>
      <select id={`${id}-value`} value={value} onChange={(event) => setValue(Number(event.currentTarget.value))}>
        {offered.map(([hour, words]) => (
          <option key={hour} value={hour}>
            {words}
          </option>
        ))}
        {offered.every(([hour]) => hour !== value) && <option value={value}>every {value} hours</option>}
      </select>
      <label class="check">
        <input type="checkbox" checked={sendsEdits} onChange={(event) => setSendsEdits(event.currentTarget.checked)} />
        <span>Also send edits. Conflicts, emptied cells and new rows are held.</span>
      </label>
      <p class="hint">
        It runs with your key, within the hour.{' '}
        {isMailAllowed ? 'If it fails, you get a mail.' : 'You did not allow mail, so failures stand in the file only.'}
      </p>
      <div class="buttons">
        <button type="submit" class="primary" aria-disabled={task.isBusy}>
          {task.isBusy ? 'Saving…' : 'Save schedule'}
        </button>
        {schedule !== null && (
          <button type="button" disabled={task.isBusy} onClick={onRemove}>
            Remove
          </button>
        )}
        <button type="button" onClick={onCancel}>
          Cancel
        </button>
      </div>
      <Fault fault={task.fault} onRetry={task.retry} />
    </form>
  );
};
