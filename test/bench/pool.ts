import { type ChildProcess, fork } from 'node:child_process';
import type { Setting } from './reconstruction/setting.ts';

/** What a worker is asked for: a job of its benchmark, or to train the judge of a setting. */
export type Order<Job> =
  | { readonly job: Job; readonly judgeOf?: never }
  | { readonly judgeOf: Setting; readonly job?: never };

/** What it says when it is ready for an order: what the last one gave, or why it failed. */
export interface Answer<Result> {
  readonly result?: Result | undefined;
  readonly problem?: string;
}

/** Processes of this machine that share a list of orders, each with an engine on one thread. */
export interface Pool<Job, Result> {
  /** Does all orders; `done` hears of each by its place as it ends, one at a time. Resolves when all have ended. */
  run(
    orders: readonly Order<Job>[],
    done: (place: number, answer: Answer<Result>, seconds: number) => Promise<void> | void,
  ): Promise<void>;
  /** Ends all processes. An order that is under way is lost. */
  close(): void;
}

/**
 * Starts `count` workers. They end with this process, however it ends.
 * @param script a file that calls `serve` of `worker.ts`
 */
export function openPool<Job, Result>(script: string, count: number, device: string): Pool<Job, Result> {
  const workers = Array.from({ length: count }, () => startWorker<Job, Result>(script, device));
  return {
    async run(orders, done) {
      let next = 0;
      let writing: Promise<void> = Promise.resolve();
      const work = async (worker: Worker<Job, Result>) => {
        // A worker that has ended leaves the rest to the others.
        while (next < orders.length && worker.child.connected) {
          const place = next++;
          const began = performance.now();
          const answer = await worker.ask(orders[place]!);
          const seconds = (performance.now() - began) / 1000;
          writing = writing.then(() => done(place, answer, seconds));
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

interface Worker<Job, Result> {
  readonly child: ChildProcess;
  ask(order: Order<Job>): Promise<Answer<Result>>;
}

function startWorker<Job, Result>(script: string, device: string): Worker<Job, Result> {
  const child = fork(script, [device], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const next = () =>
    new Promise<Answer<Result>>((resolve) => {
      const ended = (code: number | null, signal: string | null) => {
        child.off('message', heard);
        resolve({ problem: `the worker ended with ${signal ?? code}` });
      };
      const heard = (answer: Answer<Result>) => {
        child.off('exit', ended);
        resolve(answer);
      };
      child.once('exit', ended);
      child.once('message', heard);
    });
  const ready = next();
  return {
    child,
    async ask(order) {
      const { problem } = await ready;
      if (problem !== undefined || !child.connected) return { problem: problem ?? 'the worker has ended' };
      const answer = next();
      child.send(order);
      return answer;
    },
  };
}
