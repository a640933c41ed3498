import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemDocument } from '../../protocol/messages.ts';
import { encodeTensors } from '../../protocol/safetensors.ts';
import { contentDigest, keyIdOf, signRequest } from '../../protocol/signatures.ts';
import type { HostTensors } from '../../protocol/tensors.ts';
import { newPostgresDatabase } from './support/databases.ts';
import { Headquarters } from './support/headquarters.ts';
import { smallPlan } from './support/plan.ts';
import { type Answer, filledModule, type Sent, send, sha256Of, type TestPlant } from './support/plant.ts';

let headquarters: Headquarters;
let osaka: TestPlant;
let hanoi: TestPlant;
beforeAll(async () => {
  headquarters = await Headquarters.start(smallPlan(), await newPostgresDatabase());
  osaka = await headquarters.plant('Osaka');
  hanoi = await headquarters.plant('Hanoi');
  await headquarters.command('round', {});
});
afterAll(() => headquarters.close());

/** What a problem document says. */
function problemOf(answer: Answer) {
  expect(answer.headers['content-type']).toBe('application/problem+json');
  const { code, status, detail, type } = problemDocument.parse(answer.json());
  expect(status).toBe(answer.status);
  expect(type).toBe(`urn:fedrecon:error:${code}`);
  return { code, status, detail };
}

const sendUnsigned = (sent: Sent) => send(headquarters.aggregator.url, headquarters.ca, sent);

describe('contributions', () => {
  /** Uploads one module that is not as it should be, and announces it. */
  async function tryModule(plant: TestPlant, name: string, content: HostTensors | Uint8Array) {
    const bytes = content instanceof Uint8Array ? content : encodeTensors(content);
    expect((await plant.upload(bytes)).status).toBe(201);
    const contribution = await plant.contribution({}, 1);
    const backing = { measured: 1, completed: {} };
    const modules = {
      [name]: { sha256: sha256Of(bytes), bytes: bytes.length, samples: 1, backing },
    };
    return problemOf(await plant.announce({ ...contribution, modules }));
  }
  const gauge = () => filledModule(headquarters.plan, 'encoder/gauge', 1);

  it('are refused with a tensor of the wrong shape', async () => {
    const name = 'encoder/gauge/hidden0/kernel';
    const tensors = { ...gauge(), [name]: { shape: [8, 6], data: new Float32Array(48) } };
    expect(await tryModule(hanoi, 'encoder/gauge', tensors)).toEqual({
      code: 'tensor-shape',
      status: 422,
      detail: { name, actual: '[8,6]', expected: '[6,8]' },
    });
  });

  it('are refused with NaN or infinity, naming the tensor', async () => {
    for (const value of [Number.NaN, Number.NEGATIVE_INFINITY]) {
      const tensors = gauge();
      const name = Object.keys(tensors)[1]!;
      tensors[name]!.data[0] = value;
      expect(await tryModule(hanoi, 'encoder/gauge', tensors)).toMatchObject({
        code: 'tensor-not-finite',
        detail: { name },
      });
    }
  });

  it('are refused with a tensor too few, a tensor too many, or no tensors at all', async () => {
    const [first, ...others] = Object.entries(gauge());
    const fewer = await tryModule(hanoi, 'encoder/gauge', Object.fromEntries(others));
    expect(fewer).toMatchObject({ code: 'tensor-unexpected', detail: { problem: 'lacks', name: first![0] } });
    const more = { ...gauge(), 'encoder/gauge/extra': { shape: [1], data: Float32Array.of(1) } };
    expect(await tryModule(hanoi, 'encoder/gauge', more)).toMatchObject({ code: 'tensor-unexpected' });
    const garbage = new TextEncoder().encode('this is no tensor file');
    expect(await tryModule(hanoi, 'encoder/gauge', garbage)).toMatchObject({ code: 'tensors-invalid' });
  });

  it('are refused with modules that the stage or the plant does not train', async () => {
    const plan = headquarters.plan;
    const mapping = await tryModule(
      osaka,
      'mapping/camera←gauge',
      filledModule(plan, 'mapping/camera←gauge', 1),
    );
    expect(mapping).toMatchObject({ code: 'module-refused', detail: { stage: 'generators' } });
    const camera = await tryModule(hanoi, 'encoder/camera', filledModule(plan, 'encoder/camera', 1));
    expect(camera).toMatchObject({ code: 'module-refused', detail: { module: 'encoder/camera' } });
    expect(await tryModule(hanoi, '__proto__x', gauge())).toMatchObject({ code: 'module-refused' });
  });

  it('are refused for another plan, another model version and a round that is not open', async () => {
    const contribution = await osaka.contribution({}, 1);
    const foreign = await osaka.announce({ ...contribution, planHash: 'ab'.repeat(32) });
    expect(problemOf(foreign)).toMatchObject({ code: 'plan-foreign', detail: { actual: 'abababababab' } });
    const outdated = await osaka.announce({ ...contribution, modelVersion: 7 });
    expect(problemOf(outdated)).toMatchObject({ code: 'model-outdated', detail: { actual: 7, expected: 0 } });
    expect(problemOf(await osaka.announce(contribution, 9))).toMatchObject({ code: 'round-not-open' });
  });

  it('are told which blobs to upload first, and cannot use what another plant uploaded', async () => {
    const bytes = encodeTensors(filledModule(headquarters.plan, 'encoder/note', 3));
    expect((await osaka.upload(bytes)).status).toBe(201);
    const contribution = await hanoi.contribution(
      { 'encoder/note': filledModule(headquarters.plan, 'encoder/note', 3) },
      1,
    );
    expect((await hanoi.announce(contribution)).json()).toEqual({
      accepted: false,
      missing: [sha256Of(bytes)],
    });
    const peek = await hanoi.request({ method: 'GET', target: `/v1/blobs/${sha256Of(bytes)}` });
    expect(problemOf(peek)).toMatchObject({ code: 'blob-unknown', status: 404 });
    expect((await hanoi.round()).contributed).toBe(false);
  });

  it('are refused when fields are missing, of another kind or unknown', async () => {
    const good = await osaka.contribution({}, 1);
    const bad: [unknown, string][] = [
      [{ ...good, planHash: undefined }, 'planHash'],
      [{ ...good, metrics: { elbo: 'low' } }, 'metrics.elbo'],
      [{ ...good, surprise: 1 }, 'body'],
      [
        { ...good, modules: { 'encoder/note': { sha256: 'x', bytes: 1, samples: 0 } } },
        'modules.encoder/note.sha256',
      ],
      [[], 'body'],
    ];
    for (const [body, field] of bad)
      expect(problemOf(await osaka.announce(body))).toMatchObject({
        code: 'request-invalid',
        detail: { field },
      });
    const target = '/v1/rounds/1/contributions';
    const noJson = await osaka.request({ method: 'POST', target, body: '{"a":' });
    expect(problemOf(noJson)).toMatchObject({ code: 'request-invalid', status: 400 });
    const tooLarge = await osaka.request({ method: 'POST', target, body: ' '.repeat(2 ** 20 + 1) });
    expect(problemOf(tooLarge).code).toBe('request-invalid');
  });
});

