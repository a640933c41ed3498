import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openEngine } from '../../training/engine/index.ts';
import { trueImages } from './reconstruction/figures.ts';
import { trainJudge } from './reconstruction/judge.ts';
import { measureMethod } from './reconstruction/measure.ts';
import { methodNamed, methods } from './reconstruction/methods/index.ts';
import { openRows, type Row, tableOf } from './reconstruction/rows.ts';
import { budgets, mostMissing, planOf, type Setting, settingKey } from './reconstruction/setting.ts';
import { makeWorld, readAllGarments } from './reconstruction/world.ts';

/**
 * FedRecon beside what people would use instead, on real images: ten plants, three of them complete, one run.
 *
 *     npm run bench:reconstruction -- [--quick] [--methods a,b] [--alpha 0.1,1] [--missing 0.3] [--seeds 1,2,3]
 *         [--json FILE] [--rows FILE] [--threads N]
 *
 * `--methods cgan:10` gives a method ten times the passes in each round.
 * Finished rows are kept in the file of `--rows` (JSON lines), and what is in it is not run again.
 */
const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    methods: { type: 'string', default: methods.map(({ name }) => name).join(',') },
    alpha: { type: 'string' },
    missing: { type: 'string', default: '0.3' },
    seeds: { type: 'string' },
    threads: { type: 'string', default: '1' },
    json: { type: 'string' },
    rows: {
      type: 'string',
      default: join(import.meta.dirname, '../../build/out/bench/reconstruction.jsonl'),
    },
  },
});

const chosen = options.methods.split(',').map((name) => {
  const method = methodNamed(name);
  if (method) return method;
  throw new Error(`--methods: "${name}" is none of ${methods.map((entry) => entry.name).join(', ')}`);
});
const alphas = numbers('alpha', options.alpha ?? (options.quick ? '0.1' : '0.1,1'), (value) => value > 0);
const seeds = numbers(
  'seeds',
  options.seeds ?? (options.quick ? '1' : '1,2,3'),
  (value) => Number.isInteger(value) && value >= 0,
);
const shares = numbers('missing', options.missing, (value) => value >= 0 && value <= mostMissing);
const budget = options.quick ? budgets.quick : budgets.full;
const settings = shares.flatMap((missing) =>
  alphas.flatMap((alpha) => seeds.map((seed): Setting => ({ alpha, missing, seed, budget }))),
);

const garments = await readAllGarments();
const kept = await openRows(options.rows);
const engine = await openEngine({ engine: 'onnx', threads: Number(options.threads) });
const rows: Row[] = [];
try {
  for (const setting of settings) rows.push(...(await measureSetting(setting)));
} finally {
  await engine.dispose();
}
for (const { name, about } of chosen) console.log(`${name.padEnd(18)} ${about}`);
console.log(`\n${tableOf(rows)}`);
if (options.json) await writeFile(options.json, `${JSON.stringify({ rows }, undefined, 2)}\n`);

/** The rows of all chosen methods in one setting, kept ones as they are. */
async function measureSetting(setting: Setting): Promise<Row[]> {
  const plan = await planOf(setting);
  const key = settingKey(plan, setting, garments.length);
  const missing = chosen.filter(({ name }) => kept.find(key, name).length === 0);
  if (missing.length > 0) {
    const world = makeWorld(plan, setting, garments);
    const judge = await trainJudge(plan, world.judgeGarments, budget.judgeEpochs, engine);
    const seen = await judge.classify(trueImages(world));
    const right = seen.filter((type, place) => type === world.test[place]!.type).length / seen.length;
    console.log(
      `alpha ${setting.alpha}, missing ${setting.missing}, seed ${setting.seed}: ${world.pooled.dataset.count} parts, ` +
        `${world.test.length} held out; the judge is right about ${(100 * right).toFixed(1)} % of the true images`,
    );
    for (const method of missing) {
      const began = performance.now();
      await kept.add(key, await measureMethod(method, world, setting, judge, engine));
      console.log(`  ${method.name}: ${((performance.now() - began) / 1000).toFixed(0)} s`);
    }
    await judge.dispose();
  }
  return chosen.flatMap(({ name }) => kept.find(key, name));
}

/** The numbers of an option, each of which must be a right one. */
function numbers(option: string, text: string, right: (value: number) => boolean): number[] {
  return text.split(',').map((word) => {
    const value = word.trim() === '' ? Number.NaN : Number(word);
    if (right(value)) return value;
    throw new Error(`--${option}: "${word}" is out of range`);
  });
}
