import { join as joinPath } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Workstation } from '../../../main/services/workstation.ts';
import { temporaryFolder } from '../support/folders.ts';
import { tinyPlan, writePlant } from '../support/plants.ts';
import { startHeadquarters } from '../support/tested-headquarters.ts';
import { importFolder, join, openWorkstation, stateWhere } from '../support/workstation.ts';

const plan = {
  ...tinyPlan,
  stages: [
    { stage: 'generators', rounds: 2 },
    { stage: 'mappings', rounds: 1 },
  ],
};

/** A real aggregator and two plants that have joined with data of their own. */
async function twoPlants(holdings: Readonly<Record<string, readonly string[]>>) {
  const root = temporaryFolder();
  const headquarters = await startHeadquarters(joinPath(root, 'hq'), plan);
  const plants: Workstation[] = [];
  for (const [name, has] of Object.entries(holdings)) {
    const workstation = await openWorkstation(joinPath(root, name));
    await join(workstation, await headquarters.invite(name), has);
    await importFolder(workstation, await writePlant(joinPath(root, `data-${name}`), has, 24, name));
    plants.push(workstation);
  }
  return { root, plants: plants as [Workstation, Workstation] };
}

/** Modules that a plant sent, by round. */
async function sentModules({ api }: Workstation): Promise<Record<number, string[]>> {
  const ledger = await api['ledger.list']({});
  const sent = ledger.filter(({ what, direction }) => what === 'module' && direction === 'up');
  const names = Map.groupBy(sent, ({ round }) => round!);
  return Object.fromEntries([...names].map(([round, own]) => [round, own.map(({ name }) => name)]));
}

async function amendments({ api }: Workstation) {
  const { entries } = await api['log.list']({ limit: 500, text: '', actions: [] });
  return entries.filter(({ action }) => action === 'membership.amended').map(({ detail }) => detail);
}

describe('what a plant has follows its data', () => {
  it('when it buys a camera in mid-round: the camera’s modules go out from the next round on', async () => {
    const { root, plants } = await twoPlants({
      Osaka: ['camera', 'gauge', 'note'],
      Hanoi: ['gauge', 'note'],
    });
    const [osaka, hanoi] = plants;
    await hanoi.api['round.join']({});
    // Osaka takes no part yet, so the first round stays open after Hanoi's contribution.
    await stateWhere(
      hanoi,
      ({ federation, job }) => federation?.contributedRounds === 1 && job?.phase === 'waiting',
    );
    const folder = await writePlant(joinPath(root, 'camera'), ['camera', 'gauge'], 24, 'Hanoi');
    const { federation } = await importFolder(hanoi, folder);
    expect(federation).toMatchObject({ has: ['camera', 'gauge', 'note'], lacks: [] });

    await osaka.api['round.join']({});
    await Promise.all(plants.map((plant) => stateWhere(plant, (state) => !state.participating)));
    const sent = await sentModules(hanoi);
    expect(sent[1]!.sort()).toEqual(['decoder/gauge', 'decoder/note', 'encoder/gauge', 'encoder/note']);
    expect(sent[2]).toEqual(expect.arrayContaining(['decoder/camera', 'encoder/camera', 'encoder/gauge']));
    expect(sent[3]).toEqual(expect.arrayContaining(['mapping/camera←gauge', 'mapping/note←camera']));
    expect(await amendments(hanoi)).toEqual([
      { has: ['camera', 'gauge', 'note'], before: ['gauge', 'note'], fromRound: 2 },
    ]);
    const state = await hanoi.api['workstation.state']({});
    expect(state.federation).toMatchObject({ roundState: 'finished', contributedRounds: 3 });
  });

  it('when its camera’s pictures are deleted: nobody waits for them, and the camera’s modules are given up', async () => {
    const { plants } = await twoPlants({
      Osaka: ['camera', 'gauge', 'note'],
      Hanoi: ['gauge', 'note'],
    });
    const [osaka, hanoi] = plants;
    await osaka.api['round.join']({});
    await stateWhere(
      osaka,
      ({ federation, job }) => federation?.contributedRounds === 1 && job?.phase === 'waiting',
    );
    const deleted = await osaka.api['data.delete']({ modalities: ['camera'] });
    expect(deleted).toEqual({ parts: 0, values: 24 });
    expect((await osaka.api['workstation.state']({})).federation).toMatchObject({ lacks: ['camera'] });

    await hanoi.api['round.join']({});
    await Promise.all(plants.map((plant) => stateWhere(plant, (state) => !state.participating)));
    const sent = await sentModules(osaka);
    expect(sent[1]).toContain('encoder/camera');
    for (const round of [2, 3]) expect(sent[round]!.filter((name) => name.includes('camera'))).toEqual([]);
    expect(sent[3]).toContain('mapping/gauge←note');
    expect(await amendments(osaka)).toEqual([
      { has: ['gauge', 'note'], before: ['camera', 'gauge', 'note'], fromRound: 2 },
    ]);
  });
});
