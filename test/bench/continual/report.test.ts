import { describe, expect, it } from 'vitest';
import { learners } from './learners.ts';
import { curvesOf, remarksOf, summaryOf, textOf } from './report.ts';
import type { CurvePoint } from './run.ts';

const chosen = learners.filter(({ name }) => name === 'fedrecon' || name === 'naive');
const point = (learner: string, round: number, old: number, fresh: number, seed = 1): CurvePoint => ({
  ...{ learner, seed, round, newShare: round > 12 ? 1 : 0, parts: 100 * round },
  old: { psnr: 20 * old, coherence: old },
  new: { psnr: 20 * fresh, coherence: fresh },
});
const points = [
  point('naive', 6, 0.6, 0.1),
  point('naive', 12, 0.8, 0.1),
  point('naive', 30, 0.3, 0.7),
  point('naive', 12, 0.6, 0.1, 2),
  point('naive', 30, 0.1, 0.7, 2),
  point('fedrecon', 12, 0.8, 0.1),
  point('fedrecon', 30, 0.75, 0.7),
];

describe('the report of the stream', () => {
  it('compares the end with the last round before new types came, as means over the seeds', () => {
    const { before, oldAtEnd, newAtEnd, parts } = summaryOf('naive', points);
    expect(before.coherence).toBeCloseTo(0.7, 9);
    expect(oldAtEnd.coherence).toBeCloseTo(0.2, 9);
    expect(newAtEnd.psnr).toBeCloseTo(14, 9);
    expect(parts).toBe(3000);
    expect(textOf(points, chosen)).toMatch(/fedrecon +80\.0 +75\.0 \(−5\.0\) +70\.0/);
  });

  it('says what the product gives against fine-tuning', () => {
    expect(remarksOf(points, chosen)).toEqual([
      'Against naive, fedrecon at the end: +11.00 dB and +55.0 points of coherence on old types, +0.00 dB and +0.0 points of coherence on new ones, with 1.00 times its parts in the last round.',
    ]);
  });

  it('draws two lines a learner, old types solid and new ones dashed', () => {
    const svg = curvesOf(points, chosen);
    expect(svg.match(/<polyline/g)).toHaveLength(4);
    expect(svg.match(/stroke-dasharray/g)).toHaveLength(2);
    expect(svg).not.toContain('NaN');
  });
});
