import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Status } from '../../aggregator/headquarters/admin-commands.ts';
import { calibrationPasses } from '../../protocol/calibration/lengths.ts';
import { decodeInvitation } from '../../protocol/invitation.ts';
import { encodeTensors } from '../../protocol/safetensors.ts';
import { databaseKinds } from './support/databases.ts';
import { holdings, type PlantName, smallPlan } from './support/plan.ts';
import { sha256Of } from './support/plant.ts';
import { runCommand, type ServerProcess, startServer } from './support/process.ts';
import { CalibratedPlant, madeUpSums } from './support/sums.ts';

const plan = smallPlan({
  rounds: { quorum: 3, deadlineSeconds: 900 },
  stages: [
    { stage: 'generators', rounds: 1 },
    { stage: 'mappings', rounds: 1 },
  ],
});

describe.each([...databaseKinds])('a server on %s that is killed', (_name, newDatabase) => {
  const folder = mkdtempSync(join(tmpdir(), 'fedrecon-crash-'));
  const data = join(folder, 'data');
  let environment: Record<string, string | undefined>;
  let server: ServerProcess;
  let plants: Record<PlantName, CalibratedPlant>;

  const run = (...words: string[]) => runCommand([...words, '--data', data], environment);
  const restart = async () => {
    await server.kill('SIGKILL');
    server = await startServer(['--data', data], environment);
  };

  beforeAll(async () => {
    environment = { DATABASE_URL: await newDatabase() };
    writeFileSync(join(folder, 'plan.json'), JSON.stringify(plan));
    expect(await run('init', '--plan', join(folder, 'plan.json'), '--port', '0')).toMatchObject({ code: 0 });
    server = await startServer(['--data', data], environment);
    const ca = readFileSync(join(data, 'ca.pem'), 'utf8');
    const joined = Object.entries(holdings).map(async ([name, has]) => {
      const invitation = decodeInvitation((await run('invite', name)).output);
      const plant = new CalibratedPlant(name, has, { plan, url: invitation.url, ca, clock: Date.now });
      await plant.enrol(invitation);
      return [name, plant] as const;
    });
    plants = Object.fromEntries(await Promise.all(joined)) as Record<PlantName, CalibratedPlant>;
    expect(await run('round')).toMatchObject({ code: 0 });
  });
  afterAll(async () => {
    await server.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  it('keeps every contribution it has acknowledged, and the round open', async () => {
    const { Osaka } = plants;
    await Osaka.contribute(Osaka.trained('generators', 1), 100);
    await restart();
    expect(await Osaka.round()).toMatchObject({ state: 'open', round: 1, contributed: true });
  });

  it('keeps what it had of an upload', async () => {
    const { Hanoi } = plants;
    const bytes = encodeTensors(Hanoi.trained('generators', 2)['decoder/note']!);
    expect((await Hanoi.upload(bytes, 0, 1000)).json()).toEqual({ complete: false, offset: 1000 });
    await restart();
    expect((await Hanoi.upload(bytes, 1000)).json()).toEqual({ complete: true, offset: bytes.length });
    expect((await Hanoi.request({ method: 'GET', target: `/v1/blobs/${sha256Of(bytes)}` })).status).toBe(200);
  });

  it('counts a contribution once that is sent again because its answer was lost', async () => {
    const { Hanoi } = plants;
    const modules = Hanoi.trained('generators', 2);
    await Hanoi.contribute(modules, 300);
    await restart();
    expect(await Hanoi.contribute(modules, 300)).toEqual({ accepted: true, missing: [] });
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
    const status = JSON.parse((await run('status', '--json')).output) as Status;
    expect(status).toMatchObject({ modelVersion: 1, auditAlteredAt: null });
  });

  it('keeps the sums of a calibration that it has acknowledged, and goes on with the pass that was open', async () => {
    const { Osaka, Hanoi, Porto } = plants;
    await run('round');
    for (const plant of [Osaka, Hanoi, Porto]) await plant.contribute(plant.trained('mappings', 1), 10);
    while ((await Osaka.round()).calibration === null) await pause(50);
    for (const [index, pass] of calibrationPasses.entries()) {
      await Osaka.say(pass, madeUpSums(Osaka, pass));
      if (index === 0) await restart();
      expect(await Osaka.calibration()).toMatchObject({ pass, contributed: true });
      for (const plant of [Hanoi, Porto]) await plant.say(pass, madeUpSums(plant, pass));
      // Killed while it adds up.
      await restart();
      const next = calibrationPasses[index + 1] ?? null;
      while ((await Osaka.calibration()).pass !== next) await pause(50);
      expect(await Osaka.calibration()).toMatchObject({ pass: next });
    }
    const { calibration, auditAlteredAt } = JSON.parse((await run('status', '--json')).output) as Status;
    expect(calibration!.routes['gauge←note']).toEqual({ plants: 2, parts: 80 });
    expect(auditAlteredAt).toBeNull();
  });
});
