import type { Kept } from './kept.ts';
import { openPool } from './pool.ts';
import { openProgress, type Timed } from './progress.ts';
import type { Setting } from './reconstruction/setting.ts';

/** A piece of a benchmark's work, done by one process at a time, whose result is kept as a whole. */
export interface Piece<Job> extends Timed {
  /** Names everything that it is measured under. */
  readonly key: string;
  /** Where its images come from: its judge is trained before it. */
  readonly setting: Setting;
  readonly job: Job;
}

/** How pieces are done. */
export interface Running<Result> {
  /** What the processes run; see `worker.ts`. */
  readonly script: string;
  readonly kept: Kept<Result>;
  readonly workers: number;
  readonly device: string;
  /** Ends the processes. What is finished is in the file. */
  readonly signal: AbortSignal;
}

/**
 * Does the pieces that are not in the file yet, each once, and says after each how far it is.
 * @returns how many failed, each with a line to standard error
 * @throws the reason of `signal`
 */
export async function runPieces<Job, Result>(
  all: readonly Piece<Job>[],
  { script, kept, workers, device, signal }: Running<Result>,
): Promise<number> {
  const byKey = new Map(all.filter(({ key }) => !kept.find(key)).map((piece) => [piece.key, piece]));
  const pieces = [...byKey.values()];
  if (pieces.length === 0) return 0;
  const pool = openPool<Job, Result>(script, Math.min(workers, pieces.length), device);
  signal.addEventListener('abort', () => pool.close());
  const problems: string[] = [];
  try {
    // A judge each seed, before the pieces that need it.
    const settings = [...Map.groupBy(pieces, ({ setting: { seed } }) => seed).values()].map(
      ([piece]) => piece!.setting,
    );
    await pool.run(
      settings.map((judgeOf) => ({ judgeOf })),
      (place, { problem }) => {
        if (problem !== undefined) problems.push(`judge of seed ${settings[place]!.seed}: ${problem}`);
      },
    );
    const progress = openProgress(pieces, workers);
    await pool.run(pieces, async (place, { result, problem }, seconds) => {
      const piece = pieces[place]!;
      if (result) await kept.add(piece.key, result);
      else problems.push(`${piece.name}: ${problem}`);
      if (!signal.aborted) console.log(progress.done(piece, seconds, result !== undefined));
    });
  } finally {
    pool.close();
  }
  signal.throwIfAborted();
  for (const line of problems) console.error(line);
  return pieces.filter(({ key }) => !kept.find(key)).length;
}

/**
 * Runs a benchmark until it is done or stopped by Ctrl-C (exit code 130); what is finished by then is kept.
 * @param run throws the reason of its signal
 */
export async function untilStopped(run: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => stop.abort());
  try {
    await run(stop.signal);
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    console.error('Stopped; what was finished is kept, and the same command goes on from there.');
    process.exitCode = 130;
  }
}
