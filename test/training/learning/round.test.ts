import { afterAll, describe, expect, it } from 'vitest';
import { mappingName, moduleUse } from '../../../protocol/modules.ts';
import type { HostTensors } from '../../../protocol/tensors.ts';
import { memoryStateStore } from '../../../training/learning/task-state.ts';
import { onnxPrograms, referencePrograms, worstDifference } from '../model/engines.ts';
import { syntheticParts } from '../model/parts.ts';
import { tinyPlan } from '../model/plans.ts';
import { modulesOf, tensorsOf, trainOnce } from './rounds.ts';

const plan = tinyPlan();
const onnx = await onnxPrograms();
afterAll(() => onnx.dispose());

const names = plan.modalities.map(({ name }) => name);
/** Every way to hold at least one of the modalities. */
const subsets = Array.from({ length: 2 ** names.length - 1 }, (_, mask) =>
  names.filter((_, bit) => (mask + 1) & (1 << bit)),
);

describe('generators', () => {
  it('learn: the loss of the tenth round is far below that of the first', async () => {
    const parts = syntheticParts(plan, 100);
    const state = memoryStateStore();
    let modules = {};
    const losses: Record<string, number>[] = [];
    for (let round = 1; round <= 10; round++) {
      const result = await trainOnce(plan, 'generators', parts, onnx, {
        round,
        modules,
        state,
        key: `round ${round}`,
      });
      modules = modulesOf(result);
      losses.push({ ...result.metrics });
    }
    for (const name of names) {
      const [first, last] = [losses[0]![`${name}/likelihood`]!, losses.at(-1)![`${name}/likelihood`]!];
      expect(last, name).toBeLessThan(first * (name === 'note' ? 0.85 : 0.5));
    }
  });

  it('keep the moments at the plant: a round with them differs from one without', async () => {
    const parts = syntheticParts(plan, 40, (name) => name !== 'gauge');
    const state = memoryStateStore();
    const first = await trainOnce(plan, 'generators', parts, onnx, { state, key: 'round 1' });
    const second = { round: 2, modules: modulesOf(first), key: 'round 2' };
    const kept = await trainOnce(plan, 'generators', parts, onnx, { ...second, state });
    const reset = await trainOnce(plan, 'generators', parts, onnx, second);
    expect(worstDifference(tensorsOf(kept), tensorsOf(reset)).relative).toBeGreaterThan(1e-3);
  });
});

describe('missing values', () => {
  /** The same parts, with other numbers where nothing was measured. */
  function withGarbage(parts: HostTensors): HostTensors {
    const entries = Object.entries(parts).map(([name, { shape, data }]) => {
      const present = parts[name.replace('/values', '/present')]!.data;
      if (!name.endsWith('/values')) return [name, { shape, data }] as const;
      const width = shape[1]!;
      const garbled = data.map((value, index) => (present[Math.floor(index / width)] === 1 ? value : 99));
      return [name, { shape, data: garbled }] as const;
    });
    return Object.fromEntries(entries);
  }

  it.each(['generators', 'mappings', 'completion'] as const)('never reach a weight in %s', async (stage) => {
    const parts = syntheticParts(plan, 40, (name, part) => (part + names.indexOf(name)) % 3 === 0);
    const modules = stage === 'completion' ? modulesOf(await trainOnce(plan, 'mappings', parts, onnx)) : {};
    const clean = await trainOnce(plan, stage, parts, onnx, { modules });
    const garbled = await trainOnce(plan, stage, withGarbage(parts), onnx, { modules });
    expect(worstDifference(tensorsOf(garbled), tensorsOf(clean)).relative).toBe(0);
  });

  it('are no part of the sample counts', async () => {
    const parts = syntheticParts(plan, 30, (name, part) => name === 'camera' && part < 10);
    const generators = await trainOnce(plan, 'generators', parts, onnx);
    expect(generators.modules.get('encoder/camera')!.samples).toBe(20);
    expect(generators.modules.get('decoder/note')!.samples).toBe(30);
    const mappings = await trainOnce(plan, 'mappings', parts, onnx);
    expect(mappings.modules.get('mapping/camera←note')!.samples).toBe(20);
    expect(mappings.modules.get('mapping/note←gauge')!.samples).toBe(30);
  });
});

describe('every subset of the modalities', () => {
  it.each(subsets.map((held) => [held.join('+'), held] as const))(
    'trains: %s',
    async (_, held) => {
      const parts = syntheticParts(plan, 10, (name) => !held.includes(name));
      for (const stage of ['generators', 'mappings'] as const) {
        const { modules } = await trainOnce(plan, stage, parts, onnx);
        expect([...modules.keys()].sort()).toEqual(moduleUse(plan, held, stage, 1).train.sort());
      }
    },
    30_000,
  );
});

