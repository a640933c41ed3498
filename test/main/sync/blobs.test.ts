import { createPublicKey, randomBytes } from 'node:crypto';
import { existsSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { JobStopped } from '../../../main/jobs/stopped.ts';
import { openStore, type Store } from '../../../main/store/store.ts';
import { type AggregatorClient, openClient } from '../../../main/sync/aggregator-client.ts';
import { download, upload } from '../../../main/sync/transfers.ts';
import type { ModuleBlob } from '../../../protocol/messages.ts';
import { parsePlan } from '../../../protocol/plan.ts';
import { publicKeyText } from '../../../protocol/signatures.ts';
import { newPostgresDatabase } from '../../aggregator/support/databases.ts';
import { Headquarters } from '../../aggregator/support/headquarters.ts';
import { temporaryFolder } from '../support/folders.ts';
import { tinyPlan } from '../support/plants.ts';
import { type CuttableNetwork, startNetwork } from './support/network.ts';

/** Modules of several megabytes, so that a transfer has a middle. */
const [camera, ...others] = tinyPlan.modalities;
const largePlan = parsePlan({
  ...tinyPlan,
  modalities: [{ ...camera, width: 64, height: 64, hidden: [512] }, ...others],
});
const size = 6_000_000;
const subject = { what: 'module', name: 'encoder/camera', round: 1 } as const;

let headquarters: Headquarters;
let network: CuttableNetwork;
let store: Store;
let client: AggregatorClient;

beforeAll(async () => {
  headquarters = await Headquarters.start(largePlan, await newPostgresDatabase());
  network = await startNetwork(Number(new URL(headquarters.aggregator.url).port));
});
afterAll(async () => {
  await network.close();
  await headquarters.close();
});

/** A store and its client, enrolled as a plant of its own, behind the network that can be cut. */
beforeEach(async () => {
  const opened = await openStore(temporaryFolder());
  const connected = openClient({
    address: `https://localhost:${network.port}`,
    ca: headquarters.ca,
    key: opened.key,
    ledger: opened.ledger,
  });
  onTestFinished(() => {
    connected.close();
    opened.close();
  });
  const plant = `plant ${opened.folder}`;
  const { code } = await headquarters.invite(plant);
  const publicKey = publicKeyText(createPublicKey(opened.key));
  await connected.enrol({ code, plant, publicKey, has: ['camera'] });
  store = opened;
  client = connected;
});

function moved(): { bytesUp: number; bytesDown: number } {
  const modules = store.ledger.list(100).filter(({ what }) => what === 'module');
  const sum = (direction: string) =>
    modules.filter((entry) => entry.direction === direction).reduce((total, { bytes }) => total + bytes, 0);
  return { bytesUp: sum('up'), bytesDown: sum('down') };
}

async function storedBlob(): Promise<ModuleBlob> {
  return store.files.put(randomBytes(size));
}

/** A blob that the aggregator holds and this store does not. */
async function remoteBlob(): Promise<ModuleBlob> {
  const blob = await storedBlob();
  await upload(client, store.files, blob, subject);
  await store.files.collect(new Set(), -1);
  expect(await store.files.has(blob.sha256)).toBe(false);
  return blob;
}

describe('an upload', () => {
  it('goes on where the network broke it, and every byte is counted once', async () => {
    const blob = await storedBlob();
    network.cutAfter(5_000_000, 'up');
    await expect(upload(client, store.files, blob, subject)).rejects.toMatchObject({
      code: 'aggregator-unreachable',
    });
    const before = network.passed.up;
    await upload(client, store.files, blob, subject);
    const again = network.passed.up - before;
    expect(again).toBeLessThan(size - 4_000_000);
    expect(moved().bytesUp).toBe(size);
    expect(await headquarters.aggregator.federation.blobs.size(blob.sha256)).toBe(size);
  });

  it('sends nothing that the aggregator holds already', async () => {
    const blob = await storedBlob();
    await upload(client, store.files, blob, subject);
    expect(moved()).toEqual({ bytesUp: size, bytesDown: 0 });
    await upload(client, store.files, blob, subject);
    expect(moved()).toEqual({ bytesUp: size, bytesDown: 0 });
  });
});

describe('a download', () => {
  it('goes on where the network broke it, and every byte is counted once', async () => {
    const blob = await remoteBlob();
    network.cutAfter(2_500_000, 'down');
    await expect(download(client, store.files, blob, subject)).rejects.toMatchObject({
      code: 'aggregator-unreachable',
    });
    const held = statSync(store.files.partial(blob.sha256)).size;
    expect(held).toBeGreaterThan(1_000_000);
    const before = network.passed.down;
    await download(client, store.files, blob, subject);
    expect(network.passed.down - before).toBeLessThan(size - held + 200_000);
    expect(await store.files.read(blob.sha256)).toHaveLength(size);
    expect(moved().bytesDown).toBe(size);
  });

  it('fetches nothing that is here already', async () => {
    const blob = await storedBlob();
    await download(client, store.files, blob, subject);
    expect(moved()).toEqual({ bytesUp: 0, bytesDown: 0 });
  });

  it('throws away what is damaged, and is whole the next time', async () => {
    const blob = await remoteBlob();
    const partial = store.files.partial(blob.sha256);
    writeFileSync(partial, Buffer.alloc(1_000_000));
    await expect(download(client, store.files, blob, subject)).rejects.toMatchObject({
      code: 'transfer-damaged',
    });
    expect(existsSync(partial)).toBe(false);
    await download(client, store.files, blob, subject);
    expect(await store.files.has(blob.sha256)).toBe(true);
  });

  it('takes over bytes that a killed app had collected in full', async () => {
    const blob = await remoteBlob();
    await download(client, store.files, blob, subject);
    const bytes = await store.files.read(blob.sha256);
    await store.files.collect(new Set(), -1);
    const partial = store.files.partial(blob.sha256);
    writeFileSync(partial, bytes);
    const before = network.passed.down;
    await download(client, store.files, blob, subject);
    expect(network.passed.down).toBe(before);
    truncateSync(store.files.path(blob.sha256), 10);
    await expect(store.files.read(blob.sha256)).rejects.toMatchObject({ code: 'store-damaged' });
  });

  it('stops at once when it is told to', async () => {
    const blob = await remoteBlob();
    const stop = new AbortController();
    const stopped = download(client, store.files, blob, subject, {
      abort: stop.signal,
      onBytes: () => stop.abort(),
    });
    await expect(stopped).rejects.toBeInstanceOf(JobStopped);
  });

  it('says that the aggregator has no such blob', async () => {
    const blob = await storedBlob();
    await store.files.collect(new Set(), -1);
    await expect(download(client, store.files, blob, subject)).rejects.toMatchObject({
      code: 'blob-unknown',
    });
  });
});
