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
 * Small models whose training together uses every operator that any model's uses: for providers on which each new
 * operator costs seconds of compilation. The longest graphs are left out first, each whose operators others have too.
 */
export function coveringModels(): Readonly<Record<string, TrainableStep>> {
  const traced = Object.entries(stepModels).map(([name, model]) => {
    const operators = trace(model.step, model.signature).graph.nodes.map(({ op }) => op);
    return { name, model, length: operators.length, operators: new Set(operators) };
  });
  let chosen = traced.toSorted((one, other) => other.length - one.length);
  for (const candidate of [...chosen]) {
    const others = chosen.filter((other) => other !== candidate);
    const covered = new Set(others.flatMap(({ operators }) => [...operators]));
    if ([...candidate.operators].every((operator) => covered.has(operator))) chosen = others;
  }
  return Object.fromEntries(chosen.map(({ name, model }) => [name, model]));
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
