import { FedReconError } from '../../protocol/errors.ts';
import type { JobResult, JobSpec, Progress, TrainingEvent } from '../../training/process/messages.ts';
import { JobStopped } from './stopped.ts';
import type { TrainingConnection, TrainingHost } from './training-connection.ts';
import { trainingEvent } from './training-events.ts';

/** Listener to a running job. */
interface JobListener {
  progress?(progress: Progress): void;
}

/** Runs jobs in the training process, one at a time, in the order they were asked for. */
export interface Supervisor {
  /**
   * Runs a job to its end. A training process that dies is started again and the job goes on from its last checkpoint.
   * @param abort stops the job within a second, running or queued: asked first, killed if it does not answer
   * @throws JobStopped after that; FedReconError that the job failed with, or `training-crashed`
   */
  run(job: JobSpec, listener?: JobListener, abort?: AbortSignal): Promise<JobResult>;
  /** Ends the training process and fails what it still had to do with JobStopped. */
  close(): Promise<void>;
}

/** Crashes in a row without getting further, before a job is given up. */
const crashLimit = 3;
/** Time that a job has to stop when asked; then it is killed. */
const stopGraceMilliseconds = 700;
/** Least gain in the fraction done that counts as getting further. */
const leastGain = 0.005;

interface Task {
  readonly job: JobSpec;
  readonly listener: JobListener;
  readonly resolve: (result: JobResult) => void;
  readonly reject: (error: unknown) => void;
  stopping: boolean;
  /** Crashes since it last got further than ever before. */
  crashes: number;
  furthest: number;
}

/**
 * Creates a supervisor, without starting the training process.
 * @param log one line an event that a person who looks for a fault wants to see
 */
export function createSupervisor(host: TrainingHost, log: (line: string) => void = () => {}): Supervisor {
  const queue: Task[] = [];
  let current: Task | undefined;
  let connection: TrainingConnection | undefined;
  let stopTimer: NodeJS.Timeout | undefined;
  let closed = false;
  let exited = Promise.resolve();

  function next(): void {
    if (current || closed) return;
    current = queue.shift();
    if (!current) return;
    connection ??= connect();
    connection.send({ type: 'start', job: current.job });
  }

  function connect(): TrainingConnection {
    const started = host.start();
    started.onEvent((event) => {
      if (started === connection) receive(event);
    });
    exited = new Promise((resolve) => {
      started.onExit((reason) => {
        resolve();
        if (started === connection) lost(reason);
      });
    });
    return started;
  }

  function finish(settle: (task: Task) => void): void {
    const task = current;
    clearTimeout(stopTimer);
    current = undefined;
    if (task) settle(task);
    next();
  }

  /** Calls the current job's listener; one that fails, on a full disk say, must not take the app with it. */
  function tell(call: (listener: JobListener) => void): void {
    try {
      if (current) call(current.listener);
    } catch (thrown) {
      log(`a listener of ${current?.job.id} failed: ${thrown}`);
    }
  }

  function receive(message: TrainingEvent): void {
    const event = trainingEvent(message);
    if (!event) {
      log(`training process said something unknown: ${JSON.stringify(message).slice(0, 200)}`);
      return;
    }
    if (!current) return;
    if (event.type === 'device') log(`training process computes on ${event.engine}, ${event.device}`);
    if (!('job' in event) || event.job !== current.job.id) return;
    switch (event.type) {
      case 'progress':
        if (event.progress.fraction > current.furthest + leastGain) {
          current.furthest = event.progress.fraction;
          current.crashes = 0;
        }
        tell((listener) => listener.progress?.(event.progress));
        break;
      case 'done':
        finish((task) => task.resolve(event.result));
        break;
      case 'stopped':
        finish((task) => task.reject(new JobStopped()));
        break;
      case 'failed':
        finish((task) => task.reject(new FedReconError(event.error.code, event.error.detail)));
        break;
    }
  }

  /** Deals with a process that is gone, whoever's fault it was: starts the job again, or ends it. */
  function lost(reason: string): void {
    connection = undefined;
    log(`training process ended: ${reason}`);
    if (!current) return;
    if (current.stopping || closed) {
      finish((task) => task.reject(new JobStopped()));
      return;
    }
    current.crashes += 1;
    if (current.crashes >= crashLimit) {
      finish((task) => task.reject(new FedReconError('training-crashed', { times: crashLimit })));
      return;
    }
    connection = connect();
    connection.send({ type: 'start', job: current.job });
  }

  function stop(task: Task): void {
    const queued = queue.indexOf(task);
    if (queued >= 0) {
      queue.splice(queued, 1);
      task.reject(new JobStopped());
    } else if (task === current && !task.stopping) {
      task.stopping = true;
      connection?.send({ type: 'stop' });
      stopTimer = setTimeout(() => connection?.kill(), stopGraceMilliseconds);
    }
  }

  return {
    run: (job, listener = {}, abort) => {
      const { promise, resolve, reject } = Promise.withResolvers<JobResult>();
      if (closed || abort?.aborted) {
        reject(new JobStopped());
        return promise;
      }
      const task: Task = { job, listener, resolve, reject, stopping: false, crashes: 0, furthest: 0 };
      const stopTask = () => stop(task);
      abort?.addEventListener('abort', stopTask);
      queue.push(task);
      next();
      return promise.finally(() => abort?.removeEventListener('abort', stopTask));
    },
    close: async () => {
      closed = true;
      for (const task of queue.splice(0)) task.reject(new JobStopped());
      connection?.kill();
      await exited;
    },
  };
}
