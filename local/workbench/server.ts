/** The workbench over HTTP: the page with its events and commands on one origin, the add-on's pages on another. */
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { PageFiles } from './bundles';
import type { OtherSide } from './other-side';
import type { DialogAnswerMessage, PersonCommand, ToWorker } from './protocol';
import type { Fixed, State } from './state';

/** Hono's own type stays in this file: it would ask its readers for browser types. */
export interface App {
  readonly fetch: (request: Request) => Response | Promise<Response>;
}

const MOST_ROWS = 500;

const html = (title: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><link rel="icon" href="/icon.svg"><link rel="stylesheet" href="/page.css"></head>
<body><div id="root"></div><script type="module" src="/page.js"></script></body></html>
`;

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect x="1" y="1" width="14" height="14" rx="3" fill="#2f6f5e"/><path d="M4 6h8M4 10h8M7 4v8" stroke="#fff" stroke-width="1.4"/></svg>`;

/** A page of another site cannot send JSON without asking first, and is never answered. */
const guarded = (app: Hono): Hono => {
  app.use('*', async (c, next) => {
    if (c.req.method === 'POST' && !c.req.header('content-type')?.startsWith('application/json')) {
      return c.json({ error: 'send JSON' }, 415);
    }
    return next();
  });
  return app;
};

export interface ServerParts {
  readonly state: State;
  readonly fixed: Fixed;
  readonly files: PageFiles;
  readonly send: (message: ToWorker) => void;
  readonly other: OtherSide | null;
}

export const pageApp = ({ state, fixed, files, send, other }: ServerParts): App => {
  const app = guarded(new Hono());
  const text = (body: string, type: string) => () =>
    new Response(body, { headers: { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' } });
  app.get('/', text(html(fixed.addOnName), 'text/html'));
  app.get('/page.js', text(files.script, 'text/javascript'));
  app.get('/page.css', text(files.style, 'text/css'));
  app.get('/icon.svg', text(ICON, 'image/svg+xml'));

  app.get('/events', (c) =>
    streamSSE(c, async (stream) => {
      // In order and without a gap: listening begins before the state is taken, and nothing in between can run.
      let sending = Promise.resolve();
      const write = (event: unknown): void => {
        sending = sending.then(() => stream.writeSSE({ data: JSON.stringify(event) })).catch(() => undefined);
      };
      const stop = state.listen(write);
      write({ kind: 'hello', state: state.pageState(fixed) });
      await new Promise<void>((closed) => stream.onAbort(() => closed()));
      stop();
    }),
  );

  app.get('/rows', (c) => {
    const number = (name: string): number => Math.max(0, Math.trunc(Number(c.req.query(name) ?? 0)) || 0);
    const json = state.mirror.rowsJson(number('sheet'), number('from'), Math.min(MOST_ROWS, number('count')));
    return new Response(json, { headers: { 'content-type': 'application/json' } });
  });

  app.post('/commands', async (c) => {
    const { commands } = await c.req.json<{ commands: { id: string; command: PersonCommand }[] }>();
    for (const { id, command } of commands) send({ kind: 'command', id, command });
    return c.json({});
  });
  app.post('/open', (c) => {
    send({ kind: 'open' });
    return c.json({});
  });
  app.post('/menu', async (c) => {
    const { functionName } = await c.req.json<{ functionName: string }>();
    send({ kind: 'menu', id: 0, functionName });
    return c.json({});
  });
  app.post('/answer', async (c) => {
    send({ kind: 'answer', answer: await c.req.json<DialogAnswerMessage>() });
    return c.json({});
  });
  app.post('/kill', (c) => {
    send({ kind: 'kill' });
    return c.json({});
  });

  app.post('/other/:name', async (c) => {
    if (other === null) return c.json({ error: 'There is no emulator behind this workbench.' }, 400);
    try {
      return c.json({ result: await other.do(c.req.param('name'), await c.req.json()) });
    } catch (fault) {
      return c.json({ error: fault instanceof Error ? fault.message : String(fault) }, 400);
    }
  });
  return { fetch: (request) => app.fetch(request) };
};

/** The add-on's pages and their way to the server side. Nothing of the workbench's own can be reached from here. */
export const frameApp = ({ state, files, send }: ServerParts, pageOrigin: () => string): App => {
  const app = guarded(new Hono());
  app.get('/page/:id', (c) => {
    const page = state.pages.get(Number(c.req.param('id')));
    if (page === undefined) return c.text('This page is gone.', 404);
    const facts = JSON.stringify({ names: state.names, origin: pageOrigin(), page: Number(c.req.param('id')) });
    const shim = `<script>window.workbenchFrame=${facts.replaceAll('<', '\\u003c')};\n${files.shim.replaceAll('</script', '<\\/script')}</script>`;
    const head = /<head[^>]*>/i.exec(page);
    const at = head === null ? 0 : head.index + head[0].length;
    return c.html(page.slice(0, at) + shim + page.slice(at));
  });
  app.get('/favicon.ico', () => new Response(null, { status: 204 }));
  app.post('/run', async (c) => {
    const { name, args } = await c.req.json<{ name: string; args: unknown[] }>();
    const { id, outcome } = state.expect();
    send({ kind: 'call', id, name, args });
    return c.json(await outcome);
  });
  return { fetch: (request) => app.fetch(request) };
};
