import { createPublicKey } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type CheckName, diagnosisChecks } from '../../../main/api/diagnosis-checks.ts';
import type { WorkstationState } from '../../../main/api/views.ts';
import type { TrainingHost } from '../../../main/jobs/training-connection.ts';
import { settingNames } from '../../../main/services/context.ts';
import { diagnosisService } from '../../../main/services/diagnosis/diagnosis-service.ts';
import { withoutNames } from '../../../main/services/diagnosis/support-file.ts';
import { createSnapshots } from '../../../main/services/snapshots.ts';
import { databaseName, openStore, type Store } from '../../../main/store/store.ts';
import { openClient } from '../../../main/sync/aggregator-client.ts';
import { parsePlan, planHash } from '../../../protocol/plan.ts';
import { publicKeyText } from '../../../protocol/signatures.ts';
import { newPostgresDatabase } from '../../aggregator/support/databases.ts';
import { Headquarters } from '../../aggregator/support/headquarters.ts';
import { temporaryFolder } from '../support/folders.ts';
import { putImport } from '../support/imported.ts';
import { tinyPlan } from '../support/plants.ts';
import { reviewedFolder } from '../support/reviewed.ts';

/** A training process whose driver takes it down at once. */
const dyingHost: TrainingHost = {
  start: () => ({
    send: () => {},
    onEvent: () => {},
    onExit: (listener) => listener('exit 139'),
    kill: () => {},
  }),
};

/** Diagnosis of a data folder, whose store closes with the test. */
async function diagnosed(folder: string) {
  const store = await openStore(folder);
  const snapshot = createSnapshots(store);
  const state = (): WorkstationState =>
    snapshot({
      demo: false,
      version: '1.2.3',
      participating: false,
      job: null,
      findings: { state: 'none', at: null },
    } as never);
  const client = () => {
    const { aggregator, ca } = store.enrolment.get()!;
    const opened = openClient({ address: aggregator, ca, key: store.key, ledger: store.ledger });
    onTestFinished(() => opened.close());
    return opened;
  };
  const service = diagnosisService(
    { store, state, stops: new Set() },
    { client },
    { trainingHost: dyingHost, version: '1.2.3' },
  );
  onTestFinished(() => store.close());
  return { store, service, check: (check: CheckName) => service['diagnosis.check']({ check }) };
}

describe('a plant that has joined nothing', () => {
  it('is told what cannot be checked yet, and that disk, folder and log are right', async () => {
    const { check } = await diagnosed(temporaryFolder());
    for (const name of ['address', 'certificate', 'clock'] as const)
      expect(await check(name)).toMatchObject({ check: name, state: 'left-out', cure: null });
    for (const name of ['version', 'data-folder', 'log-chain'] as const)
      expect(await check(name)).toMatchObject({ check: name, state: 'good', cure: null });
    expect((await check('version')).found.en).toMatch(/FedRecon 1\.2\.3, Node \d+/);
    expect((await check('disk')).found.en).toMatch(/GB are free/);
  });

  it('is told that its device does not compute, and what to do', async () => {
    const { check } = await diagnosed(temporaryFolder());
    const outcome = await check('engine');
    expect(outcome.state).toBe('bad');
    expect(outcome.found.en).toContain('exit 139');
    expect(outcome.cure?.ja).toContain('再テスト');
  });

  it.skipIf(process.platform === 'win32')('is told that others can read its key', async () => {
    const folder = temporaryFolder();
    const { check } = await diagnosed(folder);
    chmodSync(join(folder, 'device-key.pem'), 0o644);
    expect(await check('data-folder')).toMatchObject({ state: 'look', cure: expect.anything() });
  });

  it('is told where its log was changed behind its back', async () => {
    const folder = await reviewedFolder(temporaryFolder(), {
      adjust: ({ log }) => {
        for (const name of ['Lan', 'Kim'])
          log.append({ action: 'person.entered', actor: { name, role: 'operator' } });
      },
    });
    const database = new DatabaseSync(join(folder, databaseName));
    const triggers = database
      .prepare("select name from sqlite_schema where type = 'trigger' and tbl_name = 'log'")
      .all();
    for (const { name } of triggers) database.exec(`drop trigger "${name}"`);
    database.exec("update log set actor = 'Mallory' where actor = 'Lan'");
    database.close();
    const { check } = await diagnosed(folder);
    expect(await check('log-chain')).toMatchObject({ state: 'bad', cure: expect.anything() });
  });
});

