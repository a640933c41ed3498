import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PartDecision } from '../../../main/api/views.ts';
import { demoPlanFile } from '../../../main/demo/aggregator-process.ts';
import { seededRandom } from '../../../main/demo/random.ts';
import { forkTrainingHost } from '../../../main/jobs/fork-host.ts';
import { createQueueOrder } from '../../../main/services/queue-order.ts';
import { createWorkstation } from '../../../main/services/workstation.ts';
import { openStore, type Store } from '../../../main/store/store.ts';
import { type Plan, parsePlan, planHash } from '../../../protocol/plan.ts';
import { encodeTensors } from '../../../protocol/safetensors.ts';
import { openHeadquarters, type PlantsHeadquarters } from '../../main/support/headquarters.ts';
import { manifestOf } from '../../main/support/models.ts';
import { withTestedDevices } from '../../main/support/tested-devices.ts';
import { calibrated } from '../../main/support/trusted.ts';
import { importFolder, join as joinFederation } from '../../main/support/workstation.ts';

/** How large a plant is. */
export interface PlantSize {
  readonly parts: number;
  readonly decisions: number;
}

/** A plant that has much, and headquarters whose round is open and long. */
export interface SeededPlant {
  readonly dataFolder: string;
  readonly headquarters: PlantsHeadquarters;
}

/** Rows of tensors that parts share among them: what is read of one does not depend on how many there are. */
const differentRows = 1000;
const versions = 20;
const words = ['boot', 'sneaker', 'coat', 'shirt', 'wide', 'narrow', 'dark', 'light'];

/**
 * Makes a plant of a seed in an empty folder: a table with gauge and note is imported, every camera picture reconstructed with a
 * calibrated route, some of them decided on.
 * @param told hears what is being done
 */
export async function seedPlant(
  root: string,
  size: PlantSize,
  told: (step: string) => void,
): Promise<SeededPlant> {
  const plan = parsePlan(await longPlan());
  told('headquarters');
  const headquarters = await openHeadquarters(join(root, 'headquarters'), plan, undefined);
  const dataFolder = await withTestedDevices(join(root, 'workstation'));
  const workstation = await createWorkstation({
    ...{ dataFolder, trainingHost: forkTrainingHost(), version: 'bench' },
  });
  try {
    await joinFederation(workstation, await headquarters.invite('Hanoi'), ['gauge', 'note']);
    told(`importing ${size.parts} parts`);
    await importFolder(workstation, await writeTable(join(root, 'data'), size.parts));
  } finally {
    await workstation.close();
  }
  const store = await openStore(dataFolder);
  try {
    for (let version = 1; version <= versions; version++)
      store.models.add(manifestOf(planHash(plan), version));
    told(`reconstructing ${size.parts} parts`);
    await reconstructAll(store, plan);
    // As the job does that makes them.
    await createQueueOrder(store, () => false).settle();
    told(`deciding ${size.decisions} times`);
    decideSome(store, size.decisions);
  } finally {
    store.close();
  }
  return { dataFolder, headquarters };
}

/** The demonstration's plan with one round that lasts longer than any measurement. */
async function longPlan(): Promise<object> {
  const plan = JSON.parse(await readFile(demoPlanFile(false), 'utf8')) as { training: object };
  return {
    ...plan,
    training: { ...plan.training, localEpochs: 1000 },
    stages: [{ stage: 'generators', rounds: 1 }],
    rounds: { quorum: 1, deadlineSeconds: 86_400, opening: 'automatic' },
  };
}

async function writeTable(folder: string, parts: number): Promise<string> {
  await mkdir(folder, { recursive: true });
  const file = createWriteStream(join(folder, 'parts.csv'));
  const random = seededRandom('bench/window');
  file.write('id,gauge,note\n');
  for (let part = 0; part < parts; part++) {
    const gauge = Array.from({ length: 56 }, (_, place) =>
      Math.max(0, 28 + 20 * Math.sin((place + part) / 9) + random.normal()).toFixed(1),
    );
    const note = `${words[part % 4]} ${words[4 + (part % 3)]}`;
    const isFull = !file.write(`HA-${String(part + 1).padStart(6, '0')},${gauge.join(' ')},${note}\n`);
    if (isFull) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
  return folder;
}

async function reconstructAll(store: Store, plan: Plan): Promise<void> {
  const random = seededRandom('bench/reconstructions');
  const pixels = 28 * 28;
  const values = (scale: number) => ({
    shape: [differentRows, pixels],
    data: Float32Array.from(
      { length: differentRows * pixels },
      (_, place) => ((place * 7) % 97) / 97 / scale,
    ),
  });
  const { sha256: file } = await store.files.put(
    encodeTensors({ mean: values(1), sigma: values(10) }, { routes: JSON.stringify([calibrated]) }),
  );
  const rows = store.parts.byRow().map((part, order) => ({
    part,
    position: order % differentRows,
    values: createHash('sha256').update(String(order)).digest('hex'),
    confidence: random.uniform(),
    sources: [
      { modality: 'gauge', share: 0.7 },
      { modality: 'note', share: 0.3 },
    ],
    assessment: {
      route: calibrated.route,
      logError: -2.3 + 0.5 * random.normal(),
      deviation: 0.3,
      familiarity: random.uniform(),
      alone: { gauge: random.uniform(), note: random.uniform() },
    },
  }));
  const made = { modality: 'camera', modelVersion: versions, planHash: planHash(plan), file };
  store.reconstructions.replace([
    { ...made, sigmaLow: 0, sigmaHigh: 0.1, madeAt: new Date().toISOString(), rows },
  ]);
}

/** Decisions of two persons, spread over the parts; one in ten on a reconstruction of the version before. */
function decideSome(store: Store, decisions: number): void {
  const kinds: readonly PartDecision[] = ['accept', 'accept', 'accept', 'flag', 'reject'];
  const parts = store.parts.byRow();
  const step = Math.max(1, Math.floor(parts.length / decisions));
  const chosen = parts.filter((_, order) => order % step === 0).slice(0, decisions);
  for (let first = 0; first < chosen.length; first += 1000)
    store.transaction(() => {
      for (const [order, part] of chosen.slice(first, first + 1000).entries()) {
        const { part: _, modality, ...found } = store.reconstructions.get(part, 'camera')!;
        const earlier = order % 10 === 9;
        store.decisions.add({
          at: new Date().toISOString(),
          actor: { name: order % 2 ? 'Lan' : 'Minh', role: 'operator' },
          ...{ partName: store.parts.get(part)!.name, modality, reason: '' },
          decision: kinds[order % kinds.length]!,
          shown: {
            ...found,
            row: found.position,
            ...(earlier && { fingerprint: `earlier ${part}`, modelVersion: versions - 1 }),
          },
        });
      }
    });
}
