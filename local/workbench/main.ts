/** Entry of `npm start`: the workbench on 127.0.0.1 until Ctrl-C. */
import { FlagError } from '../affinity/flags';
import { type Flags, readFlags, USAGE } from './flags';
import { startWorkbench } from './start';

const fail = (sentence: string): never => {
  process.stderr.write(`${sentence}\nUsage: ${USAGE}\n`);
  process.exit(2);
};

const flagsOrExit = (): Flags => {
  try {
    const flags = readFlags(process.argv.slice(2));
    if (flags.isLive && !process.env.AFFINITY_API_KEY) return fail('--live needs your API key in AFFINITY_API_KEY.');
    return flags;
  } catch (fault) {
    if (fault instanceof FlagError) return fail(fault.message);
    throw fault;
  }
};

const run = async (flags: Flags): Promise<void> => {
  const workbench = await startWorkbench({
    port: flags.port,
    entries: flags.entries,
    seed: flags.seed,
    locale: flags.locale,
    timeZone: flags.timeZone,
    live: flags.isLive ? { key: process.env.AFFINITY_API_KEY ?? '', allowsWrites: flags.allowsWrites } : null,
  });
  const { url, keys } = workbench;
  const lines = [
    `Workbench at ${url}`,
    '',
    'Keys for "Connect to Affinity" in the add-on\'s menu',
    ...keys.map(({ role, key, name }) => `  ${role.padEnd(9)} ${key}  (${name})`),
    '',
    'Ctrl-C ends it.',
    '',
  ];
  process.stdout.write(lines.join('\n'));
  const end = (): void => {
    void workbench.close().then(() => process.exit(0));
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
};

const flags = flagsOrExit();
run(flags).catch((fault: NodeJS.ErrnoException) => {
  if (fault.code === 'EADDRINUSE') fail(`Port ${flags.port} is taken; choose another with --port.`);
  if (/does not support spreadsheet locale/.test(fault.message)) {
    fail(`The locale ${flags.locale} is not known here; try en_US, en_GB, de_DE or fr_FR.`);
  }
  throw fault;
});
