/** What the server side of the pages checks arguments by: any script in a page can call it with whatever it likes. */
import { type Codec, DecodeError, integer, text } from '../api/codec';
import type { Rpc } from './rpc';

export type Method<N extends keyof Rpc> = {
  readonly args: readonly Codec<unknown>[];
  readonly run: (...args: Parameters<Rpc[N]>) => ReturnType<Rpc[N]>;
};

export const within = (longest: number): Codec<string> => ({
  shape: `text of at most ${longest} characters`,
  decode: (raw, at) => {
    const given = text.decode(raw, at);
    if (given.length <= longest) return given;
    throw new DecodeError(at, `text of at most ${longest} characters`);
  },
});

export const count: Codec<number> = {
  shape: 'whole number, not negative',
  decode: (raw, at) => {
    const number = integer.decode(raw, at);
    if (number >= 0) return number;
    throw new DecodeError(at, 'whole number, not negative');
  },
};

export const name = within(200);

/** Said to the person as it stands: what they entered can't be carried out, and nothing was done. */
export class NotUnderstood extends Error {}
