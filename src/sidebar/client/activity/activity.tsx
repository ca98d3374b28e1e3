/** The page of notes, reminders and interactions: one form at a time, about what is selected in the sheet. */
import { useState } from 'preact/hooks';
import { Fault, Waiting } from '../parts';
import { call } from '../server';
import { useLoaded } from '../tasks';
import { InteractionForm } from './interaction-form';
import { NoteForm } from './note-form';
import { ReminderForm } from './reminder-form';
import { TableForm } from './table-form';

const FORMS = [
  ['Note', NoteForm],
  ['Reminder', ReminderForm],
  ['Interaction', InteractionForm],
  ['Show as a table', TableForm],
] as const;

export const Activity = () => {
  const { value: view, fault, isLoading, reload } = useLoaded(() => call('activity'));
  const [place, setPlace] = useState(0);
  const [words, Chosen] = FORMS[place] ?? FORMS[0];
  return (
    <div class="dialog">
      <nav class="tasks" aria-label="What to do">
        {FORMS.map(([name], index) => (
          <button
            key={name}
            type="button"
            aria-current={index === place ? 'page' : undefined}
            onClick={() => setPlace(index)}
          >
            {name === 'Note' && view !== null && view.note !== null ? 'Reply' : name}
          </button>
        ))}
      </nav>
      {view === null ? (
        <main>
          <h1 class="unseen">Notes, reminders, interactions</h1>
          {isLoading && <Waiting what="Looking at what is selected…" />}
          <Fault fault={fault} onRetry={reload} />
        </main>
      ) : (
        <Chosen key={words} view={view} />
      )}
    </div>
  );
};
