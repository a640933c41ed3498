import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { forkTrainingHost } from '../../../main/jobs/fork-host.ts';
import { JobStopped } from '../../../main/jobs/stopped.ts';
import { createSupervisor, type Supervisor } from '../../../main/jobs/supervisor.ts';
import type { TrainingConnection, TrainingHost } from '../../../main/jobs/training-connection.ts';
import { parsePlan } from '../../../protocol/plan.ts';
import type { ImportResult, JobSpec, TrainResult } from '../../../training/process/messages.ts';
import { temporaryFolder } from '../support/folders.ts';
import { tinyPlan, writePlant } from '../support/plants.ts';

const stubborn = fileURLToPath(new URL('support/stubborn.ts', import.meta.url));

/** Counts the processes that were started, and kills the last one when asked. */
function counted(
  host: TrainingHost,
): TrainingHost & { starts: number; last: TrainingConnection | undefined } {
  const counting = {
    starts: 0,
    last: undefined as TrainingConnection | undefined,
    start() {
      counting.starts++;
      counting.last = host.start();
      return counting.last;
    },
  };
  return counting;
}

function supervise(host: TrainingHost): { supervisor: Supervisor; log: string[] } {
  const log: string[] = [];
  const supervisor = createSupervisor(host, (line) => log.push(line));
  onTestFinished(() => supervisor.close());
  return { supervisor, log };
}

/** A job for the stubborn process. */
function behave(folder: string, id = folder): JobSpec {
  return { kind: 'import', id, plan: null, engine: {}, folder, manifest: '-', columns: {}, output: '-' };
}

describe('the supervisor of a training process that misbehaves', () => {
  it('gives a job up after three crashes in a row without progress', async () => {
    const host = counted(forkTrainingHost({ entry: stubborn }));
    const { supervisor, log } = supervise(host);
    await expect(supervisor.run(behave('crash at once'))).rejects.toMatchObject({
      code: 'training-crashed',
      detail: { times: 3 },
    });
    expect(host.starts).toBe(3);
    expect(log[0]).toContain('SIGKILL');
  });

  it('does not take the same half of the way, again and again, for progress', async () => {
    const host = counted(forkTrainingHost({ entry: stubborn }));
    const { supervisor } = supervise(host);
    await expect(supervisor.run(behave('crash half way'))).rejects.toMatchObject({
      code: 'training-crashed',
    });
    expect(host.starts).toBe(3);
  });

  it('kills within a second a process that ignores a stop, and goes on with the next job', async () => {
    const { supervisor } = supervise(forkTrainingHost({ entry: stubborn }));
    const stop = new AbortController();
    const running = Promise.withResolvers<void>();
    const job = supervisor.run(behave('ignore stop'), { progress: () => running.resolve() }, stop.signal);
    await running.promise;
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    stop.abort();
    vi.advanceTimersByTime(1000);
    vi.useRealTimers();
    await expect(job).rejects.toBeInstanceOf(JobStopped);
    await expect(
      supervisor.run({ kind: 'devices', id: 'next', plan: null, engine: {} }),
    ).resolves.toMatchObject({
      kind: 'probe',
    });
  });

  it('drops messages that are none, and turns unknown codes into internal', async () => {
    const { supervisor, log } = supervise(forkTrainingHost({ entry: stubborn }));
    await expect(supervisor.run(behave('talk nonsense'))).rejects.toMatchObject({ code: 'internal' });
    expect(log).toHaveLength(2);
  });

  it('fails what is running and queued when it closes, and leaves no process', async () => {
    const host = counted(forkTrainingHost({ entry: stubborn }));
    const supervisor = createSupervisor(host);
    const probe = (await supervisor.run({
      kind: 'devices',
      id: 'pid',
      plan: null,
      engine: {},
    })) as unknown as {
      pid: number;
    };
    const running = supervisor.run(behave('ignore stop'));
    const queued = supervisor.run(behave('answer'));
    await Promise.all([
      expect(running).rejects.toBeInstanceOf(JobStopped),
      expect(queued).rejects.toBeInstanceOf(JobStopped),
      supervisor.close(),
    ]);
    expect(() => process.kill(probe.pid, 0)).toThrow('ESRCH');
    await expect(supervisor.run(behave('answer'))).rejects.toBeInstanceOf(JobStopped);
  });

  it('takes a stopped job out of the queue', async () => {
    const { supervisor } = supervise(forkTrainingHost({ entry: stubborn }));
    const first = new AbortController();
    const second = new AbortController();
    const blocking = supervisor.run(behave('ignore stop'), {}, first.signal);
    const queued = supervisor.run(behave('answer'), {}, second.signal);
    second.abort();
    await expect(queued).rejects.toBeInstanceOf(JobStopped);
    first.abort();
    await expect(blocking).rejects.toBeInstanceOf(JobStopped);
  });
});