describe('signed requests', () => {
  const sent = { method: 'GET', target: '/v1/rounds/current' };

  it('are needed for everything but health and the CA certificate', async () => {
    for (const target of ['/healthz', '/readyz', '/v1/ca'])
      expect((await sendUnsigned({ method: 'GET', target })).status).toBe(200);
    const needed: Sent[] = [
      { method: 'GET', target: '/v1/plan' },
      { method: 'GET', target: '/v1/rounds/current' },
      { method: 'GET', target: '/v1/models/0' },
      { method: 'HEAD', target: `/v1/blobs/${'0'.repeat(64)}` },
      { method: 'GET', target: `/v1/blobs/${'0'.repeat(64)}` },
      { method: 'PUT', target: `/v1/blobs/${'0'.repeat(64)}?offset=0&bytes=1`, body: new Uint8Array(1) },
      { method: 'POST', target: '/v1/rounds/1/contributions', body: '{}' },
      { method: 'POST', target: '/v1/admin/round', body: '{}' },
      { method: 'POST', target: '/v1/admin/invite', body: '{"plant":"x","days":1}' },
      { method: 'POST', target: '/v1/admin/status', body: '{}' },
    ];
    for (const request of needed) expect((await sendUnsigned(request)).status, request.target).toBe(401);
    expect(problemOf(await sendUnsigned({ method: 'GET', target: '/v1/plan' })).code).toBe(
      'signature-missing',
    );
  });

  it('are accepted once', async () => {
    const signed = osaka.sign(sent);
    expect((await sendUnsigned(signed)).status).toBe(200);
    expect(problemOf(await sendUnsigned(signed))).toMatchObject({ code: 'request-replayed', status: 401 });
    const together = osaka.sign(sent);
    const statuses = (await Promise.all([1, 2, 3, 4].map(() => sendUnsigned(together)))).map(
      ({ status }) => status,
    );
    expect(statuses.sort()).toEqual([200, 401, 401, 401]);
    await headquarters.restart();
    for (const plant of [osaka, hanoi]) Object.assign(plant, { url: headquarters.aggregator.url });
    expect(problemOf(await sendUnsigned(signed)).code).toBe('request-replayed');
  });

  it('with a clock that is an hour off are told by how much', async () => {
    const answer = await sendUnsigned(osaka.sign(sent, headquarters.clock() - 3_600_000));
    expect(problemOf(answer)).toEqual({
      code: 'clock-skew',
      status: 401,
      detail: {
        serverTime: new Date(headquarters.clock()).toISOString(),
        offsetSeconds: expect.closeTo(-3600, -1),
        minutes: -60,
      },
    });
  });

  it('by a key that has not joined, or of headquarters, are refused', async () => {
    const stranger = headquarters.stranger('Lyon');
    expect(problemOf(await stranger.request(sent)).code).toBe('key-unknown');
    const admin = await osaka.request({ method: 'POST', target: '/v1/admin/round', body: '{}' });
    expect(problemOf(admin).code).toBe('admin-only');
  });

  it('must arrive as they were signed', async () => {
    const target = '/v1/rounds/1/contributions';
    const signed = osaka.sign({ method: 'POST', target, body: '{"a":1}' });
    expect(problemOf(await sendUnsigned({ ...signed, body: '{"a":2}' })).code).toBe('digest-mismatch');
    const elsewhere = { ...osaka.sign({ method: 'GET', target: '/v1/models/0' }), target: '/v1/models/1' };
    expect(problemOf(await sendUnsigned(elsewhere)).code).toBe('signature-invalid');
    const withoutDigest = osaka.sign({ method: 'POST', target });
    expect(problemOf(await sendUnsigned({ ...withoutDigest, body: '{}' })).code).toBe('digest-mismatch');
  });
});

