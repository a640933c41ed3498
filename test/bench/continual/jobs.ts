import type { Piece } from '../pieces.ts';
import { judgeWith } from '../reconstruction/judge.ts';
import { judgeTensors } from '../reconstruction/judge-file.ts';
import type { Patch } from '../reconstruction/patch.ts';
import { planOf, type Setting, settingKey } from '../reconstruction/setting.ts';
import { makeWorld } from '../reconstruction/world.ts';
import type { Tools } from '../worker.ts';
import type { Learner } from './learners.ts';
import { type CurvePoint, followStream } from './run.ts';

/** One learner along one stream: the unit of work, and of what is kept. */
export interface Job {
  readonly learner: string;
  readonly setting: Setting;
  /** Merged into the plan's document. */
  readonly patch: Patch;
  /** Quality is measured after every so many rounds of the stream, and after the last. */
  readonly every: number;
}

/** @param images images there are: another number is another data set */
export async function pieceOf(
  { name: learner, patch: patchFor }: Learner,
  setting: Setting,
  { slots, every, training }: { slots: number; every: number; training: Patch },
  images: number,
): Promise<Piece<Job>> {
  const patch = { ...patchFor(slots), training };
  return {
    key: `${settingKey(await planOf(setting, patch), setting, images)} every ${every} ${learner}`,
    name: `seed ${setting.seed}, ${learner}`,
    method: learner,
    setting,
    job: { learner, setting, patch, every },
  };
}

/** What follows a stream with one learner after the other. */
export function openStreamBench({ engine, garments }: Tools): (job: Job) => Promise<CurvePoint[]> {
  return async ({ learner, setting, patch, every }) => {
    const world = makeWorld(await planOf(setting, patch), setting, garments);
    const judge = judgeWith(await judgeTensors(setting, garments, engine), engine);
    try {
      const points: CurvePoint[] = [];
      for await (const point of followStream(learner, world, setting.seed, judge, engine, every))
        points.push(point);
      return points;
    } finally {
      await judge.dispose();
    }
  };
}
