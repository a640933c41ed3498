import { openPrograms } from '../../../training/learning/programs.ts';
import type { Piece } from '../pieces.ts';
import type { Patch } from '../reconstruction/patch.ts';
import {
  planOf,
  type Setting,
  type SourceSet,
  settingKey,
  sourceSetNames,
  sourceSets,
} from '../reconstruction/setting.ts';
import { testDataset } from '../reconstruction/world.ts';
import type { Tools } from '../worker.ts';
import type { Judge } from './judge.ts';
import { measureTrust, namingOf, type TrustRow, type Witness } from './measure.ts';
import { ableTo, type Training, trainings } from './methods.ts';
import { type Population, populationsOf } from './populations.ts';
import { type Scored, score } from './prediction.ts';
import { makeTrustWorld } from './world.ts';

/** One training in one world: the unit of work, and of what is kept. */
export interface Job {
  readonly training: string;
  readonly setting: Setting;
  /** Whether a garment type is met in the test alone. */
  readonly novelty: boolean;
}

/** @param images images there are: another number is another data set */
export async function pieceOf(
  { name: training }: Training,
  setting: Setting,
  novelty: boolean,
  images: number,
): Promise<Piece<Job>> {
  const where = novelty ? 'a type is new' : 'all types known';
  return {
    key: `${settingKey(await planOf(setting), setting, images)} ${where} ${training}`,
    name: `alpha ${setting.alpha}, seed ${setting.seed}, ${where}, ${training}`,
    method: training,
    setting,
    job: { training, setting, novelty },
  };
}

/**
 * Trains and judges one method after the other.
 * @param patch changes of the demonstration's plan
 */
export function openTrustBench(
  { engine, garments }: Tools,
  patch: Patch = {},
): (job: Job) => Promise<TrustRow[]> {
  return async ({ training: name, setting, novelty }) => {
    const plan = await planOf(setting, patch);
    const world = makeTrustWorld(plan, setting, garments, novelty);
    const programs = openPrograms(engine);
    try {
      const training = trainings.find((one) => one.name === name)!;
      const { predict, judges, reasons } = await training.train(world, programs);
      const rows: TrustRow[] = [];
      const populations = populationsOf(world, novelty, setting.seed);
      const scoredBy = new Map<string, Scored>();
      const scoredFrom = async (source: SourceSet, { name, parts }: Population) => {
        const key = `${source} ${name}`;
        if (!scoredBy.has(key)) scoredBy.set(key, await score(world, parts, source, predict));
        return scoredBy.get(key)!;
      };
      const reasonsOf = async (method: string, source: SourceSet) => {
        const dataset = testDataset(world, sourceSets[source]);
        const found = await reasons?.[method]?.(dataset);
        return found && { factor: found.factor, afterShuffle: found.afterShuffle };
      };
      const judgesBy: Partial<Record<SourceSet, Record<string, Judge>>> = {};
      for (const source of sourceSetNames) {
        const learned = await score(world, ableTo(world.learning, source), source, predict);
        const held = await score(world, ableTo(world.calibration, source), source, predict);
        const own = Object.entries(judges).map(([name, judgeOf]) => [name, judgeOf(plan, learned, held)]);
        judgesBy[source] = Object.fromEntries(own);
        for (const [method, judge] of Object.entries(judgesBy[source]!))
          for (const population of populations.filter(({ sources }) => sources.includes(source))) {
            const scored = await scoredFrom(source, population);
            const alone: Record<string, Witness> = {};
            for (const name of sourceSets[source])
              alone[name] = { judge: judgesBy[name]![method]!, scored: await scoredFrom(name, population) };
            rows.push({
              ...{ method, alpha: setting.alpha, seed: setting.seed, source, population: population.name },
              ...measureTrust(judge, scored, held, population),
              naming: namingOf({ judge, scored }, alone, population),
              reasons: population.name === 'all' ? ((await reasonsOf(method, source)) ?? null) : null,
            });
          }
      }
      return rows;
    } finally {
      await programs.dispose();
    }
  };
}
