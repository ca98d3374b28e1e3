/** Small parts that every view is made of. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { CallFault } from './server';

/** The heading of a screen. Takes the focus when the person came here by an action, so that reading starts at the top. */
export const Heading = ({
  children,
  isArrival,
  isUnseen = false,
}: {
  children: ComponentChildren;
  isArrival: boolean;
  isUnseen?: boolean;
}) => {
  const ref = useRef<HTMLHeadingElement>(null);
  // Only on arrival, not when the caller's reason changes.
  useEffect(() => {
    if (!isArrival) return;
    window.scrollTo(0, 0);
    ref.current?.focus();
  }, []);
  return (
    <h1 ref={ref} tabIndex={-1} class={isUnseen ? 'unseen' : ''}>
      {children}
    </h1>
  );
};

/** What went wrong, what to do about it, and a way to do it. */
export const Fault = ({ fault, onRetry }: { fault: CallFault | null; onRetry?: () => void }) =>
  fault === null ? null : (
    <div class="fault" role="alert">
      <p>
        <Mark kind="bad" />
        {fault.message}
      </p>
      {onRetry !== undefined && (
        <button type="button" onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  );

const MARKS = { good: '✓', warn: '!', bad: '×', off: '–' } as const;

/** A sign that stands beside words, never for them. */
export const Mark = ({ kind }: { kind: keyof typeof MARKS }) => (
  <span class={`mark ${kind}`} aria-hidden="true">
    {MARKS[kind]}
  </span>
);

const SLOW_MS = 8_000;

/** Says that something is under way, and after a while that it still is. */
export const Waiting = ({ what }: { what: string }) => {
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p class="waiting" role="status">
      <span class="spinner" aria-hidden="true" />
      {what}
      {isSlow && ' Google is taking longer than usual.'}
    </p>
  );
};

const LONG_CHARACTERS = 140;

/** A text of any length and direction: long ones are cut to a few lines, with a button for the rest. */
export const Clamped = ({ text, what }: { text: string; what: string }) => {
  const [isOpen, setOpen] = useState(false);
  if (text.length <= LONG_CHARACTERS && text.split('\n').length <= 4) return <bdi class="value">{text}</bdi>;
  return (
    <>
      <bdi class={isOpen ? 'value' : 'value clamp'}>{text}</bdi>{' '}
      <button
        type="button"
        class="text"
        aria-expanded={isOpen}
        aria-label={isOpen ? `Show less of ${what}` : `Show all of ${what}`}
        onClick={() => setOpen(!isOpen)}
      >
        {isOpen ? 'Show less' : 'Show all'}
      </button>
    </>
  );
};

export interface Question {
  readonly ask: string;
  readonly yes: string;
  readonly no?: string;
  readonly isBusy: boolean;
  onYes(): void;
  onNo(): void;
}

/** Asks on the spot, without a dialog. Escape is no. The focus starts on no, because yes can't be taken back. */
export const Confirm = ({ ask, yes, no: noWords = 'Keep', isBusy, onYes, onNo }: Question) => {
  const no = useRef<HTMLButtonElement>(null);
  useEffect(() => no.current?.focus(), []);
  return (
    <fieldset
      class="confirm"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault(); // a dialog around it stays open
        onNo();
      }}
    >
      <legend>{ask}</legend>
      <div class="buttons">
        <button type="button" disabled={isBusy} onClick={onYes}>
          {yes}
        </button>
        <button type="button" ref={no} onClick={onNo}>
          {noWords}
        </button>
      </div>
    </fieldset>
  );
};

export const Messages = ({ messages }: { messages: readonly string[] }) =>
  messages.length === 0 ? null : (
    <ul class="messages">
      {messages.map((message) => (
        <li key={message}>{message}</li>
      ))}
    </ul>
  );
