/** The command line of `npm start`. */
import { FlagError, MAX_ENTRIES, split, whole } from '../affinity/flags';
import { DEFAULT_ENTRIES, DEFAULT_SEED } from '../affinity/seed/northlight';

export interface Flags {
  readonly port: number;
  readonly entries: number;
  readonly seed: string;
  readonly locale: string;
  readonly timeZone: string;
  readonly isLive: boolean;
  readonly allowsWrites: boolean;
}

export const DEFAULT_PORT = 4880;
export const USAGE = `npm start -- [--port N] [--entries N | --empty] [--seed NAME] [--locale en_US] [--time-zone Etc/UTC] [--live [--allow-writes]]

  --port N          the page's port on 127.0.0.1; 0 takes a free one (default ${DEFAULT_PORT})
  --entries N       entries on the pipeline list (default ${DEFAULT_ENTRIES})
  --empty           lists without entries
  --seed NAME       other data
  --locale ID       the spreadsheet's locale, e.g. de_DE (default en_US)
  --time-zone ZONE  the spreadsheet's time zone, e.g. Europe/Berlin (default Etc/UTC)
  --live            the real Affinity API with the key in AFFINITY_API_KEY, read-only
  --allow-writes    with --live: changes are really sent`;

const zone = (raw: string): string => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: raw }).resolvedOptions().timeZone && raw;
  } catch {
    throw new FlagError(`--time-zone takes a zone such as Europe/Berlin, not ${JSON.stringify(raw)}.`);
  }
};

const VALUED = ['--port', '--entries', '--seed', '--locale', '--time-zone'];

/** @throws FlagError */
export const readFlags = (args: readonly string[]): Flags => {
  const flags: { -readonly [N in keyof Flags]: Flags[N] } = {
    port: DEFAULT_PORT,
    entries: DEFAULT_ENTRIES,
    seed: DEFAULT_SEED,
    locale: 'en_US',
    timeZone: 'Etc/UTC',
    isLive: false,
    allowsWrites: false,
  };
  const rest = split(args);
  for (let index = 0; index < rest.length; index += 1) {
    const flag = rest[index] ?? '';
    if (flag === '--live') flags.isLive = true;
    else if (flag === '--allow-writes') flags.allowsWrites = true;
    else if (flag === '--empty') flags.entries = 0;
    else if (VALUED.includes(flag)) {
      index += 1;
      const value = rest[index];
      if (value === undefined || value === '' || value.startsWith('--')) throw new FlagError(`${flag} needs a value.`);
      if (flag === '--port') flags.port = whole(flag, value, 65_535);
      else if (flag === '--entries') flags.entries = whole(flag, value, MAX_ENTRIES);
      else if (flag === '--seed') flags.seed = value;
      else if (flag === '--locale') flags.locale = value.replace('-', '_');
      else flags.timeZone = zone(value);
    } else throw new FlagError(`There is no flag ${JSON.stringify(flag)}.`);
  }
  if (flags.allowsWrites && !flags.isLive) throw new FlagError('--allow-writes goes with --live only.');
  return flags;
};
