/** Entry of `npm run affinity`: the emulator alone, on 127.0.0.1, until Ctrl-C. */
import { FlagError, type Flags, readFlags, USAGE } from './flags';
import { type AffinityServer, startAffinity } from './http';
import { SEED_NOW } from './seed/northlight';

const fail = (sentence: string): never => {
  process.stderr.write(`${sentence}\nUsage: ${USAGE}\n`);
  process.exit(2);
};

const flagsOrExit = (): Flags => {
  try {
    return readFlags(process.argv.slice(2));
  } catch (fault) {
    if (fault instanceof FlagError) return fail(fault.message);
    throw fault;
  }
};

const report = (server: AffinityServer): string => {
  const { tenant, users, lists } = server.control.state();
  const privacy = (id: number): string => (server.world.lists.get(id)?.public === false ? ', private' : '');
  const names: Readonly<Record<number, string>> = { 0: 'persons', 1: 'organizations', 8: 'opportunities' };
  return [
    `Affinity emulator at ${server.url} (firm "${tenant}")`,
    '',
    'Keys',
    ...users.map(({ role, key, name }) => `  ${role.padEnd(9)} ${key}  (${name})`),
    '',
    'Lists',
    ...lists.map(({ id, name, type, list_size }) => `  ${id}  ${name}: ${list_size} ${names[type]}${privacy(id)}`),
    '',
    'Ctrl-C ends it.',
    '',
  ].join('\n');
};

const run = async (flags: Flags): Promise<void> => {
  const { port, entries, seed, key } = flags;
  const server = await startAffinity({ port, entries, seed, ...(key === null ? {} : { adminKey: key }) });
  if (Date.now() < SEED_NOW) process.stderr.write('The clock of this computer is behind the seeded data.\n');
  process.stdout.write(report(server));
  const end = (): void => {
    void server.close().then(() => process.exit(0));
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
};

const flags = flagsOrExit();
run(flags).catch((fault: NodeJS.ErrnoException) => {
  if (fault.code === 'EADDRINUSE') fail(`Port ${flags.port} is taken; choose another with --port.`);
  throw fault;
});
