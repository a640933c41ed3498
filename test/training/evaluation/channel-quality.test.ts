import { describe, expect, it } from 'vitest';
import { scaleSignal } from '../../../protocol/kinds/scaling.ts';
import { type Modality, parsePlan } from '../../../protocol/plan.ts';
import { channelQualities } from '../../../training/evaluation/channel-quality.ts';
import { shapeOf, shapePlan } from '../../main/support/shape-plant.ts';

const [camera, shape] = parsePlan(shapePlan).modalities as [Modality, Modality & { kind: 'signal' }];
const truth = Array.from({ length: 40 }, (_, part) => scaleSignal(shape, shapeOf(part)));
const mean = truth[0]!.map((_, place) => truth.reduce((sum, row) => sum + row[place]! / truth.length, 0));

describe('the quality of each channel', () => {
  it('is 1 where it is exact, 0 at the mean and below 0 where the mean is nearer, the worst first', () => {
    const guesses = truth.map((row) =>
      row.map((value, place) => (place === 1 ? 2 * mean[1]! - value : place === 3 ? mean[3]! : value)),
    );
    const found = channelQualities(shape, truth, guesses, mean);
    expect(found.map(({ name }) => name).slice(0, 2)).toEqual(['holes', 'distance']);
    expect(found[0]!.r2).toBeCloseTo(-3, 4);
    expect(found[1]!.r2).toBeCloseTo(0, 4);
    for (const { r2 } of found.slice(2)) expect(r2).toBeCloseTo(1, 6);
    expect(found[1]).toMatchObject({ unit: 'nm' });
  });

  it('is told of values that a plan takes for alike and that are not, by their numbers', () => {
    const { channels: _, ...rest } = shape;
    const one = { ...rest, unit: '', range: [0, 101_000] } as Modality & { kind: 'signal' };
    const rows = Array.from({ length: 40 }, (_, part) => scaleSignal(one, shapeOf(part)));
    // The case that came back as −197…136 holes of 0…2: an error that is nothing of the whole range.
    const guesses = rows.map((row, part) => row.map((value) => value + (part % 2 === 0 ? 0.001 : -0.001)));
    const average = rows[0]!.map((_, place) => rows.reduce((sum, row) => sum + row[place]! / rows.length, 0));
    const found = channelQualities(one, rows, guesses, average);
    expect(found.filter(({ r2 }) => r2 <= 0).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['2', '3', '4']),
    );
    expect(found.at(-1)).toMatchObject({ name: '1' });
    expect(found.at(-1)!.r2).toBeGreaterThan(0.9);
  });

  it('is not told of what stands still, nor of what is judged as a whole', () => {
    const still = truth.map((row) => row.with(2, 0.5));
    const found = channelQualities(shape, still, still, mean.with(2, 0.5));
    expect(found.map(({ name }) => name)).not.toContain('place');
    expect(found).toHaveLength(5);
    const pictures = truth.map(() => new Float32Array(64));
    expect(channelQualities(camera, pictures, pictures, new Float32Array(64))).toEqual([]);
  });
});
