import { describe, expect, it } from 'vitest';
import { moduleCost } from '../../../protocol/cost.ts';
import { type ModuleName, modulesOf } from '../../../protocol/modules.ts';
import { openEngine } from '../../../training/engine/index.ts';
import { datasetOf } from '../../../training/learning/datasets.ts';
import { openPrograms } from '../../../training/learning/programs.ts';
import { trainRound } from '../../../training/learning/round.ts';
import { planTraffic, scheduleBytes, secondsOnLine } from '../../../training/pilot/traffic.ts';
import { meter, productNeeds } from '../../bench/reconstruction/traffic.ts';
import { simulate } from '../../bench/simulate.ts';
import { syntheticParts } from '../model/parts.ts';
import { tinyPlan } from '../model/plans.ts';

const plan = tinyPlan();
const bytes = (...names: ModuleName[]) => names.reduce((sum, name) => sum + moduleCost(plan, name).bytes, 0);

describe('traffic of a plan', () => {
  it('is what a plant trains, and fetches as often as others change it', () => {
    const [generators, mappings] = planTraffic(plan, ['gauge', 'note']);
    const own: ModuleName[] = ['encoder/gauge', 'decoder/gauge', 'encoder/note', 'decoder/note'];
    expect(generators).toMatchObject({ up: bytes(...own), down: bytes(...own), once: 0 });
    const pair: ModuleName[] = ['mapping/gauge←note', 'mapping/note←gauge'];
    expect(mappings).toMatchObject({ up: bytes(...pair), down: bytes(...pair), once: bytes(...own) });
  });

  it('is less for a plant that measures less, and never more than the whole model both ways', () => {
    const [few, all] = [['gauge', 'note'], plan.modalities.map(({ name }) => name)].map((has) =>
      planTraffic(plan, has),
    );
    const whole = bytes(...modulesOf(plan));
    for (const [index, stage] of all!.entries()) {
      expect(few![index]!.up).toBeLessThan(stage.up + 1);
      expect(stage.up + stage.down).toBeLessThanOrEqual(2 * whole);
    }
  });

  it('is what a simulated federation exchanges', async () => {
    const programs = openPrograms(await openEngine({ engine: 'onnx', threads: 1 }));
    const small = tinyPlan({
      stages: [
        { stage: 'generators', rounds: 2 },
        { stage: 'mappings', rounds: 2 },
      ],
    });
    const plants = ['a', 'b'].map((name, index) => ({
      name,
      dataset: datasetOf(
        small,
        syntheticParts(small, 12, (modality) => modality === 'color', index),
      ),
    }));
    const counted = meter(trainRound, productNeeds);
    for await (const _round of simulate(small, plants, programs, counted.train));
    const expected = planTraffic(small, ['camera', 'gauge', 'note']);
    // In the first round nobody holds anything that could be fetched.
    const first = expected[0]!.down + expected[1]!.down;
    expect(counted.bytes()).toBe(2 * (scheduleBytes(expected) - first));
    await programs.dispose();
  });

  it('takes eight bits a byte on a line', () => {
    expect(secondsOnLine(10e6, 10)).toBeCloseTo(8);
  });
});
