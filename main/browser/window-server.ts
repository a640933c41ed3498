import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { windowHeaders } from '../window/headers.ts';
import { isImagePath, windowResource } from '../window/window-files.ts';
import type { WindowService } from '../window/window-service.ts';
import { readJson, sendError, sendJson } from './json-messages.ts';
import { listenLocally } from './listen.ts';
import { isSame, Session } from './session.ts';

/** Host that serves the window on a loopback address. */
export interface BrowserHost {
  /** Origin of the window: `http://127.0.0.1:PORT`. */
  readonly origin: string;
  readonly port: number;
  /** A new start link for a person to open: good once, and for minutes only. */
  link(): string;
  close(): Promise<void>;
}

/**
 * Serves the window to a browser of this machine: on 127.0.0.1 only, and only to whoever was given a start link.
 * @param options.folder the built window
 * @param options.port the port that is wanted; undefined: this window has none yet; 0: any free one
 * @param options.secret what the program started a second time shows to be given a link; undefined: nobody is
 */
export async function startBrowserHost(options: {
  service: WindowService;
  folder: string;
  port?: number | undefined;
  secret?: string;
}): Promise<BrowserHost> {
  const server = createServer();
  const port = await listenLocally(server, options.port);
  const session = new Session(port);
  server.on('request', (request, response) => {
    answer(request, response, session, options).catch(() => {
      if (response.headersSent) response.destroy();
      else sendError(response, 500, 'internal');
    });
  });
  return {
    port,
    origin: session.origin,
    link: () => `${session.origin}/#${session.newToken()}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly session: Session;
  readonly service: WindowService;
  readonly secret: string | undefined;
}

/** The calls of the window; everything else is a file or an image. */
const routes: Readonly<Record<string, { open: boolean; handle: (visit: Visit) => Promise<void> }>> = {
  'POST /api/session': { open: false, handle: openSession },
  'POST /api/link': { open: false, handle: giveLink },
  'POST /api/call': { open: true, handle: call },
  'GET /api/events': { open: true, handle: sendEvents },
};

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  session: Session,
  { service, folder, secret }: { service: WindowService; folder: string; secret?: string },
): Promise<void> {
  for (const [name, value] of Object.entries(windowHeaders)) response.setHeader(name, value);
  const { pathname } = new URL(request.url ?? '/', session.origin);
  if (!session.isAddressed(request) || !(session.isOwnOrigin(request) || isOpening(request, pathname)))
    return sendError(response, 403, 'session-foreign');
  const route = routes[`${request.method} ${pathname}`];
  if ((route?.open || isImagePath(pathname)) && !session.isOpen(request))
    return sendError(response, 401, 'session-missing');
  if (route) return route.handle({ request, response, session, service, secret });
  if (request.method !== 'GET') return sendError(response, 405, 'session-foreign');
  const resource = await windowResource(pathname, folder, service.image);
  response.writeHead(resource.status, {
    'Content-Type': resource.type,
    'Content-Length': resource.bytes.length,
  });
  response.end(resource.bytes);
}

/** True if a tab is being led to the window from elsewhere, as the start page does: what it gets shows nothing without the cookie. */
function isOpening({ method, headers }: IncomingMessage, pathname: string): boolean {
  return (
    method === 'GET' &&
    pathname === '/' &&
    headers['sec-fetch-mode'] === 'navigate' &&
    headers['sec-fetch-dest'] === 'document'
  );
}

async function openSession({ request, response, session }: Visit): Promise<void> {
  const body = await readJson(request);
  const cookie = typeof body?.token === 'string' ? session.open(body.token) : undefined;
  if (cookie === undefined) return sendError(response, 401, 'session-missing');
  response.writeHead(204, { 'Set-Cookie': cookie }).end();
}

async function giveLink({ request, response, session, secret }: Visit): Promise<void> {
  const body = await readJson(request);
  if (secret === undefined || typeof body?.secret !== 'string' || !isSame(body.secret, secret))
    return sendError(response, 401, 'session-missing');
  sendJson(response, 200, { ok: true, value: session.newToken() });
}

async function call({ request, response, service }: Visit): Promise<void> {
  const body = await readJson(request);
  if (typeof body?.name !== 'string') return sendError(response, 400, 'session-foreign');
  sendJson(response, 200, await service.call(body.name, body.input));
}

/** Server-sent events: everything the workstation tells the window by itself. */
async function sendEvents({ response, service }: Visit): Promise<void> {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  response.write(': open\n\n');
  const end = service.subscribe((event) => response.write(`data: ${JSON.stringify(event)}\n\n`));
  await once(response, 'close');
  end();
}
