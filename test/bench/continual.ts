import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { openEngine } from '../../training/engine/index.ts';
import { learners } from './continual/learners.ts';
import { markdownOf, summaryOf, textOf } from './continual/report.ts';
import { type CurvePoint, followStream, streamPlan } from './continual/run.ts';
import { trainJudge } from './reconstruction/judge.ts';
import { planOf, type Setting } from './reconstruction/setting.ts';
import { makeWorld, readAllGarments } from './reconstruction/world.ts';

/**
 * Old and new garment types over 30 rounds in which one swaps for the other: the replica and the reservoir beside
 * fine-tuning on what is new, and beside training on everything again and again.
 *
 *     npm run bench:continual -- [--quick] [--learners a,b] [--alpha 1] [--seeds 1,2]
 *         [--json FILE] [--markdown FILE] [--threads N]
 */
const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    learners: { type: 'string' },
    alpha: { type: 'string', default: '1' },
    seeds: { type: 'string' },
    threads: { type: 'string', default: '1' },
    json: { type: 'string' },
    markdown: { type: 'string' },
  },
});

const wanted = options.learners ?? (options.quick ? 'fedrecon,naive,everything' : undefined);
const chosen = (wanted?.split(',') ?? learners.map(({ name }) => name)).map((name) => {
  const learner = learners.find((entry) => entry.name === name);
  if (learner) return learner;
  throw new Error(`--learners: "${name}" is none of ${learners.map((entry) => entry.name).join(', ')}`);
});
const alpha = Number(options.alpha);
if (!(alpha > 0)) throw new Error(`--alpha: "${options.alpha}" is out of range`);
const seeds = (options.seeds ?? (options.quick ? '1' : '1,2')).split(',').map((word) => {
  if (/^\d+$/.test(word)) return Number(word);
  throw new Error(`--seeds: "${word}" is out of range`);
});

/** Rounds before the stream; the stream's own stage replaces `completion`. */
const size = options.quick
  ? { parts: 2000, judgeParts: 1200, judgeEpochs: 6, generators: 8, mappings: 4, reservoir: 40, every: 3 }
  : { parts: 8000, judgeParts: 2000, judgeEpochs: 12, generators: 20, mappings: 8, reservoir: 150, every: 1 };

const garments = await readAllGarments();
const engine = await openEngine({ engine: 'onnx', threads: Number(options.threads) });
const points: CurvePoint[] = [];
try {
  for (const seed of seeds) {
    const { parts, judgeParts, judgeEpochs, generators, mappings, reservoir, every } = size;
    const budget = { parts, judgeParts, judgeEpochs, rounds: { generators, mappings, completion: 1 } };
    const setting: Setting = { alpha, missing: 0.3, seed, budget };
    const plan = streamPlan(await planOf(setting), size);
    const world = makeWorld(plan, setting, garments);
    const judge = await trainJudge(plan, world.judgeGarments, judgeEpochs, engine);
    for (const learner of chosen) {
      const began = performance.now();
      const own = { ...world, plan: learner.plan(plan, reservoir) };
      for await (const point of followStream(learner.name, own, seed, judge, engine, every))
        points.push(point);
      console.log(`seed ${seed}, ${learner.name}: ${((performance.now() - began) / 1000).toFixed(0)} s`);
    }
    await judge.dispose();
  }
} finally {
  await engine.dispose();
}
for (const { name, about } of chosen) console.log(`${name.padEnd(12)} ${about}`);
console.log(`\n${textOf(points, chosen)}`);
if (options.json) {
  const summary = chosen.map(({ name }) => summaryOf(name, points));
  await writeFile(options.json, `${JSON.stringify({ rows: points, summary }, undefined, 2)}\n`);
}
if (options.markdown) {
  const command = `npm run bench:continual -- ${process.argv.slice(2).join(' ')}`.trim();
  await writeFile(options.markdown, markdownOf(points, chosen, command));
}
