import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { memoryStateStore } from '../../../training/learning/task-state.ts';
import { onnxPrograms, worstDifference } from '../model/engines.ts';
import { syntheticParts } from '../model/parts.ts';
import { tinyPlan } from '../model/plans.ts';
import { modulesOf, tensorsOf, trainOnce } from './rounds.ts';

const plan = tinyPlan({ training: { batch: 8, localEpochs: 8, learningRate: 0.01, seed: 7 } });
const parts = syntheticParts(plan, 60);
const onnx = await onnxPrograms();
afterAll(() => onnx.dispose());

it('a round is saved every few seconds, so that a kill costs no more', async () => {
  const store = memoryStateStore();
  const save = vi.spyOn(store, 'save');
  let now = performance.now();
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => {
    now += 1000;
    return now;
  });
  onTestFinished(() => clock.mockRestore());
  await trainOnce(plan, 'generators', parts, onnx, { state: store });
  const ofGauge = save.mock.calls.flatMap(([task, state]) => (task === 'gauge' ? [state] : []));
  expect(ofGauge.length).toBeGreaterThan(5);
  const steps = ofGauge.map(({ step }) => step);
  expect(steps).toEqual(steps.toSorted((one, other) => one - other));
  expect(ofGauge.map(({ done }) => done).indexOf(true)).toBe(ofGauge.length - 1);
});

describe('a round that was stopped', () => {
  it.each(['generators', 'completion'] as const)(
    'goes on to exactly the same weights and losses in %s',
    async (stage) => {
      const modules = stage === 'generators' ? {} : modulesOf(await trainOnce(plan, 'mappings', parts, onnx));
      const whole = await trainOnce(plan, stage, parts, onnx, { modules });
      const state = memoryStateStore();
      let stops = 0;
      let result: Awaited<ReturnType<typeof trainOnce>> | undefined;
      while (!result) {
        // Stops at the first report of every call but the last: in the middle of one task after another.
        const controller = new AbortController();
        const progress = () => stops < 5 && controller.abort(new Error('stop'));
        result = await trainOnce(plan, stage, parts, onnx, {
          modules,
          state,
          abort: controller.signal,
          progress,
        }).catch((error: Error) => {
          expect(error.message).toBe('stop');
          stops++;
          return undefined;
        });
      }
      expect(stops).toBe(5);
      expect(worstDifference(tensorsOf(result), tensorsOf(whole)).relative).toBe(0);
      expect(result.metrics).toEqual(whole.metrics);
    },
  );

  it('starts over from the new weights when its inputs have changed, keeping only the moments', async () => {
    const state = memoryStateStore();
    await trainOnce(plan, 'generators', parts, onnx, { state, key: 'old' });
    const before = (await state.load('gauge'))!;
    expect(before.done).toBe(true);
    await trainOnce(plan, 'generators', parts, onnx, { state, key: 'new', round: 2 });
    const after = (await state.load('gauge'))!;
    expect(after.adamSteps).toBe(2 * before.adamSteps);
    expect(after.step).toBe(before.step);
  });

  it('starts moments afresh when the plan has another architecture now', async () => {
    const state = memoryStateStore();
    await trainOnce(plan, 'generators', parts, onnx, { state, key: 'old' });
    const wider = structuredClone(plan);
    wider.modalities.find(({ name }) => name === 'gauge')!.hidden = [11];
    const programs = await onnxPrograms();
    await trainOnce(wider, 'generators', parts, programs, { state, key: 'new' });
    const { adamSteps, step } = (await state.load('gauge'))!;
    expect(adamSteps).toBe(step);
    await programs.dispose();
  });
});