describe('the supervisor of the real training process', () => {
  const plan = parsePlan({ ...tinyPlan, training: { batch: 16, localEpochs: 50 } });
  const engine = { engine: 'onnx', device: 'cpu', threads: 1 } as const;

  async function importParts(supervisor: Supervisor, folder: string): Promise<ImportResult> {
    await writePlant(folder, ['camera', 'gauge'], 96);
    return (await supervisor.run({
      kind: 'import',
      id: 'import',
      plan,
      engine,
      folder,
      manifest: 'parts.csv',
      columns: { id: 'id', camera: 'camera', gauge: 'gauge' },
      output: join(folder, 'out'),
    })) as ImportResult;
  }

  function training(folder: string, dataset: string, output: string): JobSpec {
    return {
      kind: 'train',
      id: 'round-1',
      plan,
      engine,
      stage: 'generators',
      round: 1,
      has: plan.modalities.map(({ name }) => name),
      datasets: [dataset],
      modules: {},
      state: join(folder, `state-${output}`),
      output: join(folder, output),
    };
  }

  it('imports, trains, and gets the same modules when the process is killed on the way', async () => {
    const folder = temporaryFolder();
    const host = counted(forkTrainingHost());
    const { supervisor } = supervise(host);
    const { dataset, accepted } = await importParts(supervisor, folder);
    expect(accepted).toBe(96);

    const whole = (await supervisor.run(training(folder, dataset, 'whole'))) as TrainResult;
    expect(host.starts).toBe(1);

    let killed = false;
    const resumed = (await supervisor.run(training(folder, dataset, 'resumed'), {
      progress: ({ fraction }) => {
        if (killed || fraction < 0.3) return;
        killed = true;
        host.last!.kill();
      },
    })) as TrainResult;
    expect(host.starts).toBe(2);
    const hashes = (result: TrainResult) => result.modules.map(({ name, sha256 }) => [name, sha256]);
    expect(hashes(resumed)).toEqual(hashes(whole));
    expect(existsSync(resumed.modules[0]!.path)).toBe(true);
  });

  it('stops training, which heeds it without being killed', async () => {
    const folder = temporaryFolder();
    const { supervisor } = supervise(forkTrainingHost());
    const { dataset } = await importParts(supervisor, folder);
    const stop = new AbortController();
    const job = supervisor.run(
      training(folder, dataset, 'stopped'),
      {
        progress: ({ phase }) => {
          if (phase !== 'training' || stop.signal.aborted) return;
          // The time after which it would be killed never comes.
          vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
          stop.abort();
          vi.useRealTimers();
        },
      },
      stop.signal,
    );
    await expect(job).rejects.toBeInstanceOf(JobStopped);
  });

  it('passes on what the job failed with', async () => {
    const { supervisor } = supervise(forkTrainingHost());
    const job = training(temporaryFolder(), '/nowhere/dataset.safetensors', 'out');
    await expect(supervisor.run(job)).rejects.toMatchObject({ code: 'dataset-invalid' });
  });
});
