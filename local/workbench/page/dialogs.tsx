/** Dialogs over the page: alerts and prompts of the script, which waits for them, and notes of the person's. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { DialogButton, DialogView } from '../protocol';

const LABELS: Record<DialogButton, string> = { OK: 'OK', CANCEL: 'Cancel', YES: 'Yes', NO: 'No', CLOSE: 'Close' };
const BUTTONS: Record<DialogView['buttons'], readonly DialogButton[]> = {
  OK: ['OK'],
  OK_CANCEL: ['OK', 'CANCEL'],
  YES_NO: ['YES', 'NO'],
  YES_NO_CANCEL: ['YES', 'NO', 'CANCEL'],
};

interface ScriptDialogProps {
  readonly dialog: DialogView;
  readonly onAnswer: (button: DialogButton, text: string) => void;
}

/** Keeps the focus inside: nothing behind a modal dialog can be reached by keyboard. */
const useModal = (open: boolean) => {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (!element || !open) return;
    if (!element.open) element.showModal();
    return () => {
      element.close();
      // Whatever opened it, the person goes on in the file.
      document.getElementById('cell-input')?.focus({ preventScroll: true });
    };
  }, [open]);
  return dialog;
};

export const ScriptDialog = ({ dialog, onAnswer }: ScriptDialogProps) => {
  const [text, setText] = useState('');
  const element = useModal(true);
  const [main, ...others] = BUTTONS[dialog.buttons];
  const title = dialog.title === '' ? 'Message' : dialog.title;
  return (
    <dialog
      ref={element}
      class="script-dialog"
      aria-labelledby="dialog-title"
      aria-describedby="dialog-text"
      onCancel={(event) => {
        event.preventDefault();
        onAnswer('CLOSE', '');
      }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onAnswer(main ?? 'OK', text);
        }}
      >
        <h2 id="dialog-title">{title}</h2>
        <p id="dialog-text">{dialog.text}</p>
        {dialog.kind === 'prompt' && (
          <input
            type="text"
            aria-labelledby="dialog-text"
            autocomplete="off"
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        )}
        <div class="buttons">
          {others.toReversed().map((button) => (
            <button key={button} type="button" onClick={() => onAnswer(button, text)}>
              {LABELS[button]}
            </button>
          ))}
          <button type="submit" class="primary">
            {LABELS[main ?? 'OK']}
          </button>
        </div>
      </form>
    </dialog>
  );
};

interface NoteDialogProps {
  readonly cell: string;
  readonly note: string;
  readonly onDone: (note: string | null) => void;
}

export const NoteDialog = ({ cell, note, onDone }: NoteDialogProps) => {
  const [text, setText] = useState(note);
  const element = useModal(true);
  return (
    <dialog ref={element} class="script-dialog" aria-labelledby="note-title" onCancel={() => onDone(null)}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onDone(text);
        }}
      >
        <h2 id="note-title">Note on {cell}</h2>
        <textarea
          aria-labelledby="note-title"
          rows={5}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <div class="buttons">
          <button type="button" onClick={() => onDone(null)}>
            Cancel
          </button>
          <button type="submit" class="primary">
            Save
          </button>
        </div>
      </form>
    </dialog>
  );
};
