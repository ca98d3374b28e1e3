/** `Logger` and `console`: captured per execution. Neither is a service call that could fail or cost. */
import type { Execution } from './execution';
import { members } from './members';
import { ServiceObject } from './service-object';

const shown = (value: unknown): string => {
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null && 'stack' in value) return String(value.stack);
  try {
    return typeof value === 'object' ? (JSON.stringify(value) ?? String(value)) : String(value);
  } catch {
    return String(value);
  }
};
const formatted = (values: readonly unknown[]): string => {
  const [first, ...rest] = values;
  if (typeof first !== 'string' || !/%[sdifjo]/.test(first)) return values.map(shown).join(' ');
  let next = 0;
  const text = first.replace(/%[sdifjo]/g, (whole) => (next < rest.length ? shown(rest[next++]) : whole));
  return [text, ...rest.slice(next).map(shown)].join(' ');
};

const loggerMembers = members('Logger', { pure: { log: '...any', clear: '', getLog: '' } });

export class Logger extends ServiceObject {
  readonly serviceName = 'Logger';
  readonly members = loggerMembers;
  log(...values: unknown[]): this {
    this.run.log('INFO', formatted(values));
    return this;
  }
  clear(): void {
    this.run.logs.length = 0;
  }
  getLog(): string {
    return this.run.logs.map((line) => `${line.level}: ${line.text}\n`).join('');
  }
}

/** The script's `console`. */
export const consoleFor = (run: Execution): Record<string, (...values: unknown[]) => void> => {
  const line =
    (level: string) =>
    (...values: unknown[]): void =>
      run.log(level, formatted(values));
  const started = new Map<string, number>();
  return {
    log: line('DEBUG'),
    debug: line('DEBUG'),
    info: line('INFO'),
    warn: line('WARNING'),
    error: line('ERROR'),
    time: (label = 'default') => void started.set(String(label), run.world.clock.now()),
    timeEnd: (label = 'default') =>
      run.log(
        'DEBUG',
        `${String(label)}: ${run.world.clock.now() - (started.get(String(label)) ?? run.world.clock.now())}ms`,
      ),
  };
};
