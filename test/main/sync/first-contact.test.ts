import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openClient } from '../../../main/sync/aggregator-client.ts';
import { fetchAuthority } from '../../../main/sync/first-contact.ts';
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

function client(address: string, ca: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const opened = openClient({ address, ca, key: privateKey, ledger: { add: () => {}, sent: () => 0 } });
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
    await expect(fetchAuthority(invitation, late)).rejects.toMatchObject({
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
