import { openStore } from '../../../main/store/store.ts';
import { documentHash } from '../../../protocol/canonical-json.ts';
import type { ModelManifest } from '../../../protocol/messages.ts';
import { type ModuleName, parseModuleName } from '../../../protocol/modules.ts';
import { type Plan, planHash } from '../../../protocol/plan.ts';
import { encodeTensors } from '../../../protocol/safetensors.ts';
import { servingModules } from '../../../protocol/serving.ts';
import type { HostTensors } from '../../../protocol/tensors.ts';
import { initialModule } from '../../../training/model/initialise.ts';

/**
 * Quality of a made-up model. `mean`: reconstructs the mean of the parts of `writePlant`. `poor`: reconstructs
 * anything.
 */
export type Quality = 'mean' | 'poor';

/** Last values of the decoders with which a model reconstructs the mean: logits, or fractions of the range. */
const means: Readonly<Record<string, number>> = { camera: -1.4, gauge: 0.45, note: -3 };

/**
 * Makes a data folder of a plant that belongs to a federation whose aggregator is gone, with model versions as they
 * would have come from there.
 */
export async function writePlantWithModels(
  folder: string,
  plan: Plan,
  has: readonly string[],
  versions: Readonly<Record<number, Quality>>,
): Promise<void> {
  const store = await openStore(folder);
  const hash = planHash(plan);
  store.enrolment.set({
    ...{ plant: 'Hanoi', plantId: 'p', federation: 'f', aggregator: 'https://127.0.0.1:9', ca: '' },
    ...{ planHash: hash, plan, has, enrolledAt: new Date().toISOString() },
  });
  for (const [version, quality] of Object.entries(versions)) {
    const serving: ModelManifest['serving'] = {};
    for (const name of servingModules(plan, has))
      serving[name] = await store.files.put(encodeTensors(moduleOf(plan, name, quality, Number(version))));
    store.models.add(manifestOf(hash, Number(version), serving));
  }
  store.close();
}

/** The manifest of a version made after the round of the same number. */
export function manifestOf(
  hash: string,
  version: number,
  serving: ModelManifest['serving'] = {
    'decoder/camera': { sha256: documentHash({ version }), bytes: version },
  },
): ModelManifest {
  const createdAt = '2026-01-01T00:00:00.000Z';
  return {
    ...{ version, planHash: hash, round: version, stage: 'mappings', modules: {}, serving },
    ...{ backing: {}, createdAt },
  };
}

function moduleOf(plan: Plan, name: ModuleName, quality: Quality, seed: number): HostTensors {
  const tensors = initialModule({ ...plan, training: { ...plan.training, seed } }, name);
  const { role, ...of } = parseModuleName(name)!;
  if (quality === 'poor' || role !== 'decoder') return tensors;
  const modality = 'modality' in of ? of.modality : '';
  tensors[`${name}/output/kernel`]!.data.fill(0);
  tensors[`${name}/output/bias`]!.data.fill(means[modality]!);
  return tensors;
}
