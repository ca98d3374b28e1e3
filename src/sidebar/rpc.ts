/** The contract between the sidebar's page and its server side: JSON values only, no key, no raw error. */

export interface ImportView {
  readonly id: string;
  readonly title: string;
  /** Instant, ISO 8601 UTC; null while the import was never complete. */
  readonly dataAsOf: string | null;
  readonly message: string;
}

export interface Status {
  readonly isConnected: boolean;
  readonly imports: readonly ImportView[];
}

export type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

export interface Rpc {
  sidebarStatus(): Reply<Status>;
  /** Gives the firm and the person that the key belongs to. */
  sidebarConnect(key: string): Reply<{ readonly firm: string; readonly person: string }>;
  sidebarRefresh(importId: string): Reply<string>;
}
