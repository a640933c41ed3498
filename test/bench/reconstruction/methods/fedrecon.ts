import type { ServerOptimiser } from '../../../../aggregator/rounds/server-optimiser.ts';
import { scheduledRounds } from '../../../../protocol/schedule.ts';
import type { Engine } from '../../../../training/engine/index.ts';
import type { ModuleTensors } from '../../../../training/learning/inference.ts';
import { openPrograms, type Programs } from '../../../../training/learning/programs.ts';
import { trainRound } from '../../../../training/learning/round.ts';
import type { Table } from '../../../../training/learning/row-table.ts';
import { reconstructAt, simulate } from '../../simulate.ts';
import { workWatch } from '../../stopwatch.ts';
import { reconstructionCost } from '../cost.ts';
import { type SourceSet, sourceSets, target } from '../setting.ts';
import { meter, productNeeds } from '../traffic.ts';
import { type BenchPlant, testDataset, type World } from '../world.ts';
import { latentsOf } from './latents.ts';
import type { Cost, Method, Snapshot } from './method.ts';

/** The product: its rounds, its average, its reconstruction. */
export const fedrecon: Method = {
  name: 'fedrecon',
  followsPlan: true,
  about: 'the product: generators, mappings and completion, federated',
  run: (world, engine) => trainTogether(world, engine, world.plants),
  cost: sourceCost,
};

/** The ceiling: one plant that has all plants' parts, with the same gaps, stages, rounds and passes. */
export const centralised: Method = {
  name: 'centralised',
  followsPlan: true,
  about: 'the same stages where all parts lie in one place',
  outside: 'ceiling',
  run: (world, engine) => trainTogether(world, engine, [world.pooled], { exchanges: false }),
  cost: sourceCost,
};

/** Of the image alone: the product's reconstruction also fills in other modalities, and draws for its uncertainty. */
export function sourceCost({ plan }: World, source: SourceSet): Cost {
  const { parameters, flop } = reconstructionCost(plan, target, sourceSets[source]);
  return { parameters, mflop: flop / 1e6 };
}

/** What is done otherwise than by the product; all of it as the product does if not given. */
interface Ingredients {
  /** Whether plants exchange modules, and their bytes count. */
  readonly exchanges?: boolean;
  readonly server?: ServerOptimiser;
  readonly reconstruct?: typeof reconstructTest;
  readonly latents?: typeof latentsOf;
}

/** Trains the product's stages on some plants. */
export async function* trainTogether(
  world: World,
  engine: Engine,
  plants: readonly BenchPlant[],
  { exchanges = true, server, reconstruct = reconstructTest, latents = latentsOf }: Ingredients = {},
): AsyncGenerator<Snapshot> {
  const programs = openPrograms(engine);
  const { train, bytes } = meter(trainRound, productNeeds);
  const watch = () => workWatch(engine.device);
  const rounds = simulate(world.plan, plants, programs, train, watch, server);
  try {
    for await (const { round, seconds, serving } of rounds) {
      const moved = bytes();
      yield {
        round,
        rounds: scheduledRounds(world.plan),
        seconds: seconds.reduce((sum, value) => sum + value, 0),
        bytes: exchanges ? moved : 0,
        reconstruct: async (source) => [await reconstruct(world, source, serving, programs)],
        latents: async (source) => [await latents(world, source, serving, programs)],
      };
    }
  } finally {
    await programs.dispose();
  }
}

/** The product's reconstruction of the held-out parts' camera images. */
export async function reconstructTest(
  world: World,
  source: SourceSet,
  serving: ModuleTensors,
  programs: Programs,
): Promise<Table> {
  const plant = { name: 'held out', dataset: testDataset(world, sourceSets[source]) };
  const results = await reconstructAt(world.plan, plant, serving, programs);
  return results[target]!.mean;
}
