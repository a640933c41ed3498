import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { planHash } from '../../protocol/plan.ts';
import { openEngine } from '../../training/engine/index.ts';
import { openKept } from './kept.ts';
import { trainJudge } from './reconstruction/judge.ts';
import { methods } from './reconstruction/methods/index.ts';
import { type Budget, budgets, planOf, type Setting, settingKey } from './reconstruction/setting.ts';
import { makeWorld, readAllGarments } from './reconstruction/world.ts';
import { faults } from './robustness/faults.ts';
import { cleanCases, type FaultRow, measureCases } from './robustness/measure.ts';
import { markdownOf, textOf, withLosses } from './robustness/report.ts';

/**
 * What faulty instruments, poor data and thin federations cost each method: quality against the same method without
 * the fault. Each method is trained once in the clean world, which serves every fault in inspection, and once in the
 * world of every fault in training.
 *
 *     npm run bench:robustness -- [--quick] [--methods a,b] [--alpha 0.1] [--seeds 1,2]
 *         [--json FILE] [--markdown FILE] [--rows FILE] [--threads N]
 *
 * Finished worlds are kept in the file of `--rows` (JSON lines), and what is in it is not run again.
 */
const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    methods: { type: 'string', default: 'fedrecon,direct,fedavg-poe,fedavg-moe' },
    alpha: { type: 'string', default: '0.1' },
    seeds: { type: 'string' },
    threads: { type: 'string', default: '1' },
    json: { type: 'string' },
    markdown: { type: 'string' },
    rows: { type: 'string', default: join(import.meta.dirname, '../../build/out/bench/robustness.jsonl') },
  },
});

const chosen = options.methods.split(',').map((name) => {
  const method = methods.find((entry) => entry.name === name);
  if (method) return method;
  throw new Error(`--methods: "${name}" is none of ${methods.map((entry) => entry.name).join(', ')}`);
});
const alpha = Number(options.alpha);
if (!(alpha > 0)) throw new Error(`--alpha: "${options.alpha}" is out of range`);
const seeds = (options.seeds ?? (options.quick ? '1' : '1,2')).split(',').map((word) => {
  if (/^\d+$/.test(word)) return Number(word);
  throw new Error(`--seeds: "${word}" is out of range`);
});

/** Ten worlds of four methods each have to fit into five minutes: it shows that everything runs, under-trained. */
const quick: Budget = {
  parts: 1000,
  judgeParts: 1200,
  judgeEpochs: 6,
  rounds: { generators: 5, mappings: 2, completion: 2 },
};
const budget = options.quick ? quick : budgets.full;

const garments = await readAllGarments();
const kept = await openKept<FaultRow[]>(options.rows);
const engine = await openEngine({ engine: 'onnx', threads: Number(options.threads) });
const rows: FaultRow[] = [];
try {
  for (const seed of seeds) rows.push(...(await measureSeed(seed)));
} finally {
  await engine.dispose();
}
const names = chosen.map(({ name }) => name);
console.log(`\n${textOf(rows, names)}`);
if (options.json)
  await writeFile(options.json, `${JSON.stringify({ rows, losses: withLosses(rows) }, undefined, 2)}\n`);
if (options.markdown) {
  const command = `npm run bench:robustness -- ${process.argv.slice(2).join(' ')}`.trim();
  await writeFile(options.markdown, markdownOf(rows, names, command));
}

/** All rows of one seed: every chosen method in every world, kept ones as they are. */
async function measureSeed(seed: number): Promise<FaultRow[]> {
  const setting: Setting = { alpha, missing: 0.3, seed, budget };
  const plan = await planOf(setting);
  const worlds = [
    { name: 'clean', plan, change: {}, cases: cleanCases },
    ...faults.flatMap((fault) => {
      const { name, train, plan: planFor = (given) => given } = fault;
      return train ? [{ name, plan: planFor(plan), change: train(seed), cases: [fault] }] : [];
    }),
  ];
  const judgeGarments = makeWorld(plan, setting, garments).judgeGarments;
  const judge = await trainJudge(plan, judgeGarments, budget.judgeEpochs, engine);
  const found: FaultRow[] = [];
  for (const { name, plan: worldPlan, change, cases } of worlds) {
    const asked = planHash(worldPlan).slice(0, 12) + cases.map((one) => one.name).join();
    for (const method of chosen) {
      const key = `${settingKey(plan, setting, garments.length)} ${name} ${asked} ${method.name}`;
      let rows = kept.find(key);
      if (!rows) {
        const began = performance.now();
        const world = makeWorld(worldPlan, setting, garments, change);
        rows = await measureCases(method, world, cases, seed, judge, engine);
        await kept.add(key, rows);
        console.log(
          `seed ${seed}, ${name}, ${method.name}: ${((performance.now() - began) / 1000).toFixed(0)} s`,
        );
      }
      found.push(...rows);
    }
  }
  await judge.dispose();
  return found;
}
