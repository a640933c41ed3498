import { settingNames } from '../../../main/services/context.ts';
import { openStore, type Store } from '../../../main/store/store.ts';
import { type Plan, parsePlan, planHash } from '../../../protocol/plan.ts';
import { encodeTensors } from '../../../protocol/safetensors.ts';
import { putImport } from './imported.ts';
import { tinyPlan } from './plants.ts';

const parts = 3;

/** The tiny plan with a policy. */
export function planWith(policy: object = {}): Plan {
  return parsePlan({ ...tinyPlan, policy });
}

/**
 * Makes a workstation's folder as it is after its rounds: three parts, A, =B and C, each with a gauge and all three
 * modalities reconstructed by model 3. No device is tested when it opens.
 * @param adjust changes the store before it is closed
 */
export async function reviewedFolder(
  folder: string,
  { policy = {}, madeAt = new Date().toISOString(), adjust = (_: Store) => {} } = {},
): Promise<string> {
  const plan = planWith(policy);
  const store = await openStore(folder);
  const hash = planHash(plan);
  store.settings.set(settingNames.devices, []);
  store.enrolment.set({
    plant: '花井',
    plantId: 'plant-1',
    federation: 'federation-1',
    aggregator: 'https://127.0.0.1:9',
    ca: '',
    planHash: hash,
    plan,
    has: ['gauge'],
    enrolledAt: madeAt,
  });
  putImport(store, {
    ...{ planHash: hash, file: '0'.repeat(64) },
    parts: ['A', '=B', 'C'].map((name, position) => [
      name,
      { gauge: [1, 2, 3, position], note: 'bar at place aa' },
    ]),
  });
  const rows = store.parts.byRow().map((part, position) => ({
    part,
    position,
    values: String(position),
    confidence: [0.2, 0.5, 0.9][position]!,
    sources: [{ modality: 'gauge', share: 1 }],
  }));
  const file = { modelVersion: 3, planHash: hash, sigmaLow: 0, sigmaHigh: 0.1, madeAt, rows };
  const files = [];
  for (const [modality, width] of Object.entries({ camera: 64, gauge: 4, note: 64 })) {
    const values = (scale: number) => ({
      shape: [parts, width],
      data: Float32Array.from({ length: parts * width }, (_, index) => ((index % 5) / 5) * scale),
    });
    const { sha256 } = await store.files.put(encodeTensors({ mean: values(1), sigma: values(0.1) }));
    files.push({ ...file, modality, file: sha256 });
  }
  store.reconstructions.replace(files);
  adjust(store);
  store.close();
  return folder;
}
