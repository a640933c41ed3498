import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../aggregator/commands/init-command.ts';
import { DataFolder } from '../../aggregator/folder/data-folder.ts';
import type { AdminCommand, AdminInput } from '../../aggregator/headquarters/admin-commands.ts';
import { command } from '../../aggregator/server/admin-channel.ts';
import { initialise } from '../../aggregator/server/initialise-federation.ts';
import { calibrationPasses } from '../../protocol/calibration/lengths.ts';
import { decodeInvitation } from '../../protocol/invitation.ts';
import { encodeTensors } from '../../protocol/safetensors.ts';
import { databaseKinds, openPreparedDatabase } from './support/databases.ts';
import { holdings, type PlantName, smallPlan } from './support/plan.ts';
import { sha256Of } from './support/plant.ts';
import { type ServerProcess, startServer } from './support/process.ts';
import { CalibratedPlant, madeUpSums } from './support/sums.ts';

const plan = smallPlan({
  rounds: { quorum: 3, deadlineSeconds: 900 },
  stages: [
    { stage: 'generators', rounds: 1 },
    { stage: 'mappings', rounds: 1 },
  ],
});

describe.each([...databaseKinds])('a server on %s that is killed', (_name, newDatabase) => {
  const path = mkdtempSync(join(tmpdir(), 'fedrecon-crash-'));
  const folder = new DataFolder(join(path, 'data'));
  let environment: Record<string, string | undefined>;
  let server: ServerProcess;
  let plants: Record<PlantName, CalibratedPlant>;

  const start = async () => {
    server = await startServer(['--data', folder.path], environment);
  };
  const restart = async () => {
    await server.kill('SIGKILL');
    await start();
  };
  /** Headquarters' command, as an administrator gives it. */
  const ask = <C extends AdminCommand>(name: C, input: AdminInput<C>) => command(folder, name, input);

  beforeAll(async () => {
    const url = await newDatabase();
    environment = { DATABASE_URL: url };
    // Commands look for the database there, too.
    if (url) process.env.DATABASE_URL = url;
    await initialise(folder, {
      ...{ plan, hosts: ['127.0.0.1'], port: await freePort() },
      openNewDatabase: () => openPreparedDatabase(folder.file('database'), url),
    });
    await start();
    const ca = readFileSync(folder.file('caCertificate'), 'utf8');
    const joined = Object.entries(holdings).map(async ([name, has]) => {
      const { invitation } = await ask('invite', { plant: name, days: 1 });
      const plant = new CalibratedPlant(name, has, { plan, url: server.url, ca, clock: Date.now });
      await plant.enrol(decodeInvitation(invitation));
      return [name, plant] as const;
    });
    plants = Object.fromEntries(await Promise.all(joined)) as Record<PlantName, CalibratedPlant>;
    await ask('round', {});
  });
  afterAll(async () => {
    await server.kill('SIGKILL');
    delete process.env.DATABASE_URL;
    rmSync(path, { recursive: true, force: true });
  });

  it('keeps every contribution it has acknowledged, what it had of an upload, and the round open', async () => {
    const { Osaka, Hanoi, Porto } = plants;
    await Osaka.contribute(Osaka.trained('generators', 1), 100);
    await Hanoi.contribute(Hanoi.trained('generators', 2), 300);
    const bytes = encodeTensors(Porto.trained('generators', 7)['decoder/note']!);
    expect((await Porto.upload(bytes, 0, 1000)).json()).toEqual({ complete: false, offset: 1000 });
    await restart();
    for (const plant of [Osaka, Hanoi])
      expect(await plant.round()).toMatchObject({ state: 'open', round: 1, contributed: true });
    expect((await Porto.upload(bytes, 1000)).json()).toEqual({ complete: true, offset: bytes.length });
    expect((await Porto.request({ method: 'GET', target: `/v1/blobs/${sha256Of(bytes)}` })).status).toBe(200);
  });

  it('counts a contribution once that is sent again because its answer was lost', async () => {
    const { Hanoi } = plants;
    expect(await Hanoi.contribute(Hanoi.trained('generators', 2), 300)).toEqual({
      accepted: true,
      missing: [],
    });
    expect((await Hanoi.round()).plants).toEqual({ enrolled: 3, contributed: 2 });
  });

  it('closes the round after the last contribution, also when it is killed at that moment', async () => {
    const { Osaka, Porto } = plants;
    await Porto.contribute(Porto.trained('generators', 6), 100);
    await restart();
    let state = await Osaka.round();
    // A server process that shares its database waits for the killed one's claim to run out.
    while (state.modelVersion === 0) {
      await pause(state.retryAfterSeconds * 1000);
      state = await Osaka.round();
    }
    expect(state).toMatchObject({ state: 'waiting', round: 1, modelVersion: 1 });
    const { modules } = await Osaka.model(1);
    const [note] = Object.values(await Osaka.tensors(modules['encoder/note']!.sha256));
    expect(note!.data[0]).toBeCloseTo((100 * 1 + 300 * 2 + 100 * 6) / 500, 5);
    expect(await ask('status', {})).toMatchObject({ modelVersion: 1, auditAlteredAt: null });
  });

  it('keeps the sums of a calibration that it has acknowledged, and goes on with the pass that was open', async () => {
    const { Osaka, Hanoi, Porto } = plants;
    await ask('round', {});
    for (const plant of [Osaka, Hanoi, Porto]) await plant.contribute(plant.trained('mappings', 1), 10);
    while ((await Osaka.round()).calibration === null) await pause(50);
    for (const [index, pass] of calibrationPasses.entries()) {
      await Osaka.say(pass, madeUpSums(Osaka, pass));
      if (index === 0) await restart();
      expect(await Osaka.calibration()).toMatchObject({ pass, contributed: true });
      for (const plant of [Hanoi, Porto]) await plant.say(pass, madeUpSums(plant, pass));
      const next = calibrationPasses[index + 1] ?? null;
      // Killed while it adds up: on the database that starts sooner in every pass, on the other in the last one.
      if (next === null || environment.DATABASE_URL !== undefined) await restart();
      while ((await Osaka.calibration()).pass !== next) await pause(50);
      expect(await Osaka.calibration()).toMatchObject({ pass: next });
    }
    const { calibration, auditAlteredAt } = await ask('status', {});
    expect(calibration!.routes['gauge←note']).toEqual({ plants: 2, parts: 80 });
    expect(auditAlteredAt).toBeNull();
  });

  it('ends cleanly at Ctrl-C all the same', async () => {
    expect(await server.kill('SIGINT')).toMatchObject({ code: 0, errors: '' });
  });
});
