import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type {
  CallAnswer,
  CallInput,
  CallName,
  CallOutput,
  WorkstationEvent,
} from '../../../main/api/contract.ts';

const entry = fileURLToPath(new URL('app.ts', import.meta.url));

/** App in a process of its own. */
export interface AppProcess {
  call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>>;
  /** Resolves with the next event that fits. */
  event(fits: (event: WorkstationEvent) => boolean): Promise<WorkstationEvent>;
  /** Events so far. */
  readonly events: readonly WorkstationEvent[];
  /** Priorities of the processes that it has started: 0 is usual, a higher number gives way. */
  priorities(): number[];
  /** Kills the app with SIGKILL; resolves when it is gone, its training process too. */
  kill(): Promise<void>;
}

type Message = { ready?: true; event?: WorkstationEvent; id?: number; answer?: CallAnswer };

/** Starts an app on a data folder and waits until it can be called. */
export async function startApp(dataFolder: string): Promise<AppProcess> {
  const child = fork(entry, [dataFolder], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const events: WorkstationEvent[] = [];
  const listeners = new Set<(event: WorkstationEvent) => void>();
  const answers = new Map<number, (answer: CallAnswer) => void>();
  const ready = Promise.withResolvers<void>();
  child.on('message', (message: Message) => {
    if (message.ready) ready.resolve();
    if (message.event) {
      events.push(message.event);
      for (const listener of listeners) listener(message.event);
    }
    if (message.id !== undefined) answers.get(message.id)?.(message.answer!);
  });
  child.once('exit', (code) => ready.reject(new Error(`the app ended with ${code}`)));
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const descendants = childrenOf(child);
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    await Promise.all(descendants.map(isGone));
  };
  onTestFinished(kill);
  await ready.promise;
  let calls = 0;
  return {
    events,
    kill,
    priorities: () => childrenOf(child).map((pid) => getPriority(pid)),
    call: async (name, input) => {
      const id = ++calls;
      const { promise, resolve } = Promise.withResolvers<CallAnswer>();
      answers.set(id, resolve);
      child.send({ id, name, input });
      const answer = await promise;
      if (!answer.ok) throw Object.assign(new Error(answer.error.en.title), answer.error);
      return answer.value as never;
    },
    event: (fits) =>
      new Promise((resolve) => {
        const listener = (event: WorkstationEvent) => {
          if (!fits(event)) return;
          listeners.delete(listener);
          resolve(event);
        };
        listeners.add(listener);
      }),
  };
}

/** Ids of a process's children, where the system tells (Linux). */
function childrenOf({ pid }: ChildProcess): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** Waits until a process that is no child of ours is gone; one that stays runs into the test's timeout. */
async function isGone(pid: number): Promise<void> {
  while (isAlive(pid)) await sleep(50);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
