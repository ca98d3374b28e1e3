/**
 * The page's side of the bridge: the only file that touches `google.script`. Calls are typed by the contract; whatever goes wrong
 * becomes a `CallFault` whose message is a sentence for the person. Google's own error texts never leave this file.
 */
import type { Envelope, Reply, Rpc } from '../rpc';
import { LONGEST_WAIT_MS } from './limits';

interface Runner {
  withSuccessHandler(handler: (answer: unknown) => void): Runner;
  withFailureHandler(handler: (fault: unknown) => void): Runner;
  rpc(text: string): void;
}
declare const google:
  | { readonly script: { readonly run: Runner; readonly host: { close(): void; readonly editor?: { focus(): void } } } }
  | undefined;

/** Null where the page is opened outside of Google Sheets. */
const script = typeof google === 'undefined' ? null : google.script;

/** `said`: the server did its part and says why not. `unreachable`: nobody knows whether the call did its work. */
export class CallFault extends Error {
  readonly kind: 'said' | 'unreachable';
  constructor(kind: CallFault['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

const OFFLINE = 'This browser is offline. Check your connection, then try again.';
const UNREACHABLE =
  'The add-on could not be reached. If you are signed in to several Google accounts, open this sheet in a browser profile with just one of them. Otherwise close this panel and open it again from the menu.';
const ACCOUNTS =
  'Google refused this before the add-on was asked. That happens when this browser is signed in to several Google accounts: open the sheet in a browser profile or a private window with just one of them.';
const SILENT = 'The add-on did not answer in time. Try again; what was done until now stays.';

/** What Google's texts tell us, most telling first. They are documented nowhere, so the last word is `UNREACHABLE`. */
const KNOWN: readonly (readonly [RegExp, string])[] = [
  [
    /NetworkError|HTTP 0|Failed to fetch/i,
    'The connection to Google broke off. Check your connection, then try again.',
  ],
  [/maximum execution time|timed out/i, SILENT],
  [/PERMISSION_DENIED/i, ACCOUNTS],
  // Either the permission was taken back, or Google asks the browser's first account, which never gave it.
  [
    /Authori[sz]ation is required/i,
    'Google asks for your permission again. Close this panel and open it from the menu. If that does not help, this browser is signed in to several Google accounts: open the sheet in a browser profile or a private window with just one of them.',
  ],
];

const sentenceFor = (fault: unknown): string => {
  if (!navigator.onLine) return OFFLINE;
  const text = fault instanceof Error ? fault.message : String(fault);
  return KNOWN.find(([pattern]) => pattern.test(text))?.[1] ?? UNREACHABLE;
};

const isReply = (value: unknown): value is Reply<unknown> =>
  typeof value === 'object' && value !== null && 'ok' in value && ('value' in value || 'message' in value);

const parsed = (answer: unknown): Reply<unknown> | null => {
  try {
    const value: unknown = JSON.parse(String(answer));
    return isReply(value) ? value : null;
  } catch {
    return null;
  }
};

let keyRefused: () => void = () => {};
/** Says what to do when an answer tells that Affinity refused the person's key. */
export const onKeyRefused = (listener: () => void): void => {
  keyRefused = listener;
};

/** Calls a server function. Rejects with a `CallFault`, never with anything else. */
export const call = <N extends keyof Rpc>(name: N, ...args: Parameters<Rpc[N]>): Promise<ReturnType<Rpc[N]>> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new CallFault('unreachable', SILENT)), LONGEST_WAIT_MS);
    const fail = (kind: CallFault['kind'], message: string) => {
      clearTimeout(timer);
      reject(new CallFault(kind, message));
    };
    if (script === null) {
      fail('unreachable', UNREACHABLE);
      return;
    }
    const envelope: Envelope = { name, args, account: document.body.dataset.account ?? '' };
    script.run
      .withSuccessHandler((answer) => {
        const reply = parsed(answer);
        if (reply === null) return fail('unreachable', UNREACHABLE);
        if (reply.needsKey) keyRefused();
        if (!reply.ok) return fail('said', reply.message);
        clearTimeout(timer);
        resolve(reply.value as ReturnType<Rpc[N]>); // the server implements the same contract
      })
      .withFailureHandler((fault) => fail('unreachable', sentenceFor(fault)))
      .rpc(JSON.stringify(envelope));
  });

/** Any rejection as a `CallFault`: one that is not ours is a bug of the page, and its text is not for the person. */
export const asFault = (reason: unknown): CallFault =>
  reason instanceof CallFault ? reason : new CallFault('unreachable', UNREACHABLE);

/** Gives the keyboard to the sheet. */
export const focusSheet = (): void => {
  script?.host.editor?.focus();
};

export const closeDialog = (): void => {
  script?.host.close();
};
