import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { aggregatorCommands } from '../../aggregator/commands/command-table.ts';
import type { Database } from '../../aggregator/database/database.ts';
import { tryLock } from '../../aggregator/database/lock.ts';
import { openDatabase } from '../../aggregator/database/open.ts';
import { openPglite } from '../../aggregator/database/pglite.ts';
import { openPostgres } from '../../aggregator/database/postgres.ts';
import { appendAudit, firstAlteredAudit } from '../../aggregator/federation/audit-trail.ts';
import { createAuthority, fingerprintOf, serverCredentials } from '../../aggregator/folder/certificates.ts';
import { DataFolder } from '../../aggregator/folder/data-folder.ts';
import { asDiskError } from '../../aggregator/folder/durable-files.ts';
import { movingAverage, weightedAverage } from '../../aggregator/rounds/average.ts';
import { checkModule, largestModuleBytes } from '../../aggregator/rounds/check-module.ts';
import { modulesOf } from '../../protocol/modules.ts';
import { encodeTensors } from '../../protocol/safetensors.ts';
import { typed } from '../support/typed-command.ts';
import { databaseKinds, openPreparedDatabase } from './support/databases.ts';
import { smallPlan } from './support/plan.ts';
import { filledModule } from './support/plant.ts';

const folder = mkdtempSync(join(tmpdir(), 'fedrecon-parts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const tensors = (...values: number[]) => ({ w: { shape: [values.length], data: Float32Array.from(values) } });

describe('the average of a module', () => {
  const value = fc.float({ noNaN: true, min: -1000, max: 1000 });
  const plants = fc.array(fc.record({ samples: fc.integer({ min: 1, max: 100_000 }), value }), {
    minLength: 1,
    maxLength: 8,
  });

  it('is the mean of all samples wherever they lie', async () => {
    await fc.assert(
      fc.asyncProperty(plants, async (given) => {
        const parts = given.map(({ samples, value }) => ({
          samples,
          load: async () => tensors(value, -value),
        }));
        const { w } = await weightedAverage(parts);
        const total = given.reduce((sum, { samples }) => sum + samples, 0);
        const mean = given.reduce((sum, { samples, value }) => sum + (samples / total) * value, 0);
        expect(w!.shape).toEqual([2]);
        expect(w!.data[0]).toBeCloseTo(mean, 3);
        expect(w!.data[1]).toBeCloseTo(-mean, 3);
      }),
    );
  });

  it('of equal modules is that module', async () => {
    await fc.assert(
      fc.asyncProperty(value, fc.integer({ min: 1, max: 9 }), async (same, count) => {
        const parts = Array.from({ length: count }, (_, index) => ({
          samples: index + 1,
          load: async () => tensors(same),
        }));
        expect((await weightedAverage(parts)).w!.data[0]).toBe(Math.fround(same) + 0);
      }),
    );
  });

  it('holds one plant’s tensors at a time and lets other work go on', async () => {
    const length = 1_500_000;
    let loaded = 0;
    let turns = 0;
    const counter = setInterval(() => {
      turns += 1;
    }, 0);
    const parts = [1, 2, 3].map((samples) => ({
      samples,
      load: async () => {
        loaded += 1;
        return { w: { shape: [length], data: new Float32Array(length).fill(loaded) } };
      },
    }));
    const { w } = await weightedAverage(parts);
    clearInterval(counter);
    expect(w!.data.at(-1)).toBeCloseTo((1 * 1 + 2 * 2 + 3 * 3) / 6, 5);
    expect(turns).toBeGreaterThan(1);
  });

  it('moves what serves by the share that does not stay', async () => {
    expect((await movingAverage(tensors(1, 10), tensors(2, 0), 0.7)).w!.data).toEqual(
      Float32Array.of(1.3, 7),
    );
  });
});

describe('a module’s check', () => {
  it('passes every module of a plan as the plan says it, and none is larger than the limit', () => {
    const plan = smallPlan();
    for (const module of modulesOf(plan)) {
      const bytes = encodeTensors(filledModule(plan, module, 0.5));
      expect(Object.keys(checkModule(plan, module, bytes)).length).toBeGreaterThan(0);
      expect(bytes.length).toBeLessThanOrEqual(largestModuleBytes(plan));
    }
  });
});

describe.each([...databaseKinds])('the database %s', (name, newDatabase) => {
  let url: string | undefined;
  let database: Database;
  const open = () => openDatabase(join(folder, name), url);
  beforeAll(async () => {
    url = await newDatabase();
    database = await openPreparedDatabase(join(folder, name), url);
  });
  afterAll(async () => {
    await database.close();
  });

  it('keeps an audit log that cannot be changed, and notices when it was', async () => {
    const at = new Date('2026-11-23T12:00:00.123Z');
    for (const object of ['1', '2', '3'])
      await database.transaction((tx) =>
        appendAudit(tx, at, {
          actor: 'aggregator',
          action: 'round.opened',
          object,
          detail: { stage: 'generators' },
        }),
      );
    expect(await firstAlteredAudit(database)).toBeUndefined();
    await expect(database.query(`update audit set actor = 'someone'`)).rejects.toThrow(/append-only/);
    await expect(database.query('delete from audit')).rejects.toThrow(/append-only/);
    await expect(database.query('truncate audit')).rejects.toThrow(/append-only/);
    await database.script('alter table audit disable trigger all');
    await database.query(`update audit set object = '9' where sequence = 2`);
    expect(await firstAlteredAudit(database)).toBe(2);
    await database.query('delete from audit where sequence = 2');
    expect(await firstAlteredAudit(database)).toBe(3);
  });

  it('undoes a transaction that fails', async () => {
    await expect(
      database.transaction(async (tx) => {
        await tx.query(`insert into nonces values ('k', 'n', now())`);
        throw new Error('half-way');
      }),
    ).rejects.toThrow('half-way');
    expect(await database.query('select nonce from nonces')).toEqual([]);
  });

  it('returns the same types', async () => {
    const [row] = await database.query<Record<string, unknown>>(
      `select 5::bigint as big, 1 as small, '{"a":[1]}'::jsonb as document, true as truth,
         '2026-11-23T12:00:00.123Z'::timestamptz as at`,
    );
    expect(row).toEqual({
      big: 5,
      small: 1,
      document: { a: [1] },
      truth: true,
      at: new Date('2026-11-23T12:00:00.123Z'),
    });
  });

  it('is brought up to date once, and a newer one is left alone', async () => {
    if (url) await Promise.all([open(), open()].map(async (again) => (await again).close()));
    await database.query('insert into schema_version values (99)');
    await database.close();
    await expect(open()).rejects.toMatchObject({ code: 'database-newer', detail: { version: 99 } });
    database = await reopenWithout99();
  });

  async function reopenWithout99(): Promise<Database> {
    const raw = url ? await openPostgres(url) : await openPglite(join(folder, name));
    await raw.query('delete from schema_version where version = 99');
    await raw.close();
    return open();
  }
});

describe('a data folder', () => {
  it('is locked for one holder at a time', () => {
    const file = join(folder, 'lock');
    const lock = tryLock(file);
    expect(lock).toBeDefined();
    expect(tryLock(file)).toBeUndefined();
    lock!.release();
    const next = tryLock(file);
    expect(next).toBeDefined();
    next!.release();
  });

  it('keeps its authority and renews the server certificate before it ends', async () => {
    const data = new DataFolder(join(folder, 'certificates'));
    data.create();
    const now = Date.UTC(2026, 10, 23);
    const day = 86_400_000;
    await createAuthority(data, 'Test', now);
    const first = await serverCredentials(data, ['a.example'], now);
    expect((await serverCredentials(data, ['a.example'], now + 300 * day)).cert).toBe(first.cert);
    const renewed = await serverCredentials(data, ['a.example'], now + 350 * day);
    expect(renewed.cert).not.toBe(first.cert);
    expect(fingerprintOf(renewed.ca)).toBe(fingerprintOf(first.ca));
    const moved = await serverCredentials(data, ['a.example', '10.1.2.3'], now + 350 * day);
    expect(moved.cert).not.toBe(renewed.cert);
    expect(readFileSync(data.file('caCertificate'), 'utf8')).toBe(first.ca);
  });

  it.runIf(existsSync('/dev/full'))('on a full disk says so', async () => {
    const error = await writeFile('/dev/full', 'x').catch((thrown: unknown) => thrown);
    expect(asDiskError(error, '/data/blobs')).toMatchObject({
      code: 'disk-full',
      detail: { path: '/data/blobs' },
    });
    const other = new Error('another');
    expect(asDiskError(other, '/data/blobs')).toBe(other);
  });

  it('with a database that cannot be reached says so', async () => {
    const wrong = 'postgresql://nobody@127.0.0.1:1/none';
    await expect(openDatabase(folder, wrong)).rejects.toMatchObject({ code: 'database-unreachable' });
    const data = new DataFolder(join(folder, 'unreachable'));
    data.create();
    await data.writeSettings({ format: 'fedrecon-aggregator/1', hosts: ['a.example'], port: 1 });
    vi.stubEnv('DATABASE_URL', wrong);
    onTestFinished(() => void vi.unstubAllEnvs());
    const { code, errors } = await typed(aggregatorCommands, ['status', '--data', data.path]);
    expect([code, errors]).toEqual([1, expect.stringMatching(/^The database cannot be used/)]);
  });
});
