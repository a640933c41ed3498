import { writeFile } from 'node:fs/promises';
import { join as joinPath } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { forkAggregator, initialiseAggregator } from '../../../main/demo/aggregator-process.ts';
import type { Workstation } from '../../../main/services/workstation.ts';
import { temporaryFolder } from '../support/folders.ts';
import { tinyPlan, writePlant } from '../support/plants.ts';
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
  const planFile = joinPath(root, 'plan.json');
  await writeFile(planFile, JSON.stringify(plan));
  await initialiseAggregator(joinPath(root, 'hq'), planFile);
  const headquarters = await forkAggregator(joinPath(root, 'hq'));
  onTestFinished(() => headquarters.close());
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
});
