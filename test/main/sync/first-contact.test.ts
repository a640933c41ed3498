import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createProxyServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openClient } from '../../../main/sync/aggregator-client.ts';
import { fetchAuthority } from '../../../main/sync/first-contact.ts';
import { readProxy, shownProxy } from '../../../main/sync/proxy.ts';
import type { Invitation } from '../../../protocol/invitation.ts';
import { parsePlan } from '../../../protocol/plan.ts';
import { publicKeyText } from '../../../protocol/signatures.ts';
import { newPostgresDatabase } from '../../aggregator/support/databases.ts';
import { Headquarters } from '../../aggregator/support/headquarters.ts';
import { tinyPlan } from '../support/plants.ts';

const hour = 3_600_000;
let headquarters: Headquarters;
let foreign: Headquarters;

beforeAll(async () => {
  headquarters = await Headquarters.start(parsePlan(tinyPlan), await newPostgresDatabase());
  foreign = await Headquarters.start(parsePlan(tinyPlan), await newPostgresDatabase());
});
afterAll(async () => {
  await headquarters.close();
  await foreign.close();
});

function client(address: string, ca: string, proxy?: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const ledger = { add: () => {}, sent: () => 0 };
  const opened = openClient({ address, ca, key: privateKey, ledger, proxy });
  onTestFinished(() => opened.close());
  return { ...opened, publicKey: publicKeyText(publicKey) };
}

/** Listens on a free port until the test is over. */
async function listening(server: ReturnType<typeof createServer>): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

