import { describe, expect, it } from 'vitest';
import { openEngine } from '../../../training/engine/index.ts';
import { openPrograms } from '../../../training/learning/programs.ts';
import type { RoundJob } from '../../../training/learning/round-job.ts';
import { memoryStateStore } from '../../../training/learning/task-state.ts';
import { budgets, planOf } from './setting.ts';
import { meter } from './traffic.ts';

const tensors = (values: number) => ({ x: { shape: [values], data: new Float32Array(values) } });

describe('the bytes of a round', () => {
  it('count what is sent, and what is fetched that the plant does not hold already', async () => {
    const plan = await planOf({ alpha: 1, missing: 0.3, seed: 1, budget: budgets.quick });
    const job: RoundJob = {
      plan,
      stage: 'generators',
      round: 1,
      dataset: { count: 1, modalities: {} },
      modules: {},
      programs: openPrograms(await openEngine({ engine: 'reference' })),
      state: memoryStateStore(),
      key: '',
      abort: new AbortController().signal,
      progress: () => {},
    };
    const sent = new Map([['encoder/a', { tensors: tensors(5), samples: 1 }]] as const);
    const { train, bytes } = meter(
      () => Promise.resolve({ modules: sent }),
      () => ['encoder/a', 'decoder/a'],
    );
    await train(job);
    expect(bytes()).toBe(4 * 5);
    const modules = { 'encoder/a': tensors(5), 'decoder/a': tensors(3) };
    await train({ ...job, modules });
    expect(bytes()).toBe(4 * (5 + 5 + 3));
    await train({ ...job, modules: { ...modules, 'encoder/a': tensors(5) } });
    expect(bytes()).toBe(4 * (5 + 5));
    await train({ ...job, modules, dataset: { count: 2, modalities: {} } });
    expect(bytes()).toBe(4 * (5 + 5 + 3));
  });
});
