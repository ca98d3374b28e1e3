/**
 * Where a request of the script really goes: by origin, to another base address over real HTTP, or to a function in
 * this process. An origin that is not in the map does not exist.
 */

export type HostRequest = {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string | null;
};
export type HostResponse = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Uint8Array;
};
/** Answers in process. Throwing means a network failure: nothing came back. */
export type HostFunction = (request: HostRequest) => HostResponse;

/** Origin (`https://api.example.com`) → base address (`http://127.0.0.1:8080`) or function. */
export type HostMap = Readonly<Record<string, string | HostFunction>>;

export type NetworkFailure = { readonly failure: 'dns' | 'address' | 'timeout' };
export type Outcome = HostResponse | NetworkFailure;
export const isFailure = (outcome: Outcome): outcome is NetworkFailure => 'failure' in outcome;

/** A host function throws this to say which kind of network failure it plays; any other error means `address`. */
export class NetworkError extends Error {
  readonly failure: NetworkFailure['failure'];
  constructor(failure: NetworkFailure['failure'] = 'address') {
    super(failure);
    this.failure = failure;
  }
}

const ORIGIN = /^(https?:\/\/[^/?#]+)(.*)$/i;
export const originOf = (url: string): { readonly origin: string; readonly rest: string } | null => {
  const match = ORIGIN.exec(url);
  if (!match) return null;
  const rest = match[2] ?? '';
  return { origin: (match[1] ?? '').toLowerCase(), rest: rest.startsWith('/') ? rest : `/${rest}` };
};
