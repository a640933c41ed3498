import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallAnswer, WorkstationEvent } from '../../../main/api/contract.ts';
import { Session } from '../../../main/browser/session.ts';
import { type BrowserHost, startBrowserHost } from '../../../main/browser/window-server.ts';
import type { WindowService } from '../../../main/window/window-service.ts';

/** The border of the browser host, over the smallest service there is. */
let host: BrowserHost;
let listeners: Set<(event: WorkstationEvent) => void>;
let called: unknown[];
const secret = 's'.repeat(43);

beforeEach(async () => {
  listeners = new Set();
  called = [];
  const service: WindowService = {
    call: async (name, input): Promise<CallAnswer> => {
      called.push([name, input]);
      return { ok: true, value: 7 };
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    image: async () => ({ bytes: Buffer.from('png'), type: 'image/png' }),
  };
  host = await startBrowserHost({
    service,
    folder: fileURLToPath(new URL('../../../assets/icons', import.meta.url)),
    port: 0,
    secret,
  });
});
afterEach(() => host.close());

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

function send(method: string, path: string, headers: Record<string, string>, body?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(new URL(path, host.origin), { method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}

const json = () => ({ 'Content-Type': 'application/json', Origin: host.origin });

async function cookie(): Promise<string> {
  const token = new URL(host.link()).hash.slice(1);
  const { headers } = await send('POST', '/api/session', json(), JSON.stringify({ token }));
  return String(headers['set-cookie']).split(';')[0]!;
}

const oneCall = JSON.stringify({ name: 'workstation.state', input: {} });

describe('the browser host', () => {
  it('listens on the loopback address only', () => {
    expect(new URL(host.origin).hostname).toBe('127.0.0.1');
  });

  it('puts the policy on everything it answers', async () => {
    for (const path of ['/icon.svg', '/missing', '/api/call']) {
      const { headers } = await send('GET', path, {});
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['content-security-policy']).not.toMatch(/unsafe|\*|data:|https?:/);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['cross-origin-resource-policy']).toBe('same-origin');
      expect(headers['cache-control']).toBe('no-store');
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  it('answers calls, events and images to nobody without the cookie', async () => {
    expect((await send('POST', '/api/call', json(), oneCall)).status).toBe(401);
    expect((await send('GET', '/api/events', {})).status).toBe(401);
    for (const path of ['/images/part/1/camera', '/%69mages/part/1/camera', '/images%2Fpart%2F1%2Fcamera'])
      expect((await send('GET', path, {})).status, path).toBe(401);
    const wrong = { ...json(), Cookie: (await cookie()).replace(/.$/, '_') };
    expect((await send('POST', '/api/call', wrong, oneCall)).status).toBe(401);
    expect(called).toEqual([]);
  });

  it('gives the cookie for the right token only, out of reach of scripts and other sites', async () => {
    const refused = await send('POST', '/api/session', json(), JSON.stringify({ token: 'guess' }));
    expect(refused.status).toBe(401);
    expect(refused.headers['set-cookie']).toBeUndefined();
    const token = new URL(host.link()).hash.slice(1);
    const { status, headers } = await send('POST', '/api/session', json(), JSON.stringify({ token }));
    expect(status).toBe(204);
    expect(String(headers['set-cookie'])).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
    expect(String(headers['set-cookie'])).not.toContain(token);
  });

  it('takes a start link once, and gives a new one to whoever knows the secret of the data folder only', async () => {
    const enter = (token: string) => send('POST', '/api/session', json(), JSON.stringify({ token }));
    const ask = (body: object) => send('POST', '/api/link', json(), JSON.stringify(body));
    const token = new URL(host.link()).hash.slice(1);
    expect((await enter(token)).status).toBe(204);
    const again = await enter(token);
    expect([again.status, again.headers['set-cookie']]).toEqual([401, undefined]);
    for (const body of [{}, { secret: '' }, { secret: 'x'.repeat(43) }])
      expect((await ask(body)).status).toBe(401);
    const { value } = JSON.parse((await ask({ secret })).body) as { value: string };
    expect((await enter(value)).status).toBe(204);
  });

  it('is opened by a page of elsewhere, and gives it nothing but the empty window', async () => {
    const led = {
      'Sec-Fetch-Site': 'cross-site',
      'Sec-Fetch-Mode': 'navigate',
      'Sec-Fetch-Dest': 'document',
    };
    expect((await send('GET', '/', led)).status).toBe(404);
    expect((await send('GET', '/', { ...led, 'Sec-Fetch-Dest': 'iframe' })).status).toBe(403);
    expect((await send('GET', '/api/events', { ...led, Cookie: await cookie() })).status).toBe(403);
  });

  it('takes the next port where the wanted one is taken', async () => {
    const service: WindowService = {
      call: async () => ({ ok: true, value: null }),
      subscribe: () => () => {},
      image: async () => undefined,
    };
    const other = await startBrowserHost({ service, folder: '.', port: host.port });
    expect(other.port).not.toBe(host.port);
    await other.close();
  });

  it('carries a call and its answer', async () => {
    const { status, body } = await send('POST', '/api/call', { ...json(), Cookie: await cookie() }, oneCall);
    expect([status, JSON.parse(body)]).toEqual([200, { ok: true, value: 7 }]);
    expect(called).toEqual([['workstation.state', {}]]);
  });

  it('refuses calls of other pages, whatever cookie the browser adds', async () => {
    const own = { ...json(), Cookie: await cookie() };
    const foreign = [
      { ...own, Origin: 'http://evil.example' },
      { ...own, Origin: 'null' },
      { ...own, Origin: host.origin.replace('127.0.0.1', 'localhost') },
      { ...own, 'Sec-Fetch-Site': 'cross-site' },
      { ...own, 'Sec-Fetch-Site': 'same-site' },
      { ...own, Host: 'evil.example' },
    ];
    for (const headers of foreign)
      expect((await send('POST', '/api/call', headers, oneCall)).status).toBe(403);
    const { Origin: _, ...none } = own;
    expect((await send('POST', '/api/call', none, oneCall)).status).toBe(403);
    expect(called).toEqual([]);
  });

  it('answers malformed bodies with an error of the table', async () => {
    const own = { ...json(), Cookie: await cookie() };
    const bodies = ['', '{', '[]', '"x"', JSON.stringify({ name: 5 }), 'x'.repeat(1_100_000)];
    for (const body of bodies) {
      const answer = await send('POST', '/api/call', own, body);
      expect(answer.status).toBe(400);
      expect(JSON.parse(answer.body)).toMatchObject({ ok: false, error: { code: 'session-foreign' } });
    }
    const form = { ...own, 'Content-Type': 'text/plain' };
    expect((await send('POST', '/api/call', form, oneCall)).status).toBe(400);
  });

  it('sends events until the window goes', async () => {
    const headers = { Cookie: await cookie() };
    const { promise, resolve } = Promise.withResolvers<string>();
    const request = httpRequest(new URL('/api/events', host.origin), { headers }, (response) => {
      expect(response.headers['content-type']).toBe('text/event-stream');
      response.setEncoding('utf8').on('data', (chunk: string) => {
        if (chunk.startsWith('data: ')) resolve(chunk);
        else
          for (const listener of listeners)
            listener({ type: 'loss', point: { round: 1, position: 0.5, losses: {} } });
      });
      response.on('error', () => {});
    });
    request.on('error', () => {});
    request.end();
    expect(JSON.parse((await promise).slice('data: '.length))).toMatchObject({ type: 'loss' });
    request.destroy();
    await expect.poll(() => listeners.size).toBe(0);
  });

  it('changes nothing by any other method', async () => {
    for (const method of ['PUT', 'DELETE', 'OPTIONS'])
      expect((await send(method, '/icon.svg', { Origin: host.origin })).status).toBe(405);
  });
});

describe('a start link', () => {
  it('ends after five minutes', () => {
    let now = 0;
    const session = new Session(1, () => now);
    const [early, late] = [session.newToken(), session.newToken()];
    now = 5 * 60_000;
    expect(session.open(early)).toContain('HttpOnly');
    now += 1;
    expect(session.open(late)).toBeUndefined();
  });
});
