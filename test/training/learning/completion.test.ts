import { afterAll, describe, expect, it } from 'vitest';
import { modulesOf } from '../../../protocol/modules.ts';
import { surestEstimates } from '../../../training/learning/completion.ts';
import { datasetOf } from '../../../training/learning/datasets.ts';
import { encodeParts, type ModuleTensors } from '../../../training/learning/inference.ts';
import { initialModule } from '../../../training/model/initialise.ts';
import { onnxPrograms } from '../model/engines.ts';
import { syntheticParts } from '../model/parts.ts';
import { tinyPlan } from '../model/plans.ts';

const onnx = await onnxPrograms();
afterAll(() => onnx.dispose());

const plan = tinyPlan();
const dataset = datasetOf(
  plan,
  syntheticParts(plan, 20, (name) => name !== 'gauge'),
);
const parts = Uint32Array.from({ length: 20 }, (_, part) => part);

/** The certainties of camera←gauge when its variances are all 2 and its means this many times as far apart as at first. */
async function certainties(times: number, of = parts): Promise<number[]> {
  const mapping = 'mapping/camera←gauge' as const;
  const modules: ModuleTensors = Object.fromEntries(
    modulesOf(plan).map((name) => {
      const tensors = Object.entries(initialModule(plan, name)).map(([tensor, { shape, data }]) => {
        const changed: Readonly<Record<string, (value: number) => number>> = {
          [`${mapping}/logvar/bias`]: () => Math.log(2),
          [`${mapping}/logvar/kernel`]: () => 0,
          [`${mapping}/mean/kernel`]: (value) => times * value,
        };
        return [tensor, { shape, data: data.map(changed[tensor] ?? Number) }] as const;
      });
      return [name, Object.fromEntries(tensors)];
    }),
  );
  const frozen = { plan, programs: onnx, modules, abort: new AbortController().signal };
  const gauge = await encodeParts(frozen, 'gauge', dataset.modalities.gauge!.values, of);
  const { certainty } = await surestEstimates(frozen, dataset, { gauge }, 'camera', new Set([mapping]), of);
  return Array.from(of, (part) => certainty[part]!);
}

describe('how sure a source is of what it completes', () => {
  it('is measured by how far the latent spreads: a KL term of little weight lets it leave the prior', async () => {
    for (const certainty of await certainties(30)) {
      expect(certainty).toBeGreaterThan(0.3);
      expect(certainty).toBeLessThan(1);
    }
  });

  it('is nothing where a source says the same of all parts, and where it has one part alone', async () => {
    for (const certainty of await certainties(0)) expect(certainty).toBeCloseTo(0, 5);
    expect((await certainties(30, Uint32Array.of(3)))[0]).toBeCloseTo(0, 5);
  });
});
