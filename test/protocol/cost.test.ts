import { describe, expect, it } from 'vitest';
import { moduleCost, pathCost, trainingFlop } from '../../protocol/cost.ts';
import { reconstructionCost } from '../bench/reconstruction/cost.ts';
import { tinyPlan } from '../training/model/plans.ts';

const plan = tinyPlan();

describe('the cost of a module', () => {
  it('counts a dense decoder by hand: 3 → 8 → 9 → 10, and a variance a value', () => {
    const multiplyAdds = 3 * 8 + 8 * 9 + 9 * 10;
    const parameters = multiplyAdds + (8 + 9 + 10) + 10;
    expect(moduleCost(plan, 'decoder/gauge')).toEqual({
      parameters,
      bytes: 4 * parameters,
      multiplyAdds,
      flop: 2 * multiplyAdds,
    });
  });

  it('counts a convolution at each place of its output, and a transposed one at each of its input', () => {
    // 8 × 9 × 3 → 4 × 5 × 2 → 2 × 3 × 3, then 18 → 10, then mean and log-variance of 4.
    const encoder = 4 * 5 * (3 * 3 * 3 * 2) + 2 * 3 * (3 * 3 * 2 * 3) + 18 * 10 + 2 * 10 * 4;
    expect(moduleCost(plan, 'encoder/color').multiplyAdds).toBe(encoder);
    const decoder = 4 * 10 + 10 * 18 + 2 * 3 * (4 * 4 * 3 * 2) + 4 * 5 * (4 * 4 * 2 * 3);
    expect(moduleCost(plan, 'decoder/color').multiplyAdds).toBe(decoder);
  });

  it('adds up a whole way of reconstruction: encoders, mappings, one decoder', () => {
    const encoders = 10 * 9 + 9 * 8 + 2 * 8 * 3 + (64 * 7 + 2 * 7 * 2);
    const mappings = 8 * 8 + 8 * 6 + 2 * 6 * 3 + (7 * 8 + 8 * 6 + 2 * 6 * 3);
    const decoder = 3 * 12 + 12 * 64;
    const way = reconstructionCost(plan, 'camera', ['gauge', 'note']);
    expect(way.multiplyAdds).toBe(encoders + mappings + decoder);
    expect(reconstructionCost(plan, 'note', [])).toEqual(pathCost(plan, ['encoder/note', 'decoder/note']));
  });

  it('counts three passes for training what has something trained before it, two for the rest', () => {
    expect(trainingFlop(plan, 'encoder/gauge')).toBe(2 * (2 * 90 + 3 * (72 + 24 + 24)));
    expect(trainingFlop(plan, 'decoder/gauge')).toBe(2 * 3 * (24 + 72 + 90));
    const mapping = 2 * 64 + 3 * (48 + 18 + 18);
    expect(trainingFlop(plan, 'mapping/camera←gauge')).toBe(2 * (mapping + 2 * (36 + 768)));
  });

  it('refuses a modality the plan does not have', () => {
    expect(() => moduleCost(plan, 'encoder/radar')).toThrow(/modality-unknown/);
    expect(() => reconstructionCost(plan, 'radar', ['gauge'])).toThrow(/modality-unknown/);
  });
});
