/**
 * The form of an endpoint row, and the types that follow from one: what a caller must pass and what it gets back.
 * A row is plain data. Client methods and emulator routing are both generated from it; no method body is written by hand.
 */
import type { Codec } from './codec';

type NamesIn<P extends string> = P extends `${string}{${infer N}}${infer Rest}` ? N | NamesIn<Rest> : never;
// `{}` here means "adds no key" to the intersection below, which is what an absent part must do.
// biome-ignore lint/complexity/noBannedTypes: see the line above
type Part<K extends string, V> = [V] extends [undefined] ? {} : { readonly [k in K]: V };

/** One endpoint as data. */
export interface Endpoint<P extends string = string, Q = unknown, B = unknown, R = unknown> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: P;
  readonly query?: Codec<Q>;
  readonly body?: Codec<B>;
  readonly response: Codec<R>;
  /** How pages are found: `pageToken` puts `next_page_token` of one answer into `page_token` of the next call. */
  readonly paging?: 'pageToken';
  /** Whether the call may be sent again after an unknown outcome. */
  readonly resend: 'safe' | 'never';
  /** Bodies for which a call that is otherwise safe must not be sent again. A method, so that a table can hold all rows. */
  onceFor?(body: B): boolean;
  /** How the body travels: as JSON when absent, else as the parts of a form, files among them. */
  readonly encoding?: 'multipart';
  /**
   * `file`: the API answers with a redirect to a short-lived address on another host, whose answer is a file. The client goes
   * there without the key; the row's codec gets a `DownloadedFile`.
   */
  readonly answer?: 'file';
  /** The section of the official text that documents this call. */
  readonly doc: string;
}

/** Declares a row; the types of its parts are inferred. */
export const endpoint = <const P extends string, R, Q = undefined, B = undefined>(
  row: Endpoint<P, Q, B, R>,
): Endpoint<P, Q, B, R> => row;

/** A query or body in which every parameter may be left out may itself be left out. */
// biome-ignore lint/complexity/noBannedTypes: `{} extends V` is the compiler's way to ask "are all keys optional?"
type MaybePart<K extends string, V> = {} extends V ? Partial<Part<K, V>> : Part<K, V>;

/** What a caller passes: `path`, `query` and `body`, each only where the row has one. */
export type ArgsOf<E> =
  E extends Endpoint<infer P, infer Q, infer B, infer _R>
    ? // biome-ignore lint/complexity/noBannedTypes: no path parameter adds no key
      ([NamesIn<P>] extends [never] ? {} : { readonly path: { readonly [N in NamesIn<P>]: string | number } }) &
        MaybePart<'query', Q> &
        MaybePart<'body', B>
    : never;

export type ResultOf<E> = E extends Endpoint<infer _P, infer _Q, infer _B, infer R> ? R : never;

/** Rows by resource and call name. The codecs' types differ by row, hence `any`: each row keeps its own. */
// biome-ignore lint/suspicious/noExplicitAny: see above
export type Table = { readonly [resource: string]: { readonly [call: string]: Endpoint<string, any, any, any> } };

/** The names of a path's parameters, in order. */
export const pathParameters = (path: string): readonly string[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');

/** The path with its parameters filled in, each escaped. */
export const fillPath = (path: string, values: Readonly<Record<string, string | number>>): string =>
  path.replace(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(String(values[name])));
