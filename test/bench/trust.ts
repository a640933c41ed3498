import { join } from 'node:path';
import { circumstancesOf } from './circumstances.ts';
import { openKept } from './kept.ts';
import { runPieces, untilStopped } from './pieces.ts';
import type { Setting } from './reconstruction/setting.ts';
import { readAllGarments } from './reconstruction/world.ts';
import { pieceOf } from './trust/jobs.ts';
import type { TrustRow } from './trust/measure.ts';
import { command, help, readOptions } from './trust/options.ts';
import { pageOf } from './trust/page.ts';
import { markdownOf, textOf } from './trust/report.ts';
import { headlineOf, summariesOf } from './trust/summary.ts';
import { orHelp } from './words.ts';
import { write } from './write.ts';

/**
 * Whether what is said of a reconstruction can be believed: coverage of intervals, calibration of the confidence, detection
 * of errors, of unseen garment types and of faults, beside what people use instead. `help` says how.
 * Exit code 0: done; 1: a piece failed; 2: wrongly typed; 130: stopped by Ctrl-C.
 */
const options = orHelp(readOptions, help);
const { budget, trainings, alphas, seeds, workers, device } = options;
const images = (await readAllGarments()).length;
const kept = await openKept<TrustRow[]>(options.rows);
await untilStopped(async (signal) => {
  const settings = alphas.flatMap((alpha) =>
    seeds.map((seed): Setting => ({ alpha, missing: 0.5, seed, budget })),
  );
  const pieces = await Promise.all(
    settings.flatMap((setting) =>
      trainings.flatMap((training) =>
        [false, true].map((novelty) => pieceOf(training, setting, novelty, images)),
      ),
    ),
  );
  const script = join(import.meta.dirname, 'trust/worker.ts');
  const failed = await runPieces(pieces, { script, kept, workers, device, signal });
  const rows = pieces.flatMap(({ key }) => kept.find(key) ?? []);
  const summaries = summariesOf(rows);
  console.log(`\n${textOf(summaries)}`);
  const { alpha: _, ...circumstances } = {
    ...circumstancesOf({ ...options, alpha: 0 }, command(process.argv.slice(2)), images),
    ...{ alphas, budget },
  };
  await write(options.json, `${JSON.stringify({ summary: headlineOf(summaries), rows }, undefined, 2)}\n`);
  await write(options.markdown, markdownOf(summaries, circumstances));
  await write(options.report, pageOf(summaries, rows, circumstances));
  console.log(`\nA page to look at: ${options.report}`);
  if (failed > 0) process.exitCode = 1;
});
