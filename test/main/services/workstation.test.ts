import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { settingNames } from '../../../main/services/context.ts';
import { dispatch } from '../../../main/services/dispatch.ts';
import { openStore } from '../../../main/store/store.ts';
import { parsePlan, planHash } from '../../../protocol/plan.ts';
import { temporaryFolder } from '../support/folders.ts';
import { tinyPlan, writePlant } from '../support/plants.ts';
import { smallDisk } from '../support/small-disk.ts';
import {
  importFolder,
  jobEnd,
  openUntestedWorkstation,
  openWorkstation,
  stateWhere,
} from '../support/workstation.ts';

const plan = parsePlan(tinyPlan);

/** A data folder in which an invitation has already shown the plan. */
async function folderWithPlan(folder: string): Promise<string> {
  const store = await openStore(folder);
  store.settings.set(settingNames.offered, { plan, hash: planHash(plan) });
  store.close();
  return folder;
}

describe('a new workstation', () => {
  it('numbers its snapshots, so that an old one that arrives late can be told from the newest', async () => {
    const folder = temporaryFolder();
    const revisions: number[] = [];
    for (let opening = 0; opening < 2; opening++) {
      const workstation = await openWorkstation(folder);
      for (let call = 0; call < 3; call++)
        revisions.push((await workstation.api['workstation.state']({})).revision);
      await workstation.close();
    }
    for (const [index, revision] of revisions.slice(1).entries())
      expect(revision).toBeGreaterThan(revisions[index]!);
  });

  it('can show itself before anything was done', async () => {
    const { api } = await openWorkstation(temporaryFolder());
    expect(await api['workstation.state']({})).toMatchObject({
      settings: { language: 'system', theme: 'system' },
      version: 'test',
      demo: false,
      data: { parts: 0, problems: 0, counts: [] },
      model: null,
      reconstructed: null,
      participating: false,
      traffic: { bytesDown: 0, bytesUp: 0, bytesFullModel: 0 },
      losses: [],
    });
    expect(await api['ledger.list']({})).toEqual([]);
    expect(await api['review.queue']({ undecidedOnly: false })).toMatchObject({ items: [], total: 0 });
  });

  it('keeps settings, and changes only what is given', async () => {
    const folder = temporaryFolder();
    const first = await openWorkstation(folder);
    await first.api['settings.change']({ language: 'ja' });
    const told = stateWhere(first, ({ settings }) => settings.theme === 'dark');
    await first.api['settings.change']({ theme: 'dark' });
    expect((await told).settings).toMatchObject({ language: 'ja', theme: 'dark', textSize: 'normal' });
    await first.close();
    const second = await openWorkstation(folder);
    expect((await second.api['workstation.state']({})).settings).toMatchObject({
      ...{ language: 'ja', theme: 'dark' },
    });
  });

  it('refuses to share its data folder', async () => {
    const folder = temporaryFolder();
    await openWorkstation(folder);
    await expect(openWorkstation(folder)).rejects.toMatchObject({ code: 'data-folder-in-use' });
  });

  it('tests its devices once, and keeps the one that was chosen', async () => {
    const folder = temporaryFolder();
    const first = await openUntestedWorkstation(folder);
    const { engine } = await stateWhere(first, (state) => state.engine.devices.length > 0);
    expect(engine.automatic).toBe(true);
    expect(engine.devices.filter(({ chosen }) => chosen)).toHaveLength(1);
    expect(engine.devices).toContainEqual(
      expect.objectContaining({ engine: 'onnx', device: 'cpu', ok: true }),
    );
    await first.api['devices.choose']({ engine: 'onnx', device: 'cpu' });
    await first.close();

    const second = await openWorkstation(folder);
    const kept = (await second.api['workstation.state']({})).engine;
    expect(kept.automatic).toBe(false);
    expect(kept.devices.find(({ chosen }) => chosen)).toMatchObject({ engine: 'onnx', device: 'cpu' });
    const automatic = await second.api['devices.choose']({ engine: null, device: null });
    expect(automatic).toEqual(engine.devices);
    expect((await second.api['workstation.state']({})).job).toBeNull();
  });
});

describe('a workstation whose aggregator is away', () => {
  it('says so, keeps asking, closes at once, and keeps asking after a restart', async () => {
    const folder = await folderWithPlan(temporaryFolder());
    const store = await openStore(folder);
    store.enrolment.set({
      plant: 'Osaka',
      plantId: 'osaka',
      federation: 'f',
      aggregator: 'https://127.0.0.1:1',
      ca: '',
      planHash: planHash(plan),
      plan,
      has: ['gauge'],
      enrolledAt: '2026-01-01T00:00:00Z',
    });
    store.settings.set(settingNames.participating, true);
    store.close();
    for (let life = 0; life < 2; life++) {
      const workstation = await openWorkstation(folder);
      const state = await stateWhere(
        workstation,
        ({ federation }) => federation?.roundState === 'unreachable',
      );
      expect(state).toMatchObject({ participating: true, federation: { round: 0, lastContact: null } });
      await workstation.close();
    }
    const last = await openWorkstation(folder);
    await last.api['job.stop']({});
    expect((await last.api['workstation.state']({})).participating).toBe(false);
  });
});

describe('a workstation on a full disk', () => {
  it('says so, loses nothing, and goes on when there is room', async (context) => {
    const disk = smallDisk(4096);
    if (!disk) return context.skip();
    const workstation = await openWorkstation(await folderWithPlan(disk));
    const { api } = workstation;
    await importFolder(workstation, await writePlant(temporaryFolder(), ['gauge'], 8));

    const ballast = join(disk, 'ballast');
    const fill = () => writeFileSync(ballast, Buffer.alloc(8 * 2 ** 20));
    expect(fill).toThrow('ENOSPC');
    const folder = await writePlant(temporaryFolder(), ['gauge'], 400, 'more');
    const ended = jobEnd(workstation, 'import');
    const request = { folder, manifest: 'parts.csv', columns: { id: 'id', gauge: 'gauge' } };
    const answer = await dispatch(api, 'data.import', request);
    const error = answer.ok ? (await ended).error : answer.error;
    expect(error).toMatchObject({ code: 'disk-full' });
    expect((await api['workstation.state']({})).data.parts).toBe(8);

    rmSync(ballast);
    expect((await importFolder(workstation, folder)).data.parts).toBe(408);
  });
});
