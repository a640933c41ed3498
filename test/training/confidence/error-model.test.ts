import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packedLength } from '../../../protocol/calibration/lengths.ts';
import { merged } from '../../../protocol/calibration/statistics.ts';
import { backward, cholesky, forward } from '../../../training/confidence/cholesky.ts';
import { errorModelOf, momentsOf } from '../../../training/confidence/error-model.ts';
import { randomFeatures } from '../../../training/confidence/random-features.ts';
import { columnSums, scaled, scalingOf } from '../../../training/confidence/scaling.ts';
import { fillNormal } from '../../../training/random/draws.ts';
import { keyOf } from '../../../training/random/threefry.ts';

function normals(count: number, ...path: (string | number)[]): Float32Array {
  const values = new Float32Array(count);
  fillNormal(values, keyOf(1, ...path));
  return values;
}

/** Parts on a line from −1 to 1 whose error grows with the distance from 0. */
const features = randomFeatures(1, [1, 1], 64);
const places = Array.from({ length: 400 }, (_, part) => (part % 200) / 100 - 1);
const bases = places.map((place) => features.of(Float64Array.of(place, 1 - place)));
const logErrors = places.map((place, part) => 2 * place ** 2 - 3 + 0.1 * normals(400, 'noise')[part]!);

describe('a packed Cholesky factor', () => {
  it('solves the system that it was made from', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 1000 }), (size, seed) => {
        const rows = Array.from({ length: 2 * size }, (_, row) => [...normals(size, 'rows', seed, row)]);
        const matrix = new Float64Array(packedLength(size));
        const at = (a: number, b: number) =>
          rows.reduce((sum, row) => sum + row[a]! * row[b]!, a === b ? 0.1 : 0);
        for (let a = 0; a < size; a++) for (let b = 0; b <= a; b++) matrix[packedLength(a) + b] = at(a, b);
        const x = Float64Array.from(normals(size, 'x', seed));
        const b = x.map((_, a) => x.reduce((sum, value, place) => sum + at(a, place) * value, 0));
        const factor = cholesky(matrix, size);
        for (const [place, value] of backward(factor, forward(factor, b)).entries())
          expect(value).toBeCloseTo(x[place]!, 5);
      }),
      { numRuns: 40, seed: 1 },
    );
  });

  it('refuses a matrix that has none', () => {
    expect(() => cholesky(Float64Array.of(1, 2, 1), 2)).toThrow('positive definite');
  });
});

describe('an error model', () => {
  const model = errorModelOf(momentsOf(bases, logErrors));

  it('expects the errors that parts like this one had', () => {
    for (const place of [-0.9, 0, 0.5])
      expect(model.expect(features.of(Float64Array.of(place, 1 - place))).logError).toBeCloseTo(
        2 * place ** 2 - 3,
        1,
      );
  });

  it('is as unsure as parts like this one differed', () => {
    const { deviation } = model.expect(bases[100]!);
    expect(deviation).toBeGreaterThan(0.08);
    expect(deviation).toBeLessThan(0.12);
  });

  it('says that a part is unlike all it was made from, and is less sure of it', () => {
    const [known, strange] = [0, 4].map((place) =>
      model.expect(features.of(Float64Array.of(place, 1 - place))),
    );
    expect(strange!.leverage).toBeGreaterThan(10 * known!.leverage);
    expect(strange!.deviation).toBeGreaterThan(known!.deviation);
  });

  it('is the same from the sums of several plants as from all parts in one place', () => {
    const cuts = [0, 50, 260, 400];
    const plants = cuts.slice(1).map((end, plant) => {
      const own = [cuts[plant]!, end] as const;
      return momentsOf(bases.slice(...own), logErrors.slice(...own));
    });
    const [first, ...rest] = plants;
    const together = errorModelOf(merged([first!, ...rest])).expect(bases[7]!);
    const pooled = model.expect(bases[7]!);
    expect(together.logError).toBeCloseTo(pooled.logError, 9);
    expect(together.leverage).toBeCloseTo(pooled.leverage, 9);
  });

  it('is not made from statistics of different things', () => {
    const one = momentsOf(bases.slice(0, 3), logErrors);
    const short = { ...one, moment: one.moment.slice(1) };
    expect(() => merged([one, short])).toThrow('"moment"');
    expect(() => merged<Record<string, Float64Array>>([one, { count: one.count }])).toThrow(
      'different things',
    );
  });
});

describe('the scaling of features', () => {
  it('is that of all plants’ parts together, and cuts off what is wild', () => {
    const data = Float32Array.of(1, 10, 3, 10, 5, 10, 7, 10);
    const table = { data, width: 2 };
    const sums = merged([columnSums(table, Uint32Array.of(0, 1)), columnSums(table, Uint32Array.of(2, 3))]);
    const scaling = scalingOf(sums);
    expect([...scaling.centre]).toEqual([4, 10]);
    expect(scaled([4 + scaling.width[0]!, 10], scaling)[0]).toBeCloseTo(1, 9);
    expect([...scaled([1e9, -1e9], scaling)]).toEqual([6, -6]);
  });
});
