import { type ChildProcess, fork } from 'node:child_process';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plan } from '../../../protocol/plan.ts';
import type {
  JobResult,
  JobSpec,
  Progress,
  TrainingEvent,
  TrainJob,
} from '../../../training/process/messages.ts';
import { datasetFile } from '../model/parts.ts';

const entry = fileURLToPath(new URL('../../../training/process/main.ts', import.meta.url));

/** The real training process, forked, and what it has said so far. */
export interface Child {
  readonly process: ChildProcess;
  readonly events: TrainingEvent[];
  send(message: unknown): void;
  /** The first event, past or to come, that `wanted` accepts. */
  event<E extends TrainingEvent['type']>(
    type: E,
    wanted?: (event: Extract<TrainingEvent, { type: E }>) => boolean,
  ): Promise<Extract<TrainingEvent, { type: E }>>;
  exited: Promise<number | null>;
}

export function startChild(): Child {
  const child = fork(entry, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], execArgv: [] });
  const events: TrainingEvent[] = [];
  const waiting = new Set<(event: TrainingEvent) => void>();
  child.on('message', (message) => {
    events.push(message as TrainingEvent);
    for (const listener of waiting) listener(message as TrainingEvent);
  });
  return {
    process: child,
    events,
    send: (message) => child.send(message as never),
    event: (type, wanted = () => true) =>
      new Promise((resolve) => {
        const check = (event: TrainingEvent) => {
          if (event.type !== type || !wanted(event as never)) return;
          waiting.delete(check);
          resolve(event as never);
        };
        waiting.add(check);
        events.forEach(check);
      }),
    exited: new Promise((resolve) => child.once('exit', resolve)),
  };
}

/** A folder with a data set of `count` parts, and the train job on it. */
export async function trainJob(
  plan: Plan,
  count: number,
  changes: Partial<TrainJob> = {},
  lacks?: (modality: string, part: number) => boolean,
): Promise<TrainJob> {
  const folder = await mkdtemp(join(tmpdir(), 'fedrecon-process-'));
  await mkdir(join(folder, 'output'));
  const dataset = join(folder, 'dataset.safetensors');
  await writeFile(dataset, datasetFile(plan, count, lacks));
  return {
    id: 'job',
    kind: 'train',
    plan,
    engine: { engine: 'onnx', threads: 1 },
    stage: 'generators',
    round: 1,
    has: plan.modalities.map(({ name }) => name),
    datasets: [dataset],
    modules: {},
    state: join(folder, 'state'),
    output: join(folder, 'output'),
    ...changes,
  };
}

/** Runs one job to its end. @throws Error with the code it failed with */
export async function runToEnd(child: Child, job: JobSpec): Promise<JobResult> {
  child.send({ type: 'start', job });
  const done = child.event('done', (event) => event.job === job.id);
  const failed = child.event('failed', (event) => event.job === job.id);
  const event = await Promise.race([done, failed]);
  if (event.type === 'failed') throw new Error(event.error.code);
  return event.result;
}

/** All progress messages of a job so far. */
export function progressOf(child: Child, job: string): Progress[] {
  return child.events.flatMap((event) =>
    event.type === 'progress' && event.job === job ? [event.progress] : [],
  );
}
