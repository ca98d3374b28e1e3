/** The frame of each form: its fields, how it went, and the buttons below. What can't be taken is said at its field, and nothing is sent. */
import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { WrittenView } from '../../rpc';
import { Fault, Heading, Mark, Messages } from '../parts';
import { closeDialog } from '../server';
import { type Task, useTask } from '../tasks';
import { count } from '../text';
import { useEscape } from '../use-escape';

const EMPTY = 'Write something here first.';

interface FormProps {
  readonly title: string;
  readonly about: ComponentChildren;
  readonly children: ComponentChildren;
  /** What the button says, at rest and while it works. */
  readonly button: readonly [string, string];
  readonly task: Task;
  /** Whether there is nothing that could be sent, whatever is entered. */
  readonly isIdle?: boolean;
  readonly outcome: ComponentChildren;
  onSubmit(): void;
}

export const Form = ({ title, about, children, button, task, isIdle = false, outcome, onSubmit }: FormProps) => {
  const form = useRef<HTMLFormElement>(null);
  useEscape(task.isBusy);
  return (
    <form
      class="form"
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (task.isBusy || isIdle) return;
        onSubmit();
        // What can't be taken is marked by the next drawing.
        requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      }}
    >
      <main>
        <Heading isArrival>{title}</Heading>
        <p class="about">{about}</p>
        {children}
      </main>
      <footer>
        <Fault fault={task.fault} />
        {outcome}
        <div class="buttons">
          {!isIdle && (
            <button type="submit" class="primary" aria-disabled={task.isBusy}>
              {button[task.isBusy ? 1 : 0]}
            </button>
          )}
          <button type="button" disabled={task.isBusy} onClick={closeDialog}>
            Close
          </button>
        </div>
      </footer>
    </form>
  );
};

/** Whose records a write is about, or what to do where none are selected. */
export const About = ({ records, title }: { readonly records: readonly string[]; readonly title: string | null }) =>
  records.length === 0 ? (
    <>
      <Mark kind="warn" />
      No rows of people, organizations or opportunities are selected. Close this, select rows on an imported tab, and
      open it again.
    </>
  ) : (
    <>
      For the {count(records.length, 'selected record')} of <bdi>{title}</bdi>.
    </>
  );

const Outcome = ({
  written: { made, unknown, problems },
  noun,
  verb,
}: {
  written: WrittenView;
  noun: string;
  verb: string;
}) => (
  <div class="result" role="status">
    <p>
      <Mark kind={problems.length + unknown > 0 ? 'warn' : 'good'} />
      {count(made, noun)} {verb}.
      {unknown > 0 &&
        ` ${count(unknown, noun)} may be in Affinity or not: no answer came. Try again later: Affinity is asked first.`}
    </p>
    <Messages messages={problems} />
  </div>
);

/** A text that one call writes: what is entered, whether it was tried, how it went. The outcome stays until the next call begins. */
export const useWriting = (noun: string, verb: string) => {
  const task = useTask();
  const [content, setContent] = useState('');
  const [isTried, setTried] = useState(false);
  const [written, setWritten] = useState<WrittenView | null>(null);
  const isEmpty = content.trim() === '';
  /** Sends what is complete, and empties the text when all of it was made. Without a text nothing is sent. */
  const write = (isComplete: boolean, send: () => Promise<WrittenView>) => {
    setTried(true);
    if (isEmpty || !isComplete) return;
    setWritten(null);
    task.run(async () => {
      const result = await send();
      setWritten(result);
      if (result.made === 0 || result.problems.length + result.unknown > 0) return;
      setContent('');
      setTried(false);
    });
  };
  const area = { value: content, onInput: setContent, problem: isTried && isEmpty ? EMPTY : null };
  const outcome = written !== null && <Outcome written={written} noun={noun} verb={verb} />;
  return { content, area, isTried, write, form: { task, outcome } };
};
