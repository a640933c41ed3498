import { appendFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uploadOffsetHeader } from '../../protocol/messages.ts';
import { newPostgresDatabase } from './support/databases.ts';
import { Headquarters } from './support/headquarters.ts';
import { smallPlan } from './support/plan.ts';
import { type Answer, send, sha256Of, type TestPlant } from './support/plant.ts';

let headquarters: Headquarters;
let osaka: TestPlant;
beforeAll(async () => {
  headquarters = await Headquarters.start(smallPlan(), await newPostgresDatabase());
  osaka = await headquarters.plant('Osaka');
});
afterAll(() => headquarters.close());

/** Bytes that differ for every seed. */
const content = (seed: number, length = 50_000) =>
  Uint8Array.from({ length }, (_, index) => (index * (seed + 7)) % 251);
const codeOf = ({ json }: Answer) => (json() as { code: string }).code;
const head = (sha256: string) => osaka.request({ method: 'HEAD', target: `/v1/blobs/${sha256}` });
const get = (sha256: string, headers = {}) =>
  osaka.request({ method: 'GET', target: `/v1/blobs/${sha256}`, headers });

/** A signed upload whose body the caller sends, on a connection of its own. */
function beginUpload(sha256: string, bytes: Uint8Array) {
  const signed = osaka.sign({
    method: 'PUT',
    target: `/v1/blobs/${sha256}?offset=0&bytes=${bytes.length}`,
    body: bytes,
  });
  const { hostname, port } = new URL(headquarters.aggregator.url);
  return httpsRequest({
    host: hostname,
    port,
    ca: headquarters.ca,
    agent: false,
    method: 'PUT',
    path: signed.target,
    headers: {
      ...signed.headers,
      'content-type': 'application/octet-stream',
      'content-length': bytes.length,
    },
  });
}

