import { randomUUID } from 'node:crypto';
import { FedReconError } from '../../protocol/errors.ts';
import {
  type DeviceReason,
  deviceReasons,
  reasonOfThrown,
} from '../../training/engine/selection/device-reason.ts';
import { rank, type Tried } from '../../training/engine/selection/rank.ts';
import type {
  DeviceCandidate,
  DeviceReport,
  DevicesResult,
  JobResult,
  JobSpec,
  Probe,
  ProbeResult,
} from '../../training/process/messages.ts';
import { JobStopped } from './stopped.ts';
import type { TrainingHost } from './training-connection.ts';
import { trainingEvent } from './training-events.ts';

interface ProbeOptions {
  readonly abort: AbortSignal;
  /** Listener for the progress, 0…1. */
  readonly progress: (fraction: number) => void;
  /** Time after which a device that does not answer is refused. */
  readonly limitMilliseconds?: number;
}

/**
 * Tests and times each device of this machine, one after the other, each in a training process of its own: a
 * graphics driver may take its process down with it, or never answer.
 * @throws JobStopped
 */
export async function probeDevices(host: TrainingHost, options: ProbeOptions): Promise<DeviceReport[]> {
  const listed = await runApart(host, { kind: 'devices', id: randomUUID(), plan: null, engine: {} }, options);
  const candidates: readonly DeviceCandidate[] =
    'result' in listed ? (listed.result as DevicesResult).candidates : [{ engine: 'onnx', device: 'cpu' }];
  const tried: Tried[] = [];
  for (const [index, candidate] of candidates.entries()) {
    options.progress(index / candidates.length);
    tried.push({ ...candidate, ...(await probeDevice(host, candidate, options)) });
  }
  return rank(tried);
}

/** Tests one device in a process of its own. @throws JobStopped */
export async function probeDevice(
  host: TrainingHost,
  candidate: DeviceCandidate,
  options: ProbeOptions,
): Promise<Probe> {
  const job: JobSpec = { kind: 'probe', id: randomUUID(), plan: null, engine: {}, candidate };
  const outcome = await runApart(host, job, options);
  return 'result' in outcome ? (outcome.result as ProbeResult).probe : { ok: false, reason: outcome.reason };
}

/** Runs a job in a process that serves nothing else, and ends the process. */
function runApart(
  host: TrainingHost,
  job: JobSpec,
  { abort, limitMilliseconds = 60_000 }: ProbeOptions,
): Promise<{ result: JobResult } | { reason: DeviceReason }> {
  const { promise, resolve, reject } = Promise.withResolvers<
    { result: JobResult } | { reason: DeviceReason }
  >();
  const connection = host.start();
  const stop = () => reject(new JobStopped());
  const timer = setTimeout(
    () => resolve({ reason: deviceReasons.silent(limitMilliseconds) }),
    limitMilliseconds,
  );
  connection.onEvent((message) => {
    const event = trainingEvent(message);
    if (event?.type === 'done') resolve({ result: event.result });
    if (event?.type === 'failed')
      resolve({ reason: reasonOfThrown(new FedReconError(event.error.code, event.error.detail)) });
  });
  connection.onExit((reason) => resolve({ reason: deviceReasons.ended(reason) }));
  connection.send({ type: 'start', job });
  abort.addEventListener('abort', stop, { once: true });
  if (abort.aborted) stop();
  return promise.finally(() => {
    clearTimeout(timer);
    abort.removeEventListener('abort', stop);
    connection.kill();
  });
}