describe('completion', () => {
  const parts = syntheticParts(plan, 60);
  /** A plant without the camera, and mappings that a complete plant has trained. */
  const blind = syntheticParts(plan, 40, (name) => name === 'camera' || name === 'color', 2);

  it('lets a plant without an instrument teach the mappings to it', async () => {
    const teacher = modulesOf(
      await trainOnce(plan, 'generators', parts, onnx),
      await trainOnce(plan, 'mappings', parts, onnx),
    );
    const { modules } = await trainOnce(plan, 'completion', blind, onnx, { modules: teacher });
    const taught = [mappingName('camera', 'gauge'), mappingName('camera', 'note')].filter((name) =>
      modules.has(name),
    );
    expect(taught.length).toBeGreaterThan(0);
    for (const name of taught) expect(modules.get(name)!.samples).toBeLessThanOrEqual(40);
    for (const name of taught) {
      const { measured, completed } = modules.get(name)!.backing;
      expect(measured).toBe(0);
      expect(Object.values(completed).reduce((sum, count) => sum + count)).toBeLessThanOrEqual(40);
      expect(Object.keys(completed)).not.toContain(name.split('←')[1]);
    }
    expect(modules.get('mapping/gauge←note')!.backing).toEqual({ measured: 40, completed: {} });
    expect(modules.has('decoder/camera')).toBe(false);
  });

  it('lets a plant whose only way to an instrument is a bridge teach by it, where the plan allows bridges', async () => {
    const sure = tinyPlan({
      training: { ...plan.training, localEpochs: 60 },
      research: { ...plan.research, betaWarmupRounds: 0, beta: 0.1 },
    });
    let modules = modulesOf(await trainOnce(sure, 'generators', parts, onnx));
    // Nobody holds the camera with anything but colour, nor colour with the note.
    for (const pair of [
      ['camera', 'color'],
      ['color', 'gauge'],
    ]) {
      const two = syntheticParts(plan, 60, (name) => !pair.includes(name));
      modules = { ...modules, ...modulesOf(await trainOnce(sure, 'mappings', two, onnx, { modules })) };
    }
    const held = ['gauge', 'note'];
    const colourless = syntheticParts(plan, 40, (name) => !held.includes(name), 2);
    const bridged = { ...plan, reconstruction: { ...plan.reconstruction, bridges: true } };
    const without = await trainOnce(plan, 'completion', colourless, onnx, { modules });
    expect(without.modules.has('mapping/camera←note')).toBe(false);
    const taught = await trainOnce(bridged, 'completion', colourless, onnx, { modules });
    const { measured, completed } = taught.modules.get('mapping/camera←note')!.backing;
    expect([measured, Object.keys(completed)]).toEqual([0, ['gauge']]);
    expect(taught.modules.has('mapping/camera←gauge')).toBe(false);
    const { train, use } = moduleUse(bridged, held, 'completion', 1);
    expect(use).toEqual(expect.arrayContaining(['encoder/color', 'decoder/color', 'mapping/camera←color']));
    expect(new Set([...train, ...use]).size).toBe(train.length + use.length);
  });

  it('does not teach with mappings nobody has trained', async () => {
    const { modules } = await trainOnce(plan, 'completion', blind, onnx);
    expect([...modules.keys()].sort()).toEqual(['mapping/gauge←note', 'mapping/note←gauge']);
  });
});

describe('one round on two engines', () => {
  it.each(['generators', 'mappings', 'completion'] as const)(
    'gives the same weights in %s',
    async (stage) => {
      const small = tinyPlan({ training: { batch: 8, localEpochs: 1, learningRate: 0.01, seed: 7 } });
      const parts = syntheticParts(small, 32, (name, part) => name === 'camera' && part % 4 === 0);
      const reference = await referencePrograms();
      const modules =
        stage === 'generators'
          ? {}
          : modulesOf(
              await trainOnce(small, 'generators', parts, onnx),
              await trainOnce(small, 'mappings', parts, onnx),
            );
      const expected = await trainOnce(small, stage, parts, reference, { modules, round: 6 });
      const actual = await trainOnce(small, stage, parts, onnx, { modules, round: 6 });
      expect(worstDifference(tensorsOf(actual), tensorsOf(expected)).relative).toBeLessThan(1e-4);
      await reference.dispose();
    },
    60_000,
  );

  it('maps from the latent mean, as in the paper, where the plan says so', async () => {
    const paper = tinyPlan({ mapping: { hidden: [8] }, research: { mappingInput: 'latent' } });
    const programs = await onnxPrograms();
    const { modules } = await trainOnce(paper, 'mappings', syntheticParts(paper, 20), programs);
    expect(modules.get('mapping/color←note')!.tensors['mapping/color←note/hidden0/kernel']!.shape).toEqual([
      2, 8,
    ]);
    await programs.dispose();
  });
});

describe('a learning rate far too high', () => {
  it('ends in an error that says so, not in weights that are no numbers', async () => {
    const wild = tinyPlan({
      training: { batch: 8, localEpochs: 50, learningRate: 0.1, seed: 7 },
      research: { beta: 10 },
    });
    const parts = syntheticParts(wild, 20, (name) => name !== 'gauge');
    const huge = parts['gauge/values']!.data.fill(1e18);
    expect(huge.length).toBeGreaterThan(0);
    const programs = await onnxPrograms();
    await expect(trainOnce(wild, 'generators', parts, programs)).rejects.toThrow(/training-diverged/);
    await programs.dispose();
  });
});
