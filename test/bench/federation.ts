import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type DemoPlant, writeDemoPlants } from '../../main/demo/plants.ts';
import { type HiddenTruth, readTruth, trueValues } from '../../main/demo/true-parts.ts';
import { yardsticks } from '../../main/demo/yardsticks.ts';
import { modalityOf, type Plan, parsePlan } from '../../protocol/plan.ts';
import { importParts } from '../../training/data/import.ts';
import { openEngine } from '../../training/engine/index.ts';
import { readDatasets } from '../../training/learning/datasets.ts';
import type { ModuleTensors } from '../../training/learning/inference.ts';
import { openPrograms, type Programs } from '../../training/learning/programs.ts';
import { row } from '../../training/learning/row-table.ts';
import { meanQuality, type Quality, qualityOf } from '../../training/measures/picture-quality.ts';
import { meanSquaredError } from '../../training/measures/psnr.ts';
import { rankCorrelation } from '../../training/measures/rank-correlation.ts';
import { mean as average } from '../../training/measures/statistics.ts';
import { reconstructAt, type SimulatedPlant, simulate } from './simulate.ts';

/**
 * The demonstration federation in one process: what a plan reaches and what it costs, without network and files.
 * `node test/bench/federation.ts [--plan FILE] [--parts N] [--json FILE]`
 */
const { values: options } = parseArgs({
  options: {
    plan: { type: 'string', default: join(import.meta.dirname, '../../assets/demo/plan.json') },
    parts: { type: 'string' },
    json: { type: 'string' },
  },
});

interface BenchPlant extends SimulatedPlant {
  readonly truth: HiddenTruth;
  /** Part ids by row of the data set. */
  readonly ids: readonly string[];
}

const plan = parsePlan(JSON.parse(await readFile(options.plan, 'utf8')));
const folder = await mkdtemp(join(tmpdir(), 'fedrecon-bench-'));
try {
  const made = await writeDemoPlants(folder, options.parts ? { partsPerPlant: Number(options.parts) } : {});
  const plants: BenchPlant[] = [];
  for (const plant of made) plants.push(await importPlant(plan, plant, folder));
  const programs = openPrograms(await openEngine({ engine: 'onnx', threads: 1 }));
  const { serving, seconds, cpuSeconds } = await train(plants, programs);
  const figures = [];
  for (const plant of plants) figures.push(...(await judgePlant(plants, plant, serving, programs)));
  console.table(figures);
  console.log(`training: ${seconds.toFixed(0)} s one after the other, ${cpuSeconds.toFixed(0)} s of CPU`);
  if (options.json) await writeFile(options.json, JSON.stringify({ seconds, cpuSeconds, figures }, null, 2));
  await programs.dispose();
} finally {
  await rm(folder, { recursive: true });
}

async function importPlant(plan: Plan, plant: DemoPlant, folder: string): Promise<BenchPlant> {
  const { signal } = new AbortController();
  const output = join(folder, 'imported', plant.name);
  const request = { plan, folder: plant.folder, manifest: 'parts.csv', columns: {}, output };
  const hooks = { progress: () => {}, abort: signal };
  const { dataset, parts } = await importParts(request, hooks);
  const listed = JSON.parse(await readFile(parts, 'utf8')) as { parts: { id: string }[] };
  return {
    name: plant.name,
    dataset: await readDatasets(plan, [dataset]),
    truth: await readTruth(plant.truth),
    ids: listed.parts.map(({ id }) => id),
  };
}

async function train(
  plants: readonly BenchPlant[],
  programs: Programs,
): Promise<{ serving: ModuleTensors; seconds: number; cpuSeconds: number }> {
  const cpu = process.cpuUsage();
  let serving: ModuleTensors = {};
  let seconds = 0;
  for await (const round of simulate(plan, plants, programs)) {
    serving = round.serving;
    seconds += round.seconds.reduce((sum, value) => sum + value, 0);
    console.log(
      `round ${round.round} ${round.stage}: ${round.seconds.map((s) => s.toFixed(2)).join(' + ')} s`,
    );
  }
  return { serving, seconds, cpuSeconds: process.cpuUsage(cpu).user / 1e6 };
}

/** A row of figures for each modality that a plant's parts lack. */
async function judgePlant(
  plants: readonly BenchPlant[],
  plant: BenchPlant,
  serving: ModuleTensors,
  programs: Programs,
): Promise<Record<string, string | number>[]> {
  const results = await reconstructAt(plan, plant, serving, programs);
  return Object.entries(results).map(([name, { parts, mean, sigma, confidence, shares }]) => {
    const modality = modalityOf(plan, name);
    const scales = yardsticks(
      plan,
      name,
      plants.map(({ truth }) => truth),
    );
    const truths = [...parts].map((part) => plant.truth.parts.get(plant.ids[part]!)!);
    const trueRows = truths.map((truth) => trueValues(plan, name, truth));
    const quality = (guess: (place: number) => Float32Array) =>
      text(meanQuality(trueRows.map((values, place) => qualityOf(modality, guess(place), values))));
    const errors = trueRows.map((values, place) => meanSquaredError(row(mean, parts[place]!), values));
    const covered = trueRows.map((values, place) => {
      const [guess, deviation] = [row(mean, parts[place]!), row(sigma, parts[place]!)];
      return values.filter((value, index) => Math.abs(value - guess[index]!) < 1.645 * deviation[index]!)
        .length;
    });
    const share = (values: Float32Array) => average(parts.map((part) => values[part]!));
    return {
      plant: plant.name,
      lacks: name,
      parts: parts.length,
      reconstructed: quality((place) => row(mean, parts[place]!)),
      meanImage: quality(() => scales.mean),
      classMean: quality((place) => scales.classMean(truths[place]!)),
      mse: round(average(errors), 4),
      spearman: round(
        rankCorrelation(
          [...parts].map((part) => -confidence[part]!),
          errors,
        ) ?? Number.NaN,
        2,
      ),
      inside90: round(covered.reduce((sum, value) => sum + value, 0) / (covered.length * mean.width), 3),
      sources: Object.entries(shares)
        .map(([source, values]) => `${source} ${share(values).toFixed(2)}`)
        .join(', '),
    };
  });
}

function text({ psnr, ssim }: Quality): string {
  return `${psnr.toFixed(2)} dB ${ssim.toFixed(3)}`;
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
