import { fork } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { openEngine } from '../../../training/engine/index.ts';
import { relativeDistance } from './seeded.ts';
import { softwareAdapter } from './software-adapter.ts';
import { coveringModels, stepModels, train } from './step-models.ts';

describe.each(Object.entries(stepModels))('a training step: %s', (_, model) => {
  it('moves all weights and moments as the reference does, on the CPU provider', async () => {
    const expected = await train(await openEngine({ engine: 'reference' }), model);
    const actual = await train(await openEngine({ engine: 'onnx', threads: 1 }), model);
    expect(Object.keys(actual).sort()).toEqual(Object.keys(expected).sort());
    for (const [name, { data }] of Object.entries(expected)) {
      expect(relativeDistance(actual[name]!.data, data), name).toBeLessThan(1e-4);
    }
    const trained = Object.keys(model.state).filter((name) => `adam/first/${name}` in model.state);
    for (const name of trained.length > 0 ? trained : Object.keys(model.state)) {
      expect(actual[name]!.data, `${name} moved`).not.toEqual(model.state[name]!.data);
    }
  });
});

describe('the WebGPU provider on a software adapter', () => {
  const adapter = softwareAdapter();
  if ('missing' in adapter) console.warn(`WebGPU is not tested here: ${adapter.missing}`);

  it.skipIf('missing' in adapter)('trains as the reference does and passes its self-test', async () => {
    const env = 'environment' in adapter ? adapter.environment : {};
    const child = fork(new URL('./webgpu-child.ts', import.meta.url), [], { env, execArgv: [] });
    const ended = once(child, 'exit').then(([code, signal]) => {
      throw new Error(`the child ended without an answer (${signal ?? code})`);
    });
    const [{ distances, refusal }] = (await Promise.race([once(child, 'message'), ended])) as [
      { distances: number[]; refusal?: string },
    ];
    expect(distances).toHaveLength(Object.keys(coveringModels()).length);
    for (const distance of distances) expect(distance).toBeLessThan(1e-4);
    expect(refusal).toBeUndefined();
    await ended.catch(() => undefined);
  });
});
