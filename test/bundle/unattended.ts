/** The sidebar's server side as a certain person calls it, and what it tells about schedules. */
import type { Desktop } from './desktop';

export interface ScheduledState {
  readonly imports: readonly {
    readonly id: string;
    readonly title: string;
    readonly dataAsOf: string | null;
    readonly changesAsOf: string | null;
    readonly olderColumns: readonly string[];
    readonly rows: number;
    readonly unfinishedRows: number | null;
    readonly lastRun: { readonly at: string; readonly result: string; readonly message: string } | null;
    readonly schedule: {
      readonly cadence: { readonly kind: string; readonly value: number };
      readonly owner: string;
      readonly isMine: boolean;
      readonly sendsEdits: boolean;
      readonly nextRun: string | null;
      readonly freshUntil: string | null;
      readonly lastRun: {
        readonly at: string;
        readonly result: string;
        readonly message: string;
        readonly calls: number;
      } | null;
      readonly failingSince: string | null;
      readonly trouble: string | null;
      readonly isToBeSavedAgain: boolean;
    } | null;
  }[];
  readonly isMailAllowed: boolean;
}

/** Calls the server side; a refusal becomes an error with its sentence. */
export const rpcOf =
  (desktop: Desktop, user: string, options: { readonly scopes?: readonly string[] } = {}) =>
  <T = unknown>(name: string, ...args: readonly unknown[]): T => {
    const text = desktop.google.scriptRun('rpc', [JSON.stringify({ name, args })], {
      spreadsheet: desktop.file,
      user,
      ...options,
    });
    const reply = JSON.parse(String(text)) as { ok: boolean; value: T; message?: string };
    if (!reply.ok) throw new Error(reply.message);
    return reply.value;
  };
