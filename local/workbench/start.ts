/** Puts the workbench together: emulator, road, worker, two servers. Used by `npm start` and by the browser tests. */
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { serve } from '@hono/node-server';
import { type AffinityThread, startAffinityThread } from '../affinity/thread';
import { type FirstAccount, pushedFolder } from '../google';
import { buildPage } from './bundles';
import { OtherSide } from './other-side';
import type { KeyView } from './protocol';
import { LIVE_KEY, startRoad } from './road';
import { type App, frameApp, pageApp, type ServerParts } from './server';
import { State } from './state';
import { startWorkerThread } from './worker-thread';

export interface WorkbenchOptions {
  /** 0, the default, takes a free port. */
  readonly port?: number;
  readonly entries?: number;
  readonly seed?: string;
  readonly locale?: string;
  readonly timeZone?: string;
  /** What both sides' clocks show at the start, milliseconds since 1970. Default: the computer's time. */
  readonly startsAt?: number;
  /** The real API instead of the emulator. */
  readonly live?: { readonly key: string; readonly allowsWrites: boolean } | null;
}

export interface Workbench {
  /** Address of the page, without a slash at the end. */
  readonly url: string;
  /** Origin that serves the add-on's sidebar and dialogs. */
  readonly frameUrl: string;
  /** The emulator's address; null with the real API. */
  readonly affinityUrl: string | null;
  readonly affinity: AffinityThread | null;
  readonly keys: readonly KeyView[];
  /** Lets time pass on both sides: leases and quotas run out, triggers become due. */
  later(ms: number): Promise<void>;
  /** Signs the browser in to a first account beside the person's own; null for one account only. */
  signInFirst(account: FirstAccount | null): void;
  close(): Promise<void>;
}

const ADD_ON = 'List Sync for Affinity';
const LIVE = 'https://api.affinity.co';
const USER = 'analyst@example.com';
/** A private account of the same person, with which the browser was signed in before. */
const PRIVATE_USER = 'private@example.net';

interface Listening {
  readonly url: string;
  close(): Promise<void>;
}
const listen = async (app: App, port: number): Promise<Listening> => {
  const server = serve({ fetch: (request) => app.fetch(request), port, hostname: '127.0.0.1' });
  await new Promise<void>((listening, failed) => {
    server.once('listening', listening);
    server.once('error', failed);
  });
  const { port: taken } = server.address() as AddressInfo; // a listening TCP server has a port
  return {
    url: `http://127.0.0.1:${taken}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
};

/**
 * Starts everything. Needs `dist/` and the repository's root as working folder.
 * @throws Error when the bundle is missing, a locale is unknown or the port is taken.
 */
export const startWorkbench = async (options: WorkbenchOptions = {}): Promise<Workbench> => {
  const live = options.live ?? null;
  const { entries, seed, startsAt } = options;
  const time = startsAt === undefined ? {} : { startsAt };
  const state = new State();
  const toClose: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const one of toClose.splice(0).reverse()) await one();
  };
  try {
    const bundle = pushedFolder(path.join(process.cwd(), 'dist'));
    const [thread, files] = await Promise.all([
      live
        ? null
        : startAffinityThread({
            ...(entries === undefined ? {} : { entries }),
            ...(seed === undefined ? {} : { seed }),
            ...time,
          }),
      buildPage(),
    ]);
    if (thread) toClose.push(() => thread.close());
    const note = (request: Parameters<State['noteRequest']>[0]): void => state.noteRequest(request);
    const road = await startRoad({
      target: thread?.url ?? LIVE,
      isReadOnly: live !== null && !live.allowsWrites,
      liveKey: live?.key ?? null,
      note,
    });
    toClose.push(() => road.close());
    const worker = await startWorkerThread(
      {
        ...bundle,
        fileName: 'Deals',
        locale: options.locale ?? 'en_US',
        timeZone: options.timeZone ?? 'Etc/UTC',
        user: USER,
        affinityUrl: road.url,
        ...time,
      },
      (message) => state.hear(message),
    );
    toClose.push(() => worker.close());
    const users = thread ? (await thread.control('state')).users : [];
    const keys: readonly KeyView[] = live
      ? [{ role: 'you', key: LIVE_KEY, name: 'stands for AFFINITY_API_KEY' }]
      : users.map(({ role, key, name }) => ({ role, key, name }));
    const colleagueKey = users.find(({ role }) => role === 'colleague')?.key ?? '';
    const other =
      thread &&
      new OtherSide({
        thread,
        colleagueKey,
        note,
        nextId: () => road.nextId(),
        later: (ms) => worker.send({ kind: 'later', ms }),
        severalAccounts: (isOn) =>
          worker.send({ kind: 'firstAccount', account: isOn ? { user: PRIVATE_USER, hasAuthorized: false } : null }),
      });
    const parts: Omit<ServerParts, 'fixed'> = { state, files, send: (message) => worker.send(message), other };
    const places = { page: '', frame: '' };
    const fixed = {
      addOnName: ADD_ON,
      get frameOrigin() {
        return places.frame;
      },
      mode: live ? (live.allowsWrites ? 'live' : 'live-read-only') : 'emulator',
      keys,
    } as const;
    const page = await listen(pageApp({ ...parts, fixed }), options.port ?? 0);
    toClose.push(() => page.close());
    places.page = page.url;
    const frame = await listen(
      frameApp({ ...parts, fixed }, () => places.page),
      0,
    );
    toClose.push(() => frame.close());
    places.frame = frame.url;
    return {
      url: page.url,
      frameUrl: frame.url,
      affinityUrl: thread?.url ?? null,
      affinity: thread,
      keys,
      signInFirst: (account) => worker.send({ kind: 'firstAccount', account }),
      async later(ms) {
        worker.send({ kind: 'later', ms });
        await thread?.control('advance', ms);
      },
      close,
    };
  } catch (fault) {
    await close();
    throw fault;
  }
};
