/** Flags of the demo. A flag that is not understood ends it with a sentence. */

export interface DemoFlags {
  readonly json: boolean;
  /** Entries of the pipeline list. */
  readonly entries: number;
  readonly seed: string | null;
}

/** Fewest entries with which every step of the demo has a row of its own. */
const FEWEST = 20;
const USAGE = `Usage: npm run demo -- [--json] [--entries N] [--seed NAME]   (N from ${FEWEST})`;

const fail = (sentence: string): never => {
  console.error(`${sentence}\n${USAGE}`);
  process.exit(2);
};

export const readFlags = (args: readonly string[]): DemoFlags => {
  let json = false;
  let entries = 137;
  let seed: string | null = null;
  for (let index = 0; index < args.length; index += 1) {
    const flag = args[index];
    const value = args[index + 1];
    if (flag === '--json') json = true;
    else if (flag === '--entries') {
      entries = /^\d+$/.test(value ?? '') ? Number(value) : fail('--entries takes a whole number.');
      if (entries < FEWEST) fail(`--entries takes at least ${FEWEST}.`);
      index += 1;
    } else if (flag === '--seed') {
      seed = value ?? fail('--seed takes a name.');
      index += 1;
    } else fail(`"${flag}" is not a flag of the demo.`);
  }
  return { json, entries, seed };
};
