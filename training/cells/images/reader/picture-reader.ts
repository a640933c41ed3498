import { stat } from 'node:fs/promises';
import { FedReconError } from '../../../../protocol/errors.ts';
import { mostAtOnce } from '../decoding-memory.ts';
import { hear } from './picture-answer.ts';
import { mostMemory, mostSeconds } from './picture-bounds.ts';
import { forkPictureHost, type PictureConnection, type PictureHost } from './picture-host.ts';
import {
  answeredPicture,
  type PictureAnswer,
  type PictureQuestion,
  type PictureQuestions,
} from './picture-questions.ts';

/** Asks what reads pictures, in a process of its own. */
export interface PictureReader {
  /**
   * @throws FedReconError `image-large`, `image-range`, `image-range-unknown`, and `image-crash`, `image-memory`,
   *   `image-slow` of a file that brought the process down; any other Error for a damaged file
   */
  ask<Q extends PictureQuestion>(question: Q, asked: PictureQuestions[Q]): Promise<PictureAnswer<Q>>;
}

/** A process that does not start at all is not tried for each picture of an import. */
const mostFailedStarts = 2;
const restMilliseconds = 10_000;
const notStarted = 'it does not start';

/** Why a process came down. */
type Downfall = 'image-crash' | 'image-memory' | 'image-slow';

interface Job {
  readonly question: PictureQuestion;
  readonly asked: PictureQuestions[PictureQuestion];
  resolve(answer: unknown): void;
  reject(error: Error): void;
  /** Whether a process came down while it was read: it is read alone then, so that it is known who did it. */
  isSuspect: boolean;
  seconds: number;
}

/**
 * Creates what reads pictures, without starting its process: that starts at the first question, again after each downfall,
 * and ends when nobody asks. The pictures that were being read when it came down are read again, each alone; one that
 * brings it down alone is refused, and not tried again while it stays the same file.
 * @param bounds.seconds that one picture may take, while the machine is awake
 * @param bounds.idleSeconds without a question, after which the process ends and its memory is free again
 * @param bounds.clock calls what it is given once a second
 */
export function createPictureReader(
  host: PictureHost,
  {
    seconds: longest = mostSeconds,
    idleSeconds = 30,
    clock: begin = (tick) => setInterval(tick, 1000),
  }: { seconds?: number; idleSeconds?: number; clock?: (tick: () => void) => NodeJS.Timeout } = {},
): PictureReader {
  const waiting: Job[] = [];
  const running = new Map<number, Job>();
  /** By path and state of the file, what it did. */
  const condemned = new Map<string, FedReconError>();
  let connection: PictureConnection | undefined;
  let isReady = false;
  let isEnding = false;
  let downfall: Downfall | undefined;
  let clock: NodeJS.Timeout | undefined;
  let idle = 0;
  let asked = 0;
  /** Starts in a row that came to nothing, and until when none is tried again. */
  let failedStarts = 0;
  let restsUntil = 0;

  function startNext(): void {
    if (isEnding) return;
    for (let job = waiting[0]; job; job = waiting[0]) {
      const isAlone = job.isSuspect || [...running.values()].some(({ isSuspect }) => isSuspect);
      if (running.size >= (isAlone ? 1 : mostAtOnce)) break;
      waiting.shift();
      const id = ++asked;
      running.set(id, job);
      connection ??= start();
      connection.send({ id, question: job.question, asked: job.asked });
    }
    connection?.hold(running.size > 0);
    if (running.size > 0) clock?.ref();
    else clock?.unref();
  }

  function start(): PictureConnection {
    const started = host.start();
    started.onMessage((message) => {
      // What is said while it ends comes too late to tell who did it.
      if (isEnding) return;
      if (message === 'ready') {
        isReady = true;
        failedStarts = 0;
        for (const job of running.values()) job.seconds = 0;
      } else if (message === 'full') end('image-memory');
      else take(message);
    });
    started.onExit((reason) => {
      if (connection === started) ended(reason);
    });
    isReady = false;
    downfall = undefined;
    idle = 0;
    clock = begin(tick);
    return started;
  }

  function end(why?: Downfall): void {
    isEnding = true;
    downfall ??= why;
    connection?.kill();
  }

  /** Seconds are counted one by one: a machine that slept comes back to the second at which it went. */
  function tick(): void {
    for (const job of running.values()) {
      // Starting takes as long as the machine is busy, and says nothing of the picture.
      if (++job.seconds > (isReady ? longest : mostSeconds)) end('image-slow');
    }
    idle = running.size > 0 ? 0 : idle + 1;
    if (idle > idleSeconds) end();
  }

  function take(message: unknown): void {
    const { data: answer } = answeredPicture.safeParse(message);
    const job = answer && running.get(answer.id);
    if (!job) return;
    running.delete(answer.id);
    try {
      job.resolve(hear(job.question, answer));
    } catch (thrown) {
      job.reject(thrown as Error);
    }
    startNext();
  }

  function ended(reason: string): void {
    clearInterval(clock);
    connection = undefined;
    isEnding = false;
    const jobs = [...running.values()];
    running.clear();
    if (!isReady && ++failedStarts > mostFailedStarts) {
      restsUntil = performance.now() + restMilliseconds;
      const error = new FedReconError('image-crash', { reason: notStarted });
      for (const job of [...jobs, ...waiting.splice(0)]) job.reject(error);
      return;
    }
    const [only] = jobs;
    const why = downfall ?? 'image-crash';
    // A crash may come from outside, as when the system runs out of memory: it is believed the second time.
    if (only && jobs.length === 1 && (only.isSuspect || why !== 'image-crash')) {
      const error = new FedReconError(why, { reason, seconds: longest, limit: `${mostMemory / 1e6} MB` });
      void stateOf(only.asked.path).then((state) => {
        condemned.set(state, error);
        only.reject(error);
      });
    } else
      for (const job of jobs.toReversed()) {
        job.isSuspect = true;
        job.seconds = 0;
        waiting.unshift(job);
      }
    startNext();
  }

  return {
    async ask(question, asked) {
      const refusal = condemned.size > 0 && condemned.get(await stateOf(asked.path));
      if (refusal) throw refusal;
      if (performance.now() < restsUntil) throw new FedReconError('image-crash', { reason: notStarted });
      return new Promise((resolve, reject) => {
        const job = { question, asked, reject, isSuspect: false, seconds: 0 };
        waiting.push({ ...job, resolve: (answer) => resolve(answer as PictureAnswer<typeof question>) });
        startNext();
      });
    },
  };
}

async function stateOf(path: string): Promise<string> {
  const { size, mtimeMs } = await stat(path).catch(() => ({ size: 0, mtimeMs: 0 }));
  return JSON.stringify([path, size, mtimeMs]);
}

let used: PictureReader | undefined;

/** What reads this process's pictures; usually a child of it. */
export function pictureReader(): PictureReader {
  used ??= createPictureReader(forkPictureHost());
  return used;
}

/** Puts another reader in place: that of a process that can have no child. @returns the one that was there */
export function usePictureReader(reader: PictureReader | undefined): PictureReader | undefined {
  const before = used;
  used = reader;
  return before;
}
