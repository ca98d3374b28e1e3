/** The command line of `npm run affinity`. */
import { DEFAULT_ENTRIES, DEFAULT_SEED } from './seed/northlight';

export interface Flags {
  readonly port: number;
  readonly entries: number;
  readonly seed: string;
  /** Key of the admin user; null for the default one. */
  readonly key: string | null;
}

export const USAGE = 'npm run affinity -- [--port N] [--entries N] [--seed NAME] [--key KEY]';
export const DEFAULT_PORT = 4870;
/** The most that was measured; more would need more than the memory promised. */
export const MAX_ENTRIES = 200_000;

/** A flag is unknown, lacks its value, or has one that makes no sense; the message is a sentence for the terminal. */
export class FlagError extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'FlagError';
  }
}

/** A whole number from 0 to `max`. @throws FlagError */
export const whole = (flag: string, raw: string, max: number): number => {
  if (/^\d+$/.test(raw) && Number(raw) <= max) return Number(raw);
  throw new FlagError(`${flag} takes a whole number from 0 to ${max}.`);
};

/** Flags and values one by one, however they were written: `--port 1` or `--port=1`. */
export const split = (args: readonly string[]): readonly string[] =>
  args.flatMap((arg) => {
    const equals = /^(--[\w-]+)=(.*)$/s.exec(arg);
    return equals === null ? [arg] : [equals[1] ?? '', equals[2] ?? ''];
  });

/** @throws FlagError */
export const readFlags = (args: readonly string[]): Flags => {
  const flags: { -readonly [N in keyof Flags]: Flags[N] } = {
    port: DEFAULT_PORT,
    entries: DEFAULT_ENTRIES,
    seed: DEFAULT_SEED,
    key: null,
  };
  const rest = split(args);
  for (let index = 0; index < rest.length; index += 2) {
    const flag = rest[index] ?? '';
    const value = rest[index + 1];
    if (!['--port', '--entries', '--seed', '--key'].includes(flag)) {
      throw new FlagError(`There is no flag ${JSON.stringify(flag)}.`);
    }
    if (value === undefined || value === '') throw new FlagError(`${flag} needs a value.`);
    switch (flag) {
      case '--port':
        flags.port = whole(flag, value, 65_535);
        break;
      case '--entries':
        flags.entries = whole(flag, value, MAX_ENTRIES);
        break;
      case '--seed':
        flags.seed = value;
        break;
      default:
        if (/\s/.test(value)) throw new FlagError('--key takes a key without spaces.');
        flags.key = value;
    }
  }
  return flags;
};
