import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readGarments } from '../../../main/demo/garments.ts';
import { type Engine, openEngine } from '../../../training/engine/index.ts';
import type { Judge } from '../reconstruction/judge.ts';
import { methods } from '../reconstruction/methods/index.ts';
import { budgets, planOf, type Setting } from '../reconstruction/setting.ts';
import { smallModels } from '../reconstruction/small-models.ts';
import { makeWorld, type World } from '../reconstruction/world.ts';
import { faults } from './faults.ts';
import { cleanCases, type FaultRow, measureCases, noFault } from './measure.ts';
import { markdownOf, textOf, winsOf, withLosses } from './report.ts';

const setting: Setting = {
  alpha: 1,
  missing: 0.3,
  seed: 1,
  budget: {
    ...budgets.quick,
    parts: 200,
    judgeParts: 50,
    rounds: { generators: 1, mappings: 1, completion: 1 },
  },
};
let world: World;
let engine: Engine;
beforeAll(async () => {
  world = makeWorld(await planOf(setting, smallModels), setting, (await readGarments()).slice(0, 500));
  engine = await openEngine({ engine: 'onnx', threads: 1 });
});
afterAll(() => engine.dispose());

/** Sees a bag everywhere. */
const judge: Judge = {
  classify: (images) => Promise.resolve(new Array(images.data.length / images.width).fill(8)),
  dispose: () => Promise.resolve(),
};

describe.each(['fedrecon', 'direct', 'fedavg-poe'])('%s', (name) => {
  it('is asked about faults in inspection, and sees what the faulty instruments show', async () => {
    const method = methods.find((one) => one.name === name)!;
    const asked = [noFault, 'gauge stuck', 'gauge missing', 'note 50 % wrong'];
    const cases = cleanCases.filter((one) => asked.includes(one.name) && one.judged.name === 'all');
    const rows = await measureCases(method, world, cases, 1, judge, engine);
    const of = (fault: string, source: string) =>
      rows.find((row) => row.fault === fault && row.source === source)!;
    for (const [fault, source] of [
      ['gauge stuck', 'gauge'],
      ['gauge stuck', 'both'],
      ['note 50 % wrong', 'note'],
    ] as const) {
      expect(Number.isFinite(of(fault, source).psnr)).toBe(true);
      expect(of(fault, source).psnr).not.toBe(of(noFault, source).psnr);
    }
    expect(of('gauge missing', 'both').psnr).toBe(of(noFault, 'note').psnr);
    const bags = world.test.filter(({ type }) => type === 8).length;
    expect(of(noFault, 'note').coherence).toBeCloseTo(bags / world.test.length, 9);
  });
});

describe('the report', () => {
  const row = (fault: string, judged: string, method: string, psnr: number, seed = 1): FaultRow => ({
    ...{ method, seed, fault, judged, source: 'gauge' },
    ...{ psnr, ssim: psnr / 40, coherence: psnr / 30 },
  });
  const bags = faults.at(-1)!;
  const rows = [
    row(noFault, 'all', 'a', 18),
    row(noFault, 'all', 'a', 20, 2),
    row(noFault, bags.judged.name, 'a', 12),
    row('gauge stuck', 'all', 'a', 17),
    row('gauge stuck', 'all', 'a', 18, 2),
    row(bags.name, bags.judged.name, 'a', 9),
  ];

  it('compares each row with the same method and seed on the same parts', () => {
    expect(withLosses(rows).map(({ fault, lost }) => [fault, lost.psnr])).toEqual([
      ['gauge stuck', 1],
      ['gauge stuck', 2],
      [bags.name, 3],
    ]);
  });

  it('shows means over the seeds with what changed, and a dash where a method has nothing', () => {
    const text = textOf(rows, ['a', 'b']);
    expect(text).toMatch(/none, from gauge +19\.00 +–/);
    expect(text).toMatch(/gauge stuck, from gauge +17\.50 \(−1\.50\) +–/);
    expect(text).toMatch(new RegExp(`${bags.name}, from gauge +9\\.00 \\(−3\\.00\\)`));
    const page = markdownOf(rows, ['a', 'b'], {
      ...{ command: 'npm run it', machine: 'a machine', date: '2026-11-23', images: 500 },
      ...{ alpha: 1, budget: setting.budget, seeds: [1, 2] },
    });
    expect(page).toContain('| gauge stuck | gauge | 17.50 (−1.50) | – |');
    expect(page).toContain('means over seeds 1, 2.');
  });

  it('counts where each method is the best one under a fault', () => {
    const rival = row('gauge stuck', 'all', 'b', 17.6);
    const clean = row(noFault, 'all', 'b', 25);
    expect(winsOf([...rows, rival, clean], ['a', 'b'])[1]).toBe(
      'PSNR, best of 2 lines with a fault: a in 1, b in 1.',
    );
  });
});
