import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoPlanFile, forkAggregator, initialiseAggregator } from '../../../main/demo/aggregator-process.ts';
import { type DemoPlant, writeDemoPlants } from '../../../main/demo/plants.ts';
import { forkTrainingHost } from '../../../main/jobs/fork-host.ts';
import { ended } from '../../../main/services/follow.ts';
import { createWorkstation, type Workstation } from '../../../main/services/workstation.ts';
import { withTestedDevices } from '../../main/support/tested-devices.ts';

/** Small federation with the real aggregator: Hanoi is for the window, Osaka takes part by itself. */
export interface SmallFederation {
  /** Hanoi's folder of parts; it has no camera. */
  readonly hanoi: DemoPlant;
  readonly invitation: string;
  /** Lets Osaka join rounds. */
  startOsaka(): Promise<void>;
  close(): Promise<void>;
}

export async function startFederation(): Promise<SmallFederation> {
  const { folder, aggregator, plant } = await headquarters(await smallPlan());
  const osaka = await enrolled(join(folder, 'osaka'), await aggregator.invite('Osaka'), plant('Osaka'));
  return {
    hanoi: plant('Hanoi'),
    invitation: await aggregator.invite('Hanoi'),
    startOsaka: async () => {
      await osaka.api['round.join']({});
    },
    async close() {
      await osaka.close();
      await aggregator.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Plays the rounds of Hanoi and Porto alone: both have the note, and no plant has camera and gauge.
 * @returns Hanoi's data folder, to start the app on
 */
export async function finishBridgedRounds(): Promise<{ hanoi: string; close(): Promise<void> }> {
  const plan = { ...(await smallPlan()), reconstruction: { bridges: true } };
  const { folder, aggregator, plant } = await headquarters(plan);
  const workstations: Workstation[] = [];
  for (const name of ['Hanoi', 'Porto'])
    workstations.push(await enrolled(join(folder, name), await aggregator.invite(name), plant(name)));
  const [hanoi] = workstations as [Workstation];
  const reconstructed = new Promise<void>((resolve) => {
    hanoi.subscribe((event) => {
      if (event.type === 'state' && event.state.reconstructed) resolve();
    });
  });
  for (const { api } of workstations) await api['round.join']({});
  await reconstructed;
  for (const workstation of workstations) await workstation.close();
  await aggregator.close();
  return { hanoi: join(folder, 'Hanoi'), close: () => rm(folder, { recursive: true, force: true }) };
}

/** Demonstration's plants in miniature, and an aggregator for them. */
async function headquarters(plan: object) {
  const folder = await mkdtemp(join(tmpdir(), 'fedrecon-window-federation-'));
  const planFile = join(folder, 'plan.json');
  await writeFile(planFile, JSON.stringify(plan));
  const plants = await writeDemoPlants(join(folder, 'plants'), { partsPerPlant: 120 });
  await initialiseAggregator(join(folder, 'aggregator'), planFile);
  const aggregator = await forkAggregator(join(folder, 'aggregator'));
  const plant = (name: string) => plants.find((entry) => entry.name === name)!;
  return { folder, aggregator, plant };
}

/** Demonstration's plan, shortened: two rounds, which need both plants. */
async function smallPlan(): Promise<object> {
  const plan = JSON.parse(await readFile(demoPlanFile(true), 'utf8')) as object;
  return {
    ...plan,
    stages: [
      { stage: 'generators', rounds: 1 },
      { stage: 'mappings', rounds: 1 },
    ],
    rounds: { quorum: 2, deadlineSeconds: 600, opening: 'automatic' },
  };
}

async function enrolled(dataFolder: string, invitation: string, plant: DemoPlant): Promise<Workstation> {
  const workstation = await createWorkstation({
    dataFolder: await withTestedDevices(dataFolder),
    trainingHost: forkTrainingHost(),
    version: 'test',
    threads: 1,
  });
  const { api } = workstation;
  const offer = await api['enrolment.preview']({ invitation });
  await api['enrolment.join']({ invitation, planHash: offer.plan.hash, has: [...plant.has] });
  const { folder, manifest, columns } = await api['data.preview']({ folder: plant.folder });
  const roles = Object.fromEntries(columns.map(({ name, role }) => [name, role]));
  await ended(workstation, () => api['data.import']({ folder, manifest, columns: roles }));
  return workstation;
}
