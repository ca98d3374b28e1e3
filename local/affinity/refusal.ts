/** A call that the emulator understood and refuses, and the forms that a refusal takes on the wire. */
import type { Choices } from './choices';

/** Thrown by handlers and checks; `emulate` turns it into an answer. The world is unchanged when it is thrown. */
export class Refusal extends Error {
  readonly status: 401 | 403 | 404 | 422 | 429;
  constructor(status: Refusal['status'], sentence: string) {
    super(sentence);
    this.name = 'Refusal';
    this.status = status;
  }
}

export const unprocessable = (sentence: string): Refusal => new Refusal(422, sentence);
export const notFound = (sentence: string): Refusal => new Refusal(404, sentence);

/** The body of a refusal. The API does not document one; clients have met all of these. Source: affinity-v1-facts, section 6. */
export const refusalBody = (refusal: Refusal, form: Choices['errorBodies']): string => {
  const message = refusal.message;
  switch (form) {
    case 'mixed':
      return JSON.stringify(refusal.status === 422 ? [message] : { message });
    case 'array':
      return JSON.stringify([message]);
    case 'message':
      return JSON.stringify({ message });
    case 'error':
      return JSON.stringify({ error: message });
    case 'errors':
      return JSON.stringify({ errors: [{ message }] });
    case 'text':
      return message;
  }
};
