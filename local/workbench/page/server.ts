/** The page's way to the server: commands in the order they were given, everything else at once. */
import type { DialogButton, PageEvent, PersonCommand, RowView } from '../protocol';

const post = async (path: string, body: unknown = {}): Promise<unknown> => {
  const answer = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const value = (await answer.json()) as { error?: string; result?: unknown }; // our own server's answer
  if (!answer.ok) throw new Error(value.error ?? `The workbench answered ${answer.status}.`);
  return value.result;
};

let waiting: { id: string; command: PersonCommand }[] = [];
let sending: Promise<void> | null = null;
let last = 0;
const tab = Math.random().toString(36).slice(2, 8);

const sendAll = async (): Promise<void> => {
  try {
    while (waiting.length > 0) {
      const commands = waiting;
      waiting = [];
      await post('/commands', { commands });
    }
  } finally {
    sending = null;
  }
};
/** Ends when the server has all that was done until now. */
const sendWaiting = async (): Promise<void> => {
  if (waiting.length === 0 && sending === null) return;
  sending ??= sendAll();
  await sending;
};

/** Sends what the person did; gives the id under which its outcome will be told. */
export const sendCommand = (command: PersonCommand): string => {
  last += 1;
  const id = `${tab}-${last}`;
  waiting.push({ id, command });
  void sendWaiting();
  return id;
};

export const server = {
  open: () => post('/open'),
  /** After everything that was done before: a script sees what the person saw. */
  menu: (functionName: string) => sendWaiting().then(() => post('/menu', { functionName })),
  answer: (id: number, button: DialogButton, text: string) => post('/answer', { id, button, text }),
  kill: () => post('/kill'),
  other: (name: string, argument: object = {}) => post(`/other/${name}`, argument),
  rows: async (sheet: number, from: number, count: number): Promise<RowView[]> => {
    const answer = await fetch(`/rows?sheet=${sheet}&from=${from}&count=${count}`);
    return (await answer.json()) as RowView[]; // our own server's answer
  },
};

/** Listens to the server. When the connection is lost, the browser tries again and a new `hello` begins afresh. */
export const listen = (hear: (event: PageEvent) => void, lost: () => void): (() => void) => {
  const source = new EventSource('/events');
  source.onmessage = (message: MessageEvent<string>) => hear(JSON.parse(message.data) as PageEvent); // our own server's
  source.onerror = lost;
  return () => source.close();
};
