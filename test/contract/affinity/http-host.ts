/**
 * The other side of `http-api.ts`, in a thread of its own: starts emulators behind sockets and makes real HTTP requests to them.
 * Bundled by esbuild, because worker threads load neither TypeScript nor jest's transforms.
 */
import { runAsWorker } from 'synckit';
import {
  type AffinityServer,
  SEED_NOW,
  type ServerOptions,
  simulatedClock,
  startAffinity,
} from '../../../local/affinity';
import { callControl } from '../../../local/affinity/http';

export type Task =
  | { readonly do: 'start'; readonly options: Omit<ServerOptions, 'clock'> }
  | { readonly do: 'control'; readonly name: string; readonly argument: unknown }
  | {
      readonly do: 'call';
      readonly method: string;
      readonly path: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string | null;
    };

let server: AffinityServer | null = null;

runAsWorker(async (task: Task): Promise<unknown> => {
  if (task.do === 'start') {
    await server?.close();
    server = await startAffinity({ entries: 60, clock: simulatedClock(SEED_NOW), ...task.options });
    return server.url;
  }
  if (server === null) throw new Error('no server was started');
  if (task.do === 'control') return callControl(server.control, task.name, task.argument);
  try {
    const answer = await fetch(server.url + task.path, {
      method: task.method,
      headers: task.headers,
      body: task.body,
      redirect: 'manual',
    });
    return { status: answer.status, headers: Object.fromEntries(answer.headers), text: await answer.text() };
  } catch {
    return { status: 0, headers: {}, text: '' };
  }
});