describe('a plant of a federation', () => {
  let headquarters: Headquarters;
  beforeAll(async () => {
    headquarters = await Headquarters.start(parsePlan(tinyPlan), await newPostgresDatabase());
  });
  afterAll(() => headquarters.close());

  it('finds headquarters, its certificate and its clock right, and is told why it is not known', async () => {
    const { store, check } = await diagnosed(temporaryFolder());
    const invitation = await headquarters.invite('Osaka');
    const plan = parsePlan(tinyPlan);
    const joined = {
      ...{ plant: 'Osaka', plantId: 'p', federation: invitation.federation, aggregator: invitation.url },
      ...{
        ca: headquarters.ca,
        plan,
        planHash: planHash(plan),
        has: ['gauge'],
        enrolledAt: new Date().toISOString(),
      },
    };
    store.enrolment.set(joined);
    for (const name of ['address', 'certificate', 'clock'] as const)
      expect(await check(name)).toMatchObject({ state: 'good' });
    expect(await check('version')).toMatchObject({ state: 'bad', cure: expect.anything() });
    const client = openClient({
      address: invitation.url,
      ca: headquarters.ca,
      key: store.key,
      ledger: store.ledger,
    });
    await client.enrol({
      ...{ code: invitation.code, plant: 'Osaka', has: ['gauge'] },
      publicKey: publicKeyText(createPublicKey(store.key)),
    });
    client.close();
    expect(await check('version')).toMatchObject({
      state: 'good',
      found: { en: expect.stringContaining('round') },
    });
    store.settings.set(settingNames.proxy, 'http://plant:secret@127.0.0.1:9');
    const refused = await check('address');
    expect(refused).toMatchObject({ state: 'bad', found: { en: expect.stringContaining('proxy') } });
    expect(JSON.stringify(refused)).not.toContain('secret');
  });
});

describe('the file for support', () => {
  const mark = 'Geheim';

  it('holds no key, name, note, value or picture, and says what support needs', async () => {
    const plan = parsePlan({
      ...{ ...tinyPlan, name: `${mark} plan` },
      modalities: tinyPlan.modalities.map((one) => ({
        ...one,
        label: { en: `${mark} ${one.name}`, ja: `${mark}計測` },
      })),
    });
    const folder = await reviewedFolder(join(temporaryFolder(), `${mark}-folder`), {
      adjust: (store: Store) => {
        store.enrolment.set({
          ...store.enrolment.get()!,
          ...{ plan, planHash: planHash(plan), plant: `${mark} 工場`, plantId: `${mark}-id` },
          ...{ federation: `${mark}-federation`, aggregator: `https://${mark.toLowerCase()}.example:9` },
        });
        putImport(store, {
          ...{ planHash: planHash(plan), file: '1'.repeat(64) },
          parts: [[`${mark}-part`, { gauge: [1, 2, 3, 4], note: `${mark} note` }]],
        });
        store.settings.set(settingNames.person, {
          name: `${mark} Lan`,
          role: 'engineer',
          since: new Date().toISOString(),
        });
        store.settings.set(settingNames.proxy, `http://user:${mark}@proxy.example:3128`);
        store.log.append({
          ...{ action: 'decision.reject', actor: { name: `${mark} Lan`, role: 'engineer' } },
          detail: { part: `${mark}-part`, reason: `${mark} reason` },
        });
      },
    });
    const { store, service, check } = await diagnosed(folder);
    for (const name of diagnosisChecks) if (name !== 'certificate' && name !== 'clock') await check(name);
    const key = store.key.export({ type: 'pkcs8', format: 'pem' }).toString();
    const out = temporaryFolder();
    const { file } = await service['diagnosis.save']({ folder: out });
    expect(readdirSync(out)).toHaveLength(1);
    const text = readFileSync(file, 'utf8');
    expect(text.toLowerCase()).not.toContain(mark.toLowerCase());
    for (const secret of [
      ...key.split('\n').filter((line) => line.length > 20),
      folder,
      'proxy.example',
      'bar at place',
    ])
      expect(text).not.toContain(secret);
    expect(JSON.parse(text)).toMatchObject({
      ...{ format: 'fedrecon-support-1', program: { version: '1.2.3' }, settings: { proxy: 'set' } },
      data: { parts: expect.any(Number) },
      checks: expect.arrayContaining([expect.objectContaining({ check: 'engine', state: 'bad' })]),
      log: expect.arrayContaining([expect.objectContaining({ action: 'decision.reject' })]),
    });
  });

  it('is refused where it cannot be written, and overwrites nothing', async () => {
    const { service } = await diagnosed(temporaryFolder());
    const file = join(temporaryFolder(), 'a-file');
    writeFileSync(file, 'kept');
    await expect(service['diagnosis.save']({ folder: file })).rejects.toMatchObject({
      code: 'export-unwritable',
    });
    expect(readFileSync(file, 'utf8')).toBe('kept');
  });

  it('takes names out as words, however they are written', () => {
    const text = 'C:\\plant\\data at "hanoi" (a+b), 花井 and Hanoian';
    expect(withoutNames(text, ['C:\\plant\\data', 'Hanoi', 'a+b', '花井'])).toBe(
      '… at "…" (…), … and Hanoian',
    );
  });
});
