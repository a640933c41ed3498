import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { Measured } from '../rows.ts';
import type { Setting } from '../setting.ts';
import type { Cell } from './cell.ts';

/** What a worker is asked for: to measure a cell, or to train the judge of a setting. */
export type Job =
  | { readonly cell: Cell; readonly setting?: never }
  | { readonly setting: Setting; readonly cell?: never };

/** What it says when it is ready for a job: what the last one gave, or why it failed. */
export interface Answer {
  readonly measured?: Measured | undefined;
  readonly problem?: string;
}

/** Processes of this machine that share a list of jobs, each with an engine on one thread. */
export interface Pool {
  /** Does all jobs; `done` hears of each as it ends, one at a time. Resolves when all have ended. */
  run<J extends Job>(
    jobs: readonly J[],
    done: (job: J, answer: Answer, seconds: number) => Promise<void> | void,
  ): Promise<void>;
  /** Ends all processes. A job that is under way is lost. */
  close(): void;
}

/** Starts `count` workers. They end with this process, however it ends. */
export function openPool(count: number, device: string): Pool {
  const workers = Array.from({ length: count }, () => startWorker(device));
  return {
    async run(jobs, done) {
      let next = 0;
      let writing: Promise<void> = Promise.resolve();
      const work = async (worker: Worker) => {
        // A worker that has ended leaves the rest to the others.
        while (next < jobs.length && worker.child.connected) {
          const job = jobs[next++]!;
          const began = performance.now();
          const answer = await worker.ask(job);
          const seconds = (performance.now() - began) / 1000;
          writing = writing.then(() => done(job, answer, seconds));
          await writing;
        }
      };
      await Promise.all(workers.map(work));
    },
    close() {
      for (const { child } of workers) child.kill('SIGKILL');
    },
  };
}

interface Worker {
  readonly child: ChildProcess;
  ask(job: Job): Promise<Answer>;
}

function startWorker(device: string): Worker {
  const child = fork(join(import.meta.dirname, 'worker.ts'), [device], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const next = () =>
    new Promise<Answer>((resolve) => {
      const ended = (code: number | null, signal: string | null) => {
        child.off('message', heard);
        resolve({ problem: `the worker ended with ${signal ?? code}` });
      };
      const heard = (answer: Answer) => {
        child.off('exit', ended);
        resolve(answer);
      };
      child.once('exit', ended);
      child.once('message', heard);
    });
  const ready = next();
  return {
    child,
    async ask(job) {
      const { problem } = await ready;
      if (problem !== undefined || !child.connected) return { problem: problem ?? 'the worker has ended' };
      const answer = next();
      child.send(job);
      return answer;
    },
  };
}
