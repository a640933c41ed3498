import { seededRandom } from '../../../main/demo/random.ts';
import { modalityOf } from '../../../protocol/plan.ts';
import type { Engine } from '../../../training/engine/index.ts';
import { row, type Table } from '../../../training/learning/row-table.ts';
import { qualityOf } from '../../../training/measures/picture-quality.ts';
import { mean } from '../../../training/measures/statistics.ts';
import { trueImages } from '../reconstruction/figures.ts';
import type { Judge } from '../reconstruction/judge.ts';
import type { Method } from '../reconstruction/methods/method.ts';
import { type SourceSet, sourceSetNames, target } from '../reconstruction/setting.ts';
import type { HeldOutPart, World } from '../reconstruction/world.ts';
import { type Fault, faults, type Judged, judgedParts } from './faults.ts';

/** Name of what is compared with: nothing is wrong. */
export const noFault = 'none';

/** How good a method's images are under one fault, from one source set. */
export interface FaultRow {
  readonly method: string;
  readonly seed: number;
  readonly fault: string;
  /** Which held-out parts it is judged by. */
  readonly judged: string;
  readonly source: SourceSet;
  /** dB, mean over the parts. */
  readonly psnr: number;
  readonly ssim: number;
  /** Share of the images in which the judge sees the part's true type. */
  readonly coherence: number;
}

/** One state of the instruments that a trained method is asked about. */
export type Case = Pick<Fault, 'name' | 'sources' | 'judged' | 'inspect' | 'left'>;

/** What is asked in the clean world: how good it is without a fault, and under every fault in inspection. */
export const cleanCases: readonly Case[] = [
  ...judgedParts.map((judged): Case => ({ name: noFault, sources: sourceSetNames, judged })),
  ...faults.filter(({ train }) => !train),
];

/**
 * Trains a method once and asks it for images in each case.
 * @param judge any that was trained on this world's judge garments
 */
export async function measureCases(
  method: Method,
  world: World,
  cases: readonly Case[],
  seed: number,
  judge: Judge,
  engine: Engine,
): Promise<FaultRow[]> {
  const inspection = openInspection(world);
  const truth = trueImages(world);
  const rows: FaultRow[] = [];
  for await (const snapshot of method.run(inspection.world, engine)) {
    if (snapshot.round < snapshot.rounds) continue;
    for (const { name, sources, judged, inspect, left } of cases) {
      const random = seededRandom(`${seed}/robustness/${name}`);
      inspection.show(inspect?.(world.test, random) ?? world.test);
      for (const source of sources) {
        const tables = await snapshot.reconstruct(left ?? source);
        if (tables.length === 0) continue;
        const figures = await judgedFigures(world, truth, tables, judged, judge);
        rows.push({ method: method.name, seed, fault: name, judged: judged.name, source, ...figures });
      }
    }
  }
  return rows;
}

/** A world whose held-out parts can be shown as faulty instruments see them: methods read them when they reconstruct. */
export function openInspection(world: World): { world: World; show(parts: readonly HeldOutPart[]): void } {
  let shown = world.test;
  return {
    world: {
      ...world,
      get test() {
        return shown;
      },
    },
    show(parts) {
      shown = parts;
    },
  };
}

type Figures = Pick<FaultRow, 'psnr' | 'ssim' | 'coherence'>;

/** Over the judged parts; a mean over the tables where a method has a model a plant. */
async function judgedFigures(
  world: World,
  truth: Table,
  tables: readonly Table[],
  judged: Judged,
  judge: Judge,
): Promise<Figures> {
  const modality = modalityOf(world.plan, target);
  const places = [...world.test.keys()].filter((place) => judged.includes(world.test[place]!));
  const each: Figures[] = [];
  for (const images of tables) {
    const qualities = places.map((place) => qualityOf(modality, row(images, place), row(truth, place)));
    const seen = await judge.classify(images);
    each.push({
      psnr: mean(qualities.map(({ psnr }) => psnr)),
      ssim: mean(qualities.map(({ ssim }) => ssim)),
      coherence: mean(places.map((place) => Number(seen[place] === world.test[place]!.type))),
    });
  }
  return {
    psnr: mean(each.map(({ psnr }) => psnr)),
    ssim: mean(each.map(({ ssim }) => ssim)),
    coherence: mean(each.map(({ coherence }) => coherence)),
  };
}