describe('the server', () => {
  it('answers unknown addresses, methods and versions with problem documents', async () => {
    expect(problemOf(await sendUnsigned({ method: 'GET', target: '/v2/plan' })).code).toBe('not-found');
    expect(problemOf(await sendUnsigned({ method: 'DELETE', target: '/v1/plan' })).code).toBe('not-found');
    const unknown = await osaka.request({ method: 'GET', target: '/v1/models/99' });
    expect(problemOf(unknown)).toMatchObject({ code: 'model-unknown', detail: { version: 99 } });
    const noVersion = await osaka.request({ method: 'GET', target: '/v1/models/latest' });
    expect(problemOf(noVersion).code).toBe('request-invalid');
    const text = await osaka.request({
      method: 'POST',
      target: '/v1/rounds/1/contributions',
      body: '{}',
      headers: { 'content-type': 'text/xml' },
    });
    expect(problemOf(text).code).toBe('request-invalid');
  });

  it('speaks TLS 1.3 only', async () => {
    const { hostname, port } = new URL(headquarters.aggregator.url);
    const options = { host: hostname, port: Number(port), ca: headquarters.ca };
    const modern = connect(options);
    await once(modern, 'secureConnect');
    expect(modern.getProtocol()).toBe('TLSv1.3');
    modern.destroy();
    const old = connect({ ...options, maxVersion: 'TLSv1.2' });
    await expect(once(old, 'secureConnect')).rejects.toMatchObject({ code: /TLS|SSL/ });
  });

  it('takes commands from the holder of the admin key', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const body = '{}';
    const request = { method: 'POST', target: '/v1/admin/status', contentDigest: contentDigest(body) };
    const headers = signRequest(request, { privateKey, keyId: keyIdOf(publicKey) }, headquarters.clock());
    expect(problemOf(await sendUnsigned({ ...request, body, headers })).code).toBe('admin-only');
  });

  it('survives a request that breaks off', async () => {
    const { hostname, port } = new URL(headquarters.aggregator.url);
    const broken = httpsRequest({
      host: hostname,
      port,
      ca: headquarters.ca,
      method: 'POST',
      path: '/v1/enrolments',
    });
    broken.on('error', () => {});
    broken.setHeader('content-length', 100);
    broken.setHeader('content-type', 'application/json');
    broken.write('{');
    await once(broken, 'socket');
    broken.destroy();
    const alive = httpsRequest({
      host: hostname,
      port,
      ca: headquarters.ca,
      path: '/healthz',
      agent: false,
    }).end();
    const [response] = (await once(alive, 'response')) as [IncomingMessage];
    response.resume();
    expect(response.statusCode).toBe(200);
  });
});
