import type { Engine } from '../../../training/engine/index.ts';
import { type Figures, figuresOf, mean, psnrs, trueImages } from './figures.ts';
import type { Judge } from './judge.ts';
import type { Method, Snapshot } from './methods/method.ts';
import type { Row } from './rows.ts';
import { type Setting, type SourceSet, sourceSetNames } from './setting.ts';
import type { World } from './world.ts';

/** Rounds at the end over which the spread is taken. */
const lastRounds = 10;

/** Trains one method in one world and measures it: a row for each source set. */
export async function measureMethod(
  method: Method,
  world: World,
  { alpha, missing, seed }: Setting,
  judge: Judge,
  engine: Engine,
): Promise<Row[]> {
  const truth = trueImages(world);
  const course: Record<SourceSet, number[]> = { gauge: [], note: [], both: [] };
  const costs: Pick<Snapshot, 'seconds' | 'bytes'>[] = [];
  const figures: Partial<Record<SourceSet, Figures>> = {};
  for await (const snapshot of method.run(world, engine)) {
    costs.push(snapshot);
    if (snapshot.rounds - snapshot.round >= lastRounds) continue;
    for (const source of sourceSetNames) {
      const tables = await snapshot.reconstruct(source);
      course[source].push(mean(tables.map((images) => mean(psnrs(truth, images)))));
      if (snapshot.round === snapshot.rounds) figures[source] = await figuresOf(world, truth, tables, judge);
    }
  }
  return sourceSetNames.map((source) => ({
    method: method.name,
    alpha,
    missing,
    seed,
    source,
    ...figures[source]!,
    spread: Math.max(...course[source]) - Math.min(...course[source]),
    bytesPerRound: mean(costs.map(({ bytes }) => bytes)),
    secondsPerRound: mean(costs.map(({ seconds }) => seconds)),
  }));
}
