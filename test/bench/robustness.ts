import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { planHash } from '../../protocol/plan.ts';
import { openEngine } from '../../training/engine/index.ts';
import { openKept } from './kept.ts';
import { type Judge, trainJudge } from './reconstruction/judge.ts';
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
 *         [--json FILE] [--markdown FILE] [--rows FILE] [--workers N]
 *
 * Worlds are shared out to worker processes, `--share i/n` each, that write to the same file. Finished worlds are kept in the file of `--rows` (JSON lines), and what is in it is not run again.
 */
const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    methods: { type: 'string', default: 'fedrecon,direct,fedavg-poe,fedavg-moe' },
    alpha: { type: 'string', default: '0.1' },
    seeds: { type: 'string' },
    workers: { type: 'string', default: `${availableParallelism()}` },
    share: { type: 'string', default: '0/1' },
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

const workers = Number(options.workers);
if (!(Number.isInteger(workers) && workers >= 1))
  throw new Error(`--workers: "${options.workers}" is out of range`);
const share = shareOf(options.share);
const isWorker = share.of > 1;

/**
 * Ten worlds of four methods each have to fit into five minutes: it shows that everything runs, under-trained. So few
 * parts need small batches and several passes a round to get anywhere.
 */
const quick: Budget = {
  parts: 1000,
  judgeParts: 1200,
  judgeEpochs: 6,
  rounds: { generators: 7, mappings: 3, completion: 2 },
};
const quickTraining = { batch: 32, localEpochs: 4 };
const budget = options.quick ? quick : budgets.full;

if (!isWorker && workers > 1)
  await Promise.all(Array.from({ length: workers }, (_, index) => work(`${index}/${workers}`)));
const garments = await readAllGarments();
const kept = await openKept<FaultRow[]>(options.rows);
const engine = await openEngine({ engine: 'onnx', threads: 1 });
const rows: FaultRow[] = [];
try {
  for (const seed of seeds) rows.push(...(await measureSeed(seed)));
} finally {
  await engine.dispose();
}
if (!isWorker) await report();

/** Which of how many shares of the work, from `i/n`. */
function shareOf(text: string): { index: number; of: number } {
  const [index = 0, of = 0] = (/^\d+\/\d+$/.exec(text)?.[0] ?? '').split('/').map(Number);
  if (index < of) return { index, of };
  throw new Error(`--share: "${text}" is out of range`);
}

/** Has a process of its own do its share, whose rows are then in the file. */
async function work(part: string): Promise<void> {
  const [code] = await once(fork(import.meta.filename, [...process.argv.slice(2), '--share', part]), 'exit');
  if (code !== 0) throw new Error(`worker ${part} ended with ${code}`);
}

async function report(): Promise<void> {
  const names = chosen.map(({ name }) => name);
  console.log(`\n${textOf(rows, names)}`);
  if (options.json)
    await writeFile(options.json, `${JSON.stringify({ rows, losses: withLosses(rows) }, undefined, 2)}\n`);
  if (options.markdown) {
    const command = `npm run bench:robustness -- ${process.argv.slice(2).join(' ')}`.trim();
    await writeFile(options.markdown, markdownOf(rows, names, command));
  }
}

/** All rows of one seed: every chosen method in every world, kept ones as they are. */
async function measureSeed(seed: number): Promise<FaultRow[]> {
  const setting: Setting = { alpha, missing: 0.3, seed, budget };
  const full = await planOf(setting);
  const plan = options.quick ? { ...full, training: { ...full.training, ...quickTraining } } : full;
  const worlds = [
    { name: 'clean', plan, change: {}, cases: cleanCases },
    ...faults.flatMap((fault) => {
      const { name, train, plan: planFor = (given) => given } = fault;
      return train ? [{ name, plan: planFor(plan), change: train(seed), cases: [fault] }] : [];
    }),
  ];
  /** Trained only where something is left to measure. */
  let judge: Judge | undefined;
  const found: FaultRow[] = [];
  const pieces = worlds.flatMap((world) => chosen.map((method) => ({ ...world, method })));
  for (const [index, { name, plan: worldPlan, change, cases, method }] of pieces.entries()) {
    if (index % share.of !== share.index) continue;
    const asked = planHash(worldPlan).slice(0, 12) + cases.map((one) => one.name).join();
    const key = `${settingKey(plan, setting, garments.length)} ${name} ${asked} ${method.name}`;
    let measured = kept.find(key);
    if (!measured) {
      const began = performance.now();
      const world = makeWorld(worldPlan, setting, garments, change);
      judge ??= await trainJudge(plan, world.judgeGarments, budget.judgeEpochs, engine);
      measured = await measureCases(method, world, cases, seed, judge, engine);
      await kept.add(key, measured);
      const seconds = (performance.now() - began) / 1000;
      console.log(`seed ${seed}, ${name}, ${method.name}: ${seconds.toFixed(0)} s`);
    }
    found.push(...measured);
  }
  await judge?.dispose();
  return found;
}
