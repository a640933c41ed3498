import { setTimeout as sleep } from 'node:timers/promises';
import { type ErrorCode, FedReconError } from '../../../protocol/errors.ts';
import { JobStopped } from '../../jobs/stopped.ts';
import { enrolled } from '../context.ts';
import { declareMembership } from '../membership.ts';
import type { Exchange } from './exchange.ts';
import { noteLost, noteRound } from './heard-round.ts';
import { playCalibration } from './play-calibration.ts';
import { playRound } from './play-round.ts';
import { settle } from './settle.ts';

/** Errors that pass by themselves or with the network: the plant waits and goes on. */
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
/** Number of failures in a row of an aggregator that can be reached, before the plant gives up. */
const patience = 8;
const shortestPauseSeconds = 1;
const longestPauseSeconds = 30;
/** Least time that the question for the round is given: a busy aggregator is none that hangs. */
const leastSilenceSeconds = 10;

/**
 * Takes part in round after round until the schedule is over, and in the calibration of the model that is its result. The
 * aggregator says when to come back; while it cannot be reached the plant asks again, ever less often, and goes on where
 * it was.
 * @throws JobStopped when `abort` aborts; FedReconError that waiting does not cure
 */
export async function takePart(exchange: Exchange, abort: AbortSignal): Promise<void> {
  const { context, client, job, store } = exchange;
  let failures = 0;
  /** Seconds until the next question, as heard last: one that hangs is noticed within as many. */
  let poll = leastSilenceSeconds;
  for (;;) {
    try {
      const state = await client.currentRound(abort, Math.max(leastSilenceSeconds, poll));
      poll = state.retryAfterSeconds;
      noteRound(context, state);
      // What the plant has may have changed with its data since it was asked last.
      const now: Exchange = { ...exchange, enrolment: enrolled(store) };
      if (await declareMembership(now, state, abort)) continue;
      if (state.state === 'open' && !state.contributed && (await playRound(now, state, abort))) {
        failures = 0;
        continue;
      }
      if (await playCalibration(now, state, abort)) {
        failures = 0;
        continue;
      }
      await settle(now, state, abort);
      if (state.state === 'finished' && !state.calibration?.open) return;
      failures = 0;
      job.update({ phase: 'waiting', round: state.round, stage: state.stage, fraction: 1 });
      await pause(state.retryAfterSeconds, abort);
    } catch (thrown) {
      if (abort.aborted) throw new JobStopped();
      if (!(thrown instanceof FedReconError) || !passing.has(thrown.code)) throw thrown;
      failures += 1;
      const gone = thrown.code === 'aggregator-unreachable';
      if (!gone && failures >= patience) throw thrown;
      const seconds = Math.min(longestPauseSeconds, shortestPauseSeconds * 2 ** (failures - 1));
      if (gone) noteLost(context, seconds);
      job.update({ phase: 'waiting', fraction: 0 });
      await pause(seconds, abort);
    }
  }
}

async function pause(seconds: number, abort: AbortSignal): Promise<void> {
  await sleep(seconds * 1000, undefined, { signal: abort }).catch(() => {
    throw new JobStopped();
  });
}
