import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openEngine } from '../../../training/engine/index.ts';
import { openKept } from '../kept.ts';
import { imageFigures, trueImages } from './figures.ts';
import { gridNames, type Trial, trialsOf } from './grids.ts';
import { type Judge, trainJudge } from './judge.ts';
import type { Method } from './methods/method.ts';
import { budgets, planOf, type Setting, settingKey, sourceSetNames } from './setting.ts';
import { makeWorld, readAllGarments, type World } from './world.ts';

/**
 * Tries the values of the rivals' settings for `tuning.ts`, on a seed that no result is published of: the same small
 * effort for each. What was measured is kept, so a broken-off run goes on. A score is that of the ablations: the mean
 * of SSIM and coherence over the source sets.
 *
 *     node test/bench/reconstruction/tune.ts [--methods fedprox,scaffold] [--passes 2]
 */
const { values: options } = parseArgs({
  options: {
    methods: { type: 'string', default: gridNames.join(',') },
    passes: { type: 'string', default: '2' },
    rows: {
      type: 'string',
      default: join(import.meta.dirname, '../../../build/out/bench/tuning.jsonl'),
    },
  },
});

/** What a trial gives from one source set. */
interface Figures {
  readonly psnr: number;
  readonly ssim: number;
  readonly coherence: number;
}

const setting: Setting = { alpha: 0.1, missing: 0.5, seed: 11, budget: budgets.quick };
const plan = await planOf(setting, { training: { localEpochs: Number(options.passes) } });
const garments = await readAllGarments();
const world = makeWorld(plan, setting, garments);
const kept = await openKept<Figures[]>(options.rows);
const engine = await openEngine({ engine: 'onnx', threads: 1 });
let judge: Judge | undefined;
try {
  for (const trial of options.methods.split(',').flatMap(trialsOf)) {
    const key = keyOf(trial);
    if (!kept.find(key)) {
      judge ??= await trainJudge(plan, world.judgeGarments, setting.budget.judgeEpochs, engine);
      await kept.add(key, await figuresOf(trial.method, world, judge));
    }
    console.log(lineOf(trial, kept.find(key)!));
  }
} finally {
  await judge?.dispose();
  await engine.dispose();
}

function keyOf({ method: { name, settings } }: Trial): string {
  return `${settingKey(plan, setting, garments.length)} ${name} ${JSON.stringify(settings)}`;
}

/** The figures after the last round, from each source set. */
async function figuresOf(method: Method, world: World, judge: Judge): Promise<Figures[]> {
  const truth = trueImages(world);
  const figures: Figures[] = [];
  for await (const { round, rounds, reconstruct } of method.run(world, engine))
    for (const source of round === rounds ? sourceSetNames : []) {
      const { psnr, ssim, coherence } = await imageFigures(world, truth, await reconstruct(source), judge);
      figures.push({ psnr, ssim, coherence });
    }
  return figures;
}

/** `direct learningRate 0.003: score .512; PSNR 15.12 / 11.20 / 15.40; SSIM …; coherence …` */
function lineOf({ method, option, value }: Trial, figures: readonly Figures[]): string {
  const list = (figure: keyof Figures, decimals: number) =>
    figures.map((one) => one[figure].toFixed(decimals)).join(' / ');
  const score = figures.reduce((sum, { ssim, coherence }) => sum + ssim + coherence, 0) / 2 / figures.length;
  return (
    `${method.name} ${option} ${value}: score ${score.toFixed(4)}; PSNR ${list('psnr', 2)}; ` +
    `SSIM ${list('ssim', 3)}; coherence ${list('coherence', 3)}`
  );
}