describe('the first contact', () => {
  let invitation: Invitation;
  beforeAll(async () => {
    invitation = await headquarters.invite('Osaka');
  });

  it('trusts the authority whose fingerprint the invitation carries', async () => {
    await expect(fetchAuthority(invitation)).resolves.toBe(headquarters.ca);
  });

  it('trusts no other server at that address', async () => {
    const elsewhere = { ...invitation, url: foreign.aggregator.url };
    await expect(fetchAuthority(elsewhere)).rejects.toMatchObject({
      code: 'wrong-aggregator',
      detail: { address: foreign.aggregator.url, expected: invitation.caFingerprint.slice(0, 16) },
    });
  });

  it('says that nobody answers', async () => {
    const port = await listening(createServer((socket) => socket.destroy()));
    await expect(fetchAuthority({ ...invitation, url: `https://127.0.0.1:${port}` })).rejects.toMatchObject({
      code: 'aggregator-unreachable',
      detail: { problem: 'ECONNRESET' },
    });
  });

  it('says that a server which is none of ours does not answer as one', async () => {
    const port = await listening(createServer((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n')));
    await expect(fetchAuthority({ ...invitation, url: `https://127.0.0.1:${port}` })).rejects.toMatchObject({
      code: 'aggregator-unreachable',
      detail: { problem: 'EPROTO' },
    });
  });

  it('names a clock that is off before it can make a certificate look wrong', async () => {
    const late = () => Date.now() + hour;
    await expect(fetchAuthority(invitation, { now: late })).rejects.toMatchObject({
      code: 'clock-skew',
      detail: { minutes: 60 },
    });
  });
});

describe('a client', () => {
  it('sends nothing to a server whose certificate another authority signed', async () => {
    const { url } = headquarters.aggregator;
    await expect(client(url, foreign.ca).plan('a-secret-code')).rejects.toMatchObject({
      code: 'certificate-wrong',
      detail: { address: url },
    });
  });

  it('carries no secret of a failed request in its error', async () => {
    const error = await client(headquarters.aggregator.url, foreign.ca)
      .plan('a-secret-code')
      .catch((thrown: unknown) => thrown);
    const seen = `${JSON.stringify(error)} ${(error as Error).stack} ${JSON.stringify((error as Error).cause)}`;
    expect(seen).not.toContain('a-secret-code');
  });

  it('tells a proxy that answers in the aggregator’s place from the aggregator', async () => {
    const tls = {
      key: readFileSync(headquarters.folder.file('serverKey')),
      cert: readFileSync(headquarters.folder.file('serverCertificate')),
    };
    const port = await listening(
      createTlsServer(tls, (_request, response) => {
        response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad Gateway</h1>');
      }),
    );
    await expect(client(`https://127.0.0.1:${port}`, headquarters.ca).plan()).rejects.toMatchObject({
      code: 'answer-invalid',
      detail: { problem: 'HTTP 502' },
    });
  });

  it('counts as not there when it takes a question and says nothing', async () => {
    const tls = {
      key: readFileSync(headquarters.folder.file('serverKey')),
      cert: readFileSync(headquarters.folder.file('serverCertificate')),
    };
    const port = await listening(createTlsServer(tls, () => {}));
    const hung = client(`https://127.0.0.1:${port}`, headquarters.ca);
    await expect(hung.currentRound(undefined, 0.1)).rejects.toMatchObject({
      code: 'aggregator-unreachable',
      detail: { problem: 'ETIMEDOUT' },
    });
  });

  it('passes on what the aggregator says of an invitation', async () => {
    const osaka = client(headquarters.aggregator.url, headquarters.ca);
    await expect(osaka.plan('no-such-code')).rejects.toMatchObject({ code: 'invitation-unknown' });
    const { code } = await headquarters.invite('Osaka', 1);
    const request = { code, plant: 'Osaka', publicKey: osaka.publicKey, has: ['camera'] };
    await osaka.enrol(request);
    await expect(client(headquarters.aggregator.url, headquarters.ca).plan(code)).rejects.toMatchObject({
      code: 'invitation-used',
    });
    const late = await headquarters.invite('Hanoi', 1);
    await headquarters.pass((25 * hour) / 1000);
    await expect(osaka.plan(late.code)).rejects.toMatchObject({ code: 'invitation-expired' });
  });

  it('is told that its clock is off by an hour, and in which direction', async () => {
    const porto = client(foreign.aggregator.url, foreign.ca);
    const { code } = await foreign.invite('Porto');
    await porto.enrol({ code, plant: 'Porto', publicKey: porto.publicKey, has: ['camera'] });
    await expect(porto.currentRound()).resolves.toMatchObject({ state: 'waiting' });
    await foreign.pass(hour / 1000);
    await expect(porto.currentRound()).rejects.toMatchObject({
      code: 'clock-skew',
      detail: { minutes: -60 },
    });
  });
});

describe('a proxy on the way', () => {
  /** A proxy that carries connections, or refuses to; it writes down where they were to go and with which password. */
  async function proxy(carries: boolean) {
    const asked: { readonly to: string; readonly as: string | undefined }[] = [];
    const server = createProxyServer((_request, response) => response.writeHead(405).end());
    server.on('connect', (request, socket) => {
      asked.push({ to: request.url!, as: request.headers['proxy-authorization'] });
      if (!carries) {
        socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
        return;
      }
      const [host, port] = request.url!.split(':');
      const onward = connect(Number(port), host!, () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        onward.pipe(socket).pipe(onward);
      });
      for (const end of [socket, onward]) end.on('error', () => onward.destroy());
    });
    return { asked, port: await listening(server) };
  }

  it('carries every connection, and is told its password', async () => {
    const invitation = await headquarters.invite('Hanoi');
    const { asked, port } = await proxy(true);
    const way = `http://plant:secret@127.0.0.1:${port}`;
    await expect(fetchAuthority(invitation, { proxy: way })).resolves.toBe(headquarters.ca);
    const { url } = headquarters.aggregator;
    await expect(client(url, headquarters.ca, way).plan(invitation.code)).resolves.toMatchObject({
      plan: { name: tinyPlan.name },
    });
    const as = `Basic ${Buffer.from('plant:secret').toString('base64')}`;
    const to = new URL(url).host;
    expect(asked).toEqual([
      { to, as },
      { to, as },
    ]);
  });

  it('does not change whom a plant trusts', async () => {
    const { port } = await proxy(true);
    const there = client(headquarters.aggregator.url, foreign.ca, `http://127.0.0.1:${port}`);
    await expect(there.plan()).rejects.toMatchObject({ code: 'certificate-wrong' });
  });

  it('is named where it refuses, without its password', async () => {
    const { port } = await proxy(false);
    const way = `http://plant:secret@127.0.0.1:${port}`;
    const thrown = await client(headquarters.aggregator.url, headquarters.ca, way)
      .plan()
      .catch((error: unknown) => error);
    expect(thrown).toMatchObject({ code: 'aggregator-unreachable' });
    expect(JSON.stringify(thrown)).toContain(`proxy http://plant:…@127.0.0.1:${port}`);
    expect(JSON.stringify(thrown)).not.toContain('secret');
  });

  it('is an address with a name and a port, and nothing behind it', () => {
    expect(readProxy(' http://proxy.plant.example:3128/ ')).toBe('http://proxy.plant.example:3128');
    expect(shownProxy(readProxy('http://a:b@proxy:8080'))).toBe('http://a:…@proxy:8080');
    for (const text of ['', 'proxy:3128', 'socks://proxy:1080', 'http://proxy:3128/path', 'http://'])
      expect(() => readProxy(text), text).toThrow(expect.objectContaining({ code: 'proxy-invalid' }));
  });
});
