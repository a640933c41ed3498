import { afterAll, expect, it } from 'vitest';
import { learnedBridges } from '../../../protocol/backing.ts';
import { datasetOf } from '../../../training/learning/datasets.ts';
import { row } from '../../../training/learning/row-table.ts';
import { meanSquaredError } from '../../../training/measures/psnr.ts';
import { reconstructAt, type SimulatedPlant, type SimulatedRound, simulate } from '../../bench/simulate.ts';
import { onnxPrograms } from '../model/engines.ts';
import { syntheticParts } from '../model/parts.ts';
import { tinyPlan } from '../model/plans.ts';

const programs = await onnxPrograms();
afterAll(() => programs.dispose());

const count = 60;
const plan = tinyPlan({
  modalities: tinyPlan()
    .modalities.filter(({ name }) => name !== 'color')
    .map((modality) => ({ ...modality, latent: 3, hidden: [16] })),
  mapping: { hidden: [16] },
  training: { batch: 10, localEpochs: 60, learningRate: 0.01, seed: 7 },
  research: { mappingInput: 'measurement', betaWarmupRounds: 0, beta: 0.1, latentWeight: 2 },
  stages: ['generators', 'mappings', 'completion'].map((stage) => ({ stage, rounds: 1 })),
});

/** A plant that measures the named modalities of its own `count` parts. */
function plantWith(name: string, held: readonly string[], seed: number): SimulatedPlant {
  const parts = syntheticParts(plan, count, (modality) => !held.includes(modality), seed);
  return { name, dataset: datasetOf(plan, parts) };
}

it('plants of which none holds camera and gauge learn to see one in the other, and say through what', async () => {
  const plants = [plantWith('Porto', ['camera', 'note'], 1), plantWith('Hanoi', ['gauge', 'note'], 2)];
  let last: SimulatedRound | undefined;
  for await (const round of simulate(plan, plants, programs)) last = round;
  const { serving, backing } = last!;
  const taught = { measured: 0, completed: { note: count } };
  expect(backing).toMatchObject({ 'mapping/camera←gauge': taught, 'mapping/gauge←camera': taught });
  expect(learnedBridges(backing)).toEqual({
    'mapping/camera←gauge': 'note',
    'mapping/gauge←camera': 'note',
  });

  const unseen = plantWith('Lima', ['gauge'], 3);
  const { camera } = await reconstructAt(plan, unseen, serving, programs, false, backing);
  expect(camera!.bridges).toEqual({ gauge: 'note' });
  const truth = datasetOf(
    plan,
    syntheticParts(plan, count, () => false, 3),
  ).modalities.camera!.values;
  const seen = plants[0]!.dataset.modalities.camera!.values;
  const mean = new Float32Array(seen.width);
  for (const [place, value] of seen.data.entries()) mean[place % seen.width]! += value / count;
  const error = (guess: (part: number) => Float32Array) =>
    [...unseen.dataset.modalities.gauge!.present.keys()].reduce(
      (sum, part) => sum + meanSquaredError(guess(part), row(truth, part)),
      0,
    );
  expect(error((part) => row(camera!.mean, part))).toBeLessThan(0.2 * error(() => mean));
});
