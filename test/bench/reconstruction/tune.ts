import { parseArgs } from 'node:util';
import { openEngine } from '../../../training/engine/index.ts';
import { trainJudge } from './judge.ts';
import { measureMethod } from './measure.ts';
import { fedadamWith, fedproxWith, fedyogiWith } from './methods/federations.ts';
import type { Method } from './methods/method.ts';
import { scaffoldWith } from './methods/scaffold.ts';
import { budgets, planOf, type Setting } from './setting.ts';
import { makeWorld, readAllGarments } from './world.ts';

/**
 * Tries the values of a method's setting on a seed that no result is published of, for `tuning.ts`:
 * PSNR and coherence of each source set at alpha 0.1 with the quick budget.
 *
 *     node test/bench/reconstruction/tune.ts [--methods fedprox,scaffold] [--seed 11]
 */
const grids: Readonly<Record<string, { values: readonly number[]; make(value: number): Method }>> = {
  fedprox: { values: [0.001, 0.01, 0.1, 1], make: fedproxWith },
  fedadam: { values: [0.003, 0.01, 0.03, 0.1], make: fedadamWith },
  fedyogi: { values: [0.003, 0.01, 0.03, 0.1], make: fedyogiWith },
  scaffold: { values: [0.1, 0.3, 1], make: scaffoldWith },
};

const { values: options } = parseArgs({
  options: {
    methods: { type: 'string', default: Object.keys(grids).join(',') },
    seed: { type: 'string', default: '11' },
  },
});

const setting: Setting = { alpha: 0.1, missing: 0.3, seed: Number(options.seed), budget: budgets.quick };
const plan = await planOf(setting);
const world = makeWorld(plan, setting, await readAllGarments());
const engine = await openEngine({ engine: 'onnx', threads: 1 });
try {
  const judge = await trainJudge(plan, world.judgeGarments, setting.budget.judgeEpochs, engine);
  for (const name of options.methods.split(',')) {
    const grid = grids[name];
    if (!grid) throw new Error(`--methods: "${name}" is none of ${Object.keys(grids).join(', ')}`);
    for (const value of grid.values)
      for (const row of (await measureMethod(grid.make(value), world, setting, judge, engine)).rows)
        console.log(name, value, row.source, row.psnr.toFixed(2), row.coherence.toFixed(3));
  }
  await judge.dispose();
} finally {
  await engine.dispose();
}
