/** What the API client needs from its surroundings. Everything is synchronous, as Apps Script is. */

export interface WireRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text, a body of bytes in pieces (files), or null for a call without a body. */
  readonly body: string | PiecedBody | null;
  /** Set for calls that fetch a file: the body of the answer is wanted as base64 of its bytes, and `encoding` says so. */
  readonly wants?: 'base64';
}

/** A body of bytes, in order: texts are UTF-8, the rest is base64. Its content type is among the headers. */
export interface PiecedBody {
  readonly pieces: readonly Piece[];
}
export type Piece = { readonly text: string } | { readonly base64: string };

export interface WireResponse {
  readonly status: number;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** `base64` when `body` holds bytes; a text when absent. */
  readonly encoding?: 'base64';
}

/** No answer came: the request may or may not have been carried out. `noAnswer` is the reason, for the log. */
export interface NoAnswer {
  readonly noAnswer: string;
  /** True when it is certain that nothing was sent (e.g. the platform's own quota refused the call). */
  readonly neverSent: boolean;
  /** Set when the platform's own daily quota of HTTP calls is used up. */
  readonly platformQuota?: boolean;
}

/** Sends requests side by side; answers in the order of the requests, one for each. Never throws for a remote failure. */
export interface Transport {
  sendAll(requests: readonly WireRequest[]): readonly (WireResponse | NoAnswer)[];
}

export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  sleep(milliseconds: number): void;
}

/** A number in [0, 1). */
export type Random = () => number;

/** A batch of calls and the moment at which it was answered, milliseconds since 1970. */
export interface SentCalls {
  readonly at: number;
  readonly calls: number;
}