describe('uploads', () => {
  it('arrive in parts and are there when the last one is', async () => {
    const bytes = content(1);
    const sha256 = sha256Of(bytes);
    expect((await head(sha256)).headers[uploadOffsetHeader]).toBe('0');
    const first = await osaka.upload(bytes, 0, 20_000);
    expect([first.status, first.json()]).toEqual([202, { complete: false, offset: 20_000 }]);
    const unfinished = await head(sha256);
    expect([unfinished.status, unfinished.headers[uploadOffsetHeader]]).toEqual([404, '20000']);
    expect((await get(sha256)).status).toBe(404);
    const last = await osaka.upload(bytes, 20_000);
    expect([last.status, last.json()]).toEqual([201, { complete: true, offset: bytes.length }]);
    const finished = await head(sha256);
    expect([finished.status, finished.headers['content-length']]).toEqual([200, String(bytes.length)]);
    expect((await get(sha256)).bytes.equals(bytes)).toBe(true);
    const path = join(headquarters.folder.file('blobs'), sha256.slice(0, 2), sha256);
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  it('keep what came before the connection broke, and go on from there', async () => {
    const bytes = content(2, 60_000);
    const sha256 = sha256Of(bytes);
    const broken = beginUpload(sha256, bytes);
    broken.on('error', () => {});
    broken.write(bytes.subarray(0, 20_000));
    let held = 0;
    while (held < 20_000) {
      held = Number((await head(sha256)).headers[uploadOffsetHeader]);
      await pause(5);
    }
    const closed = new Promise((resolve) => broken.once('close', resolve));
    broken.destroy();
    await closed;
    const rest = await osaka.upload(bytes, held);
    expect([rest.status, rest.json()]).toEqual([201, { complete: true, offset: 60_000 }]);
    expect((await get(sha256)).bytes.equals(bytes)).toBe(true);
  });

  it('give way to a newer request while an older connection hangs', async () => {
    const bytes = content(3, 60_000);
    const sha256 = sha256Of(bytes);
    const hanging = beginUpload(sha256, bytes);
    const ended = new Promise((resolve) => hanging.on('error', resolve).on('response', resolve));
    hanging.write(bytes.subarray(0, 20_000));
    while (Number((await head(sha256)).headers[uploadOffsetHeader]) < 20_000) await pause(5);
    expect((await osaka.upload(bytes)).status).toBe(201);
    await ended;
    hanging.destroy();
    expect((await get(sha256)).bytes.equals(bytes)).toBe(true);
  });

  it('whose last byte came before the server died end with an empty part', async () => {
    const bytes = content(12);
    const sha256 = sha256Of(bytes);
    await osaka.upload(bytes, 0, 1000);
    const uploads = join(headquarters.folder.file('blobs'), 'uploads');
    const part = readdirSync(uploads, { recursive: true })
      .map(String)
      .find((name) => name.includes(sha256))!;
    appendFileSync(join(uploads, part), bytes.subarray(1000));
    expect((await head(sha256)).headers[uploadOffsetHeader]).toBe(String(bytes.length));
    expect((await osaka.upload(bytes, bytes.length)).json()).toEqual({
      complete: true,
      offset: bytes.length,
    });
    expect((await get(sha256)).bytes.equals(bytes)).toBe(true);
  });

  it('that leave a gap are told where to go on', async () => {
    const bytes = content(4);
    await osaka.upload(bytes, 0, 1000);
    const gap = await osaka.upload(bytes, 5000);
    expect([gap.status, gap.json()]).toMatchObject([
      409,
      { code: 'upload-offset', detail: { offset: 1000 } },
    ]);
  });

  it('of something else than their name says are thrown away', async () => {
    const promised = sha256Of(content(5));
    const wrong = await osaka.upload(content(6), 0, undefined, promised);
    expect([wrong.status, codeOf(wrong)]).toEqual([422, 'blob-mismatch']);
    expect((await head(promised)).headers[uploadOffsetHeader]).toBe('0');
    expect((await osaka.upload(content(5))).status).toBe(201);
  });

  it('that do not have the signed digest leave no byte behind', async () => {
    const bytes = content(7);
    const target = `/v1/blobs/${sha256Of(bytes)}?offset=0&bytes=60000`;
    const signed = osaka.sign({ method: 'PUT', target, body: bytes });
    const damaged = bytes.slice();
    damaged[3]! ^= 1;
    const refused = await send(headquarters.aggregator.url, headquarters.ca, {
      ...signed,
      body: damaged,
    });
    expect([refused.status, codeOf(refused)]).toEqual([400, 'digest-mismatch']);
    expect((await head(sha256Of(bytes))).headers[uploadOffsetHeader]).toBe('0');
  });

  it('larger than any module of the plan are refused before they are read', async () => {
    const sha256 = sha256Of(content(9));
    const target = `/v1/blobs/${sha256}?offset=0&bytes=100000000`;
    const answer = await osaka.request({ method: 'PUT', target, body: content(9) });
    expect([answer.status, codeOf(answer)]).toEqual([413, 'blob-too-large']);
    const longer = await osaka.request({
      method: 'PUT',
      target: `/v1/blobs/${sha256}?offset=0&bytes=10`,
      body: content(9),
    });
    expect(codeOf(longer)).toBe('request-invalid');
    const outside = await osaka.request({
      method: 'PUT',
      target: '/v1/blobs/..%2Fx?offset=0&bytes=1',
      body: content(9, 1),
    });
    expect(codeOf(outside)).toBe('request-invalid');
  });

  it('leave no temporary files', () => {
    const uploads = join(headquarters.folder.file('blobs'), 'uploads');
    const left = existsSync(uploads) ? readdirSync(uploads, { recursive: true }).map(String) : [];
    const unfinished = sha256Of(content(4));
    expect(left.filter((name) => name.includes('.')).every((name) => name.endsWith('.part'))).toBe(true);
    expect(left.some((name) => name.includes(unfinished))).toBe(true);
  });
});

describe('downloads', () => {
  it('give ranges, so that an interrupted one goes on', async () => {
    const bytes = content(10, 1000);
    const sha256 = sha256Of(bytes);
    await osaka.upload(bytes);
    const tail = await get(sha256, { range: 'bytes=900-' });
    expect([tail.status, tail.headers['content-range']]).toEqual([206, 'bytes 900-999/1000']);
    expect(tail.bytes.equals(bytes.subarray(900))).toBe(true);
    const middle = await get(sha256, { range: 'bytes=10-19', 'if-range': `"${sha256}"` });
    expect(middle.bytes.equals(bytes.subarray(10, 20))).toBe(true);
    for (const headers of [
      { range: 'bytes=2000-' },
      { range: 'lines=1-2' },
      { range: 'bytes=1-2', 'if-range': '"x"' },
    ]) {
      const whole = await get(sha256, headers);
      expect([whole.status, whole.bytes.length]).toEqual([200, 1000]);
    }
  });

  it('are not sent again to who has them', async () => {
    const bytes = content(11, 1000);
    await osaka.upload(bytes);
    const answer = await get(sha256Of(bytes), { 'if-none-match': `"${sha256Of(bytes)}"` });
    expect([answer.status, answer.bytes.length]).toEqual([304, 0]);
    expect(answer.headers.etag).toBe(`"${sha256Of(bytes)}"`);
  });
});
