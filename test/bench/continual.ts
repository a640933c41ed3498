import { join } from 'node:path';
import { circumstancesOf } from './circumstances.ts';
import { pieceOf } from './continual/jobs.ts';
import { command, help, readOptions } from './continual/options.ts';
import { markdownOf, summaryOf, textOf } from './continual/report.ts';
import type { CurvePoint } from './continual/run.ts';
import { openKept } from './kept.ts';
import { runPieces, untilStopped } from './pieces.ts';
import type { Setting } from './reconstruction/setting.ts';
import { readAllGarments } from './reconstruction/world.ts';
import { orHelp } from './words.ts';
import { write } from './write.ts';

/**
 * Old and new garment types along a stream of parts in which one swaps for the other: the replica and the reservoir
 * beside fine-tuning on what is new, and beside training on everything again and again. `help` says how.
 * Exit code 0: done; 1: a learner failed; 2: wrongly typed; 130: stopped by Ctrl-C.
 */
const options = orHelp(readOptions, help);
const { size, learners, alpha, seeds, workers, device } = options;
const images = (await readAllGarments()).length;
const kept = await openKept<CurvePoint[]>(options.rows);
await untilStopped(async (signal) => {
  const { budget } = size;
  const pieces = await Promise.all(
    seeds.flatMap((seed) => {
      const setting: Setting = { alpha, missing: 0.3, seed, budget };
      return learners.map((learner) => pieceOf(learner, setting, size, images));
    }),
  );
  const script = join(import.meta.dirname, 'continual/worker.ts');
  const failed = await runPieces(pieces, { script, kept, workers, device, signal });
  const points = pieces.flatMap(({ key }) => kept.find(key) ?? []);
  const seen = learners.filter(({ name }) => points.some(({ learner }) => learner === name));
  console.log(`\n${textOf(points, seen)}`);
  const summary = seen.map(({ name }) => summaryOf(name, points));
  await write(options.json, `${JSON.stringify({ rows: points, summary }, undefined, 2)}\n`);
  const circumstances = {
    ...circumstancesOf(options, command(process.argv.slice(2)), images),
    size,
  };
  await write(options.markdown, markdownOf(points, seen, circumstances));
  if (failed > 0) process.exitCode = 1;
});
