import { setTimeout as sleep } from 'node:timers/promises';
import { type ErrorCode, FedReconError } from '../../protocol/errors.ts';
import type { RoundState } from '../../protocol/messages.ts';
import { JobStopped } from '../jobs/stopped.ts';
import { type CalibrationContext, playCalibration } from './play-calibration.ts';
import { playRound, type RoundContext } from './play-round.ts';

/** What taking part needs beside the steps of a round and of a calibration. */
export interface ParticipationContext extends RoundContext, CalibrationContext {
  /** Told what the aggregator said, or `undefined` when it cannot be reached. */
  readonly heard: (state: RoundState | undefined) => void;
  /** Called before waiting and at the end: brings reconstructions up to date with the newest model if that is due. */
  readonly settled: (state: RoundState, signal: AbortSignal) => Promise<void>;
}

/** Troubles that pass by themselves or with the network: the plant waits and goes on. */
const passing = new Set<ErrorCode>([
  'aggregator-unreachable',
  'answer-invalid',
  'blob-mismatch',
  'database-unreachable',
  'digest-mismatch',
  'internal',
  'request-replayed',
  'transfer-damaged',
  'upload-interrupted',
  'upload-offset',
]);
/** How often in a row the other side may be there and yet fail. */
const patience = 8;
const shortestPauseSeconds = 1;
const longestPauseSeconds = 30;

/**
 * Takes part in round after round until the schedule is over, and in the calibration of the model that is its result. The aggregator says when to come back; while it
 * cannot be reached the plant asks again, ever less often, and goes on where it was.
 * @throws JobStopped when `signal` aborts; FedReconError that waiting does not cure
 */
export async function takePart(context: ParticipationContext, signal: AbortSignal): Promise<void> {
  let failures = 0;
  for (;;) {
    try {
      const state = await context.client.currentRound(signal);
      context.heard(state);
      if (state.state === 'open' && !state.contributed && (await playRound(context, state, signal))) {
        failures = 0;
        continue;
      }
      if (await playCalibration(context, state, signal)) {
        failures = 0;
        continue;
      }
      await context.settled(state, signal);
      if (state.state === 'finished' && !state.calibration?.open) return;
      failures = 0;
      context.report({ phase: 'waiting', round: state.round, stage: state.stage, fraction: 1 });
      await pause(state.retryAfterSeconds, signal);
    } catch (thrown) {
      if (signal.aborted) throw new JobStopped();
      if (!(thrown instanceof FedReconError) || !passing.has(thrown.code)) throw thrown;
      failures += 1;
      const gone = thrown.code === 'aggregator-unreachable';
      if (!gone && failures >= patience) throw thrown;
      if (gone) context.heard(undefined);
      context.report({ phase: 'waiting', fraction: 0 });
      await pause(Math.min(longestPauseSeconds, shortestPauseSeconds * 2 ** (failures - 1)), signal);
    }
  }
}

async function pause(seconds: number, signal: AbortSignal): Promise<void> {
  await sleep(seconds * 1000, undefined, { signal }).catch(() => {
    throw new JobStopped();
  });
}
