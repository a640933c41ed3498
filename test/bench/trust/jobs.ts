import { openPrograms } from '../../../training/learning/programs.ts';
import type { Piece } from '../pieces.ts';
import { planOf, type Setting, settingKey, sourceSetNames } from '../reconstruction/setting.ts';
import type { Tools } from '../worker.ts';
import { measureTrust, type TrustRow } from './measure.ts';
import { ableTo, type Training, trainings } from './methods.ts';
import { populationsOf } from './populations.ts';
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

/** What trains and judges one method after the other. */
export function openTrustBench({ engine, garments }: Tools): (job: Job) => Promise<TrustRow[]> {
  return async ({ training: name, setting, novelty }) => {
    const plan = await planOf(setting);
    const world = makeTrustWorld(plan, setting, garments, novelty);
    const programs = openPrograms(engine);
    try {
      const training = trainings.find((one) => one.name === name)!;
      const { predict, judges } = await training.train(world, programs);
      const rows: TrustRow[] = [];
      for (const source of sourceSetNames) {
        const learned = await score(world, ableTo(world.learning, source), source, predict);
        const held = await score(world, ableTo(world.calibration, source), source, predict);
        const asked: { name: string; strange: readonly boolean[]; scored: Scored }[] = [];
        for (const { name, sources, parts, strange } of populationsOf(world, novelty, setting.seed))
          if (sources.includes(source))
            asked.push({ name, strange, scored: await score(world, parts, source, predict) });
        for (const [method, judgeOf] of Object.entries(judges)) {
          const judge = judgeOf(plan, learned, held);
          for (const { name: population, strange, scored } of asked) {
            const { alpha, seed } = setting;
            const figures = measureTrust(judge, scored, held, strange);
            rows.push({ method, alpha, seed, source, population, ...figures });
          }
        }
      }
      return rows;
    } finally {
      await programs.dispose();
    }
  };
}
