import { advanceCalibration } from '../calibration/calibration-lifecycle.ts';
import { forgetNonces } from '../federation/authentication.ts';
import type { Federation } from '../federation/federation.ts';
import { reduceClaimed } from './reduce-round.ts';
import { advance } from './round-lifecycle.ts';

/** Keeper of rounds and calibrations: advances them at deadlines, after contributions and after a restart. */
export interface Keeper {
  /** Does what is due now. Resolves when nothing more is; one run at a time, later calls are answered by a later run. */
  run(): Promise<void>;
  /** Stops the keeper. Resolves when the work in progress is done. */
  stop(): Promise<void>;
}

/** Period in which deadlines are noticed, and rounds that another process opened or left behind. */
const periodMilliseconds = 1000;

/** Starts a keeper. @param onError called with the error of a failed run; the work is tried again at the next one */
export function startKeeper(federation: Federation, onError: (error: unknown) => void): Keeper {
  let current = Promise.resolve();
  let queued: Promise<void> | undefined;
  let nextForgetting = 0;

  async function work(): Promise<void> {
    queued = undefined;
    if (federation.clock() >= nextForgetting) {
      await forgetNonces(federation);
      nextForgetting = federation.clock() + 60_000;
    }
    while ((await advance(federation)) && (await reduceClaimed(federation)));
    while (await advanceCalibration(federation));
  }
  function run(): Promise<void> {
    queued ??= current.then(work);
    current = queued.catch(onError);
    return queued;
  }
  const timer = setInterval(() => run().catch(() => {}), periodMilliseconds);
  timer.unref();
  return {
    run,
    stop: async () => {
      clearInterval(timer);
      await current;
    },
  };
}
