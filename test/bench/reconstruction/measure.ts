import { scheduledRounds } from '../../../protocol/schedule.ts';
import type { Engine } from '../../../training/engine/index.ts';
import { mean } from '../../../training/measures/statistics.ts';
import {
  type ImageFigures,
  imageFigures,
  type LatentFigures,
  latentFigures,
  psnrs,
  trueImages,
} from './figures.ts';
import { countingEngine } from './flops.ts';
import type { Judge } from './judge.ts';
import type { Cost, Method, Snapshot } from './methods/method.ts';
import { rowsRun } from './network.ts';
import type { Measured, Row } from './rows.ts';
import { type Samples, stripOf } from './samples.ts';
import { type Setting, type SourceSet, sourceSetNames } from './setting.ts';
import type { World } from './world.ts';

/** Rounds at the end over which stability is judged; PSNR is measured after each of them, and after every fourth before. */
const lastRounds = 10;
const courseStep = 4;

/** Trains one method in one world and measures it: a row for each source set. */
export async function measureMethod(
  method: Method,
  world: World,
  { alpha, missing, seed }: Setting,
  judge: Judge,
  engine: Engine,
): Promise<Measured> {
  const truth = trueImages(world);
  const counting = countingEngine(engine);
  const course: Record<SourceSet, [round: number, psnr: number][]> = { gauge: [], note: [], both: [] };
  const spent: Pick<Snapshot, 'seconds' | 'bytes'>[] = [];
  const figures: Partial<Record<SourceSet, ImageFigures & LatentFigures & Cost>> = {};
  const strips: Partial<Record<SourceSet, string>> = {};
  const seen = await judge.classify(truth);
  const judgeOnTruth = mean(world.test.map(({ type }, place) => Number(seen[place] === type)));
  let trainFlop = 0;
  for await (const snapshot of method.run(world, counting.engine)) {
    spent.push(snapshot);
    trainFlop += counting.take().flop;
    const left = snapshot.rounds - snapshot.round;
    for (const source of left < lastRounds || snapshot.round % courseStep === 0 ? sourceSetNames : []) {
      const tables = await snapshot.reconstruct(source);
      const { flop, parameters } = counting.take();
      const now = mean(tables.map((images) => mean(psnrs(truth, images))));
      course[source].push([snapshot.round, Number(now.toFixed(3))]);
      if (left > 0) continue;
      const rowsDone = rowsRun(world.test.length) * tables.length;
      figures[source] = {
        ...(await imageFigures(world, truth, tables, judge)),
        ...latentFigures((await snapshot.latents?.(source)) ?? []),
        ...(method.cost?.(world, source) ?? { parameters, mflop: flop / rowsDone / 1e6 }),
      };
      strips[source] = stripOf(world, tables[0]!);
    }
    counting.take();
  }
  const seconds = spent.reduce((sum, { seconds }) => sum + seconds, 0);
  const rows = sourceSetNames.map(
    (source): Row => ({
      method: method.name,
      alpha,
      missing,
      seed,
      source,
      ...figures[source]!,
      ...stability(course[source].slice(-lastRounds).map(([, psnr]) => psnr)),
      bytesPerRound: mean(spent.map(({ bytes }) => bytes)),
      secondsPerRound: seconds / spent.length,
      trainSeconds: seconds,
      trainMflop: trainFlop / partsPassed(world) / 1e6,
      judgeOnTruth,
      course: course[source],
    }),
  );
  const samples: Samples = { truth: stripOf(world, truth), ...(strips as Record<SourceSet, string>) };
  return { rows, samples };
}

/** Spread and largest drop of a course of PSNR, in dB; both 0 for a single round. */
function stability(psnrs: readonly number[]): Pick<Row, 'spread' | 'largestDrop'> {
  const drops = psnrs.slice(1).map((value, place) => psnrs[place]! - value);
  return { spread: Math.max(...psnrs) - Math.min(...psnrs), largestDrop: Math.max(0, ...drops) };
}

/** How often a plant's own part may be passed in the whole schedule: the budget that every method has. */
function partsPassed({ plan, pooled }: World): number {
  return scheduledRounds(plan) * plan.training.localEpochs * pooled.dataset.count;
}
