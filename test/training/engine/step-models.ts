import type { HostTensors } from '../../../protocol/tensors.ts';
import type { Engine } from '../../../training/engine/index.ts';
import { trace } from '../../../training/engine/onnx/trace.ts';
import { objectiveSteps } from './objective-steps.ts';
import { relativeDistance } from './seeded.ts';
import { convolutionalVae, denseVae, type TrainableStep } from './vae.ts';

/** One small model of each architecture: two generic autoencoders, and everything the product trains. */
export const stepModels: Readonly<Record<string, TrainableStep>> = {
  dense: denseVae({ pixels: 49, hidden: 24, latent: 4, batch: 8 }),
  convolutional: convolutionalVae({ side: 12, channels: 4, latent: 4, batch: 6 }),
  ...objectiveSteps,
};

/**
 * The fewest models, taken greedily, whose training uses every operator that any of them uses: for providers on which
 * each new operator costs seconds of compilation.
 */
export function coveringModels(): Readonly<Record<string, TrainableStep>> {
  const operators = new Map(
    Object.entries(stepModels).map(([name, { step, signature }]) => [
      name,
      new Set(trace(step, signature).graph.nodes.map(({ op }) => op)),
    ]),
  );
  const missing = new Set([...operators.values()].flatMap((used) => [...used]));
  const chosen: Record<string, TrainableStep> = {};
  const adds = (name: string) => [...operators.get(name)!].filter((op) => missing.has(op)).length;
  while (missing.size > 0) {
    const best = Object.keys(stepModels).reduce((one, other) => (adds(other) > adds(one) ? other : one));
    chosen[best] = stepModels[best]!;
    for (const op of operators.get(best)!) missing.delete(op);
  }
  return chosen;
}

/** Loss, weights and moments after `steps` steps on the same batch. */
export async function train(engine: Engine, model: TrainableStep, steps = 2): Promise<HostTensors> {
  const program = await engine.compile(model.step, model.signature);
  program.load(model.state);
  let results: HostTensors = {};
  for (let index = 0; index < steps; index++) results = await program.run(model.batch);
  const values = { ...results, ...(await program.read()) };
  await program.dispose();
  return values;
}

/** For each model, the worst relative distance of any value after training on the two engines. */
export async function largestDistances(
  engine: Engine,
  reference: Engine,
  models: TrainableStep[],
): Promise<number[]> {
  const worst: number[] = [];
  for (const model of models) {
    const expected = await train(reference, model);
    const actual = await train(engine, model);
    const distances = Object.entries(expected).map(([name, { data }]) =>
      relativeDistance(actual[name]!.data, data),
    );
    worst.push(Math.max(...distances));
  }
  return worst;
}
