import { scheduledRounds } from '../../../protocol/schedule.ts';
import type { Engine } from '../../../training/engine/index.ts';
import { openPrograms } from '../../../training/learning/programs.ts';
import { trainRound } from '../../../training/learning/round.ts';
import type { RoundJob } from '../../../training/learning/round-job.ts';
import { row } from '../../../training/learning/row-table.ts';
import { psnr } from '../../../training/measures/psnr.ts';
import { mean } from '../../../training/measures/statistics.ts';
import { trueImages } from '../reconstruction/figures.ts';
import type { Judge } from '../reconstruction/judge.ts';
import { reconstructTest } from '../reconstruction/methods/fedrecon.ts';
import type { World } from '../reconstruction/world.ts';
import { simulate } from '../simulate.ts';
import { arrivals, isOld, newShareOf, openStream } from './stream.ts';

/** How good the images are, from gauge and note together, of held-out parts of one kind. */
export interface Quality {
  /** dB, mean over the parts. */
  readonly psnr: number;
  /** Share of the images in which the judge sees the part's true type. */
  readonly coherence: number;
}

/** One learner after one round of the stream. */
export interface CurvePoint {
  readonly learner: string;
  readonly seed: number;
  /** 1-based, of the stream. */
  readonly round: number;
  /** Share of the new types in the newest arrival. */
  readonly newShare: number;
  /** Parts that all plants together trained on in this round. */
  readonly parts: number;
  readonly old: Quality;
  readonly new: Quality;
}

/**
 * Trains on the stock of every plant by all stages of the plan but the last, and on the stream in the last, whose
 * rounds the arrivals share evenly.
 * @param every quality is measured after every so many rounds, and after the last
 */
export async function* followStream(
  learner: string,
  world: World,
  seed: number,
  judge: Judge,
  engine: Engine,
  every: number,
): AsyncGenerator<CurvePoint> {
  const { plan, plants } = world;
  const programs = openPrograms(engine);
  const streams = new Map(plants.map((plant) => [plant.dataset, openStream(plant, seed)]));
  const streamRounds = plan.stages.at(-1)!.rounds;
  const before = scheduledRounds(plan) - streamRounds;
  const arrivalOf = (round: number) => Math.ceil((round * arrivals) / streamRounds);
  let parts = 0;
  const train = async (job: RoundJob) => {
    const dataset = streams.get(job.dataset)!.partsAt(arrivalOf(job.round - before));
    const result = await trainRound({ ...job, dataset });
    parts += Math.max(0, ...[...result.modules.values()].map(({ samples }) => samples));
    return result;
  };
  try {
    for await (const { round: scheduled, serving } of simulate(plan, plants, programs, train)) {
      const round = scheduled - before;
      if (round > 0 && (round % every === 0 || round === streamRounds)) {
        const images = await reconstructTest(world, 'both', serving, programs);
        const seen = await judge.classify(images);
        const truth = trueImages(world);
        const quality = (old: boolean): Quality => {
          const places = [...world.test.keys()].filter((place) => isOld(world.test[place]!) === old);
          return {
            psnr: mean(places.map((place) => psnr(row(images, place), row(truth, place)))),
            coherence: mean(places.map((place) => Number(seen[place] === world.test[place]!.type))),
          };
        };
        const newShare = newShareOf(arrivalOf(round));
        yield { learner, seed, round, newShare, parts, old: quality(true), new: quality(false) };
      }
      parts = 0;
    }
  } finally {
    await programs.dispose();
  }
}
