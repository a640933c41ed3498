import { join } from 'node:path';
import { circumstancesOf } from './circumstances.ts';
import { openKept } from './kept.ts';
import { runPieces, untilStopped } from './pieces.ts';
import type { Setting } from './reconstruction/setting.ts';
import { readAllGarments } from './reconstruction/world.ts';
import { piecesOf } from './robustness/jobs.ts';
import type { FaultRow } from './robustness/measure.ts';
import { command, help, readOptions } from './robustness/options.ts';
import { markdownOf, textOf, withLosses } from './robustness/report.ts';
import { orHelp } from './words.ts';
import { write } from './write.ts';

/**
 * What faulty instruments, poor data and thin federations cost each method: quality against the same method without
 * the fault. Each method is trained once in the clean world, which serves every fault in inspection, and once in the
 * world of every fault in training. `help` says how.
 * Exit code 0: done; 1: a piece failed; 2: wrongly typed; 130: stopped by Ctrl-C.
 */
const options = orHelp(readOptions, help);
const { budget, patch, methods, alpha, seeds, workers, device } = options;
const images = (await readAllGarments()).length;
const kept = await openKept<FaultRow[]>(options.rows);
await untilStopped(async (signal) => {
  const settings = seeds.map((seed): Setting => ({ alpha, missing: 0.3, seed, budget }));
  const pieces = (
    await Promise.all(settings.map((setting) => piecesOf(methods, setting, patch, images)))
  ).flat();
  const script = join(import.meta.dirname, 'robustness/worker.ts');
  const failed = await runPieces(pieces, { script, kept, workers, device, signal });
  const rows = pieces.flatMap(({ key }) => kept.find(key) ?? []);
  console.log(`\n${textOf(rows, methods)}`);
  await write(options.json, `${JSON.stringify({ rows, losses: withLosses(rows) }, undefined, 2)}\n`);
  const circumstances = {
    ...circumstancesOf(options, command(process.argv.slice(2)), images),
    budget,
  };
  await write(options.markdown, markdownOf(rows, methods, circumstances));
  if (failed > 0) process.exitCode = 1;
});
