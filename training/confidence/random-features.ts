import { fillNormal, fillUniform } from '../random/draws.ts';
import { keyOf } from '../random/threefry.ts';

/** Random features: a fixed nonlinear basis, the same wherever it is made from the same seed and widths. */
interface RandomFeatures {
  /** Number of values that {@link of} gives. */
  readonly size: number;
  /** Basis at scaled features, block by block as wide as it was made for. */
  of(features: Float64Array): Float64Array;
}

/** Distance, in widths of a block, over which the basis changes: found on the demonstration plants. */
const lengthScale = 2;

/**
 * Random Fourier features of a Gaussian kernel (Rahimi and Recht, NIPS 2007), with the features itself and a constant
 * beside them: a linear model on them is nearly a Gaussian process, and its sums can be added up over plants.
 * @param blocks widths of the blocks of features; each counts the same, however wide it is
 * @param cosines number of random features
 */
export function randomFeatures(seed: number, blocks: readonly number[], cosines: number): RandomFeatures {
  const width = blocks.reduce((sum, block) => sum + block, 0);
  const weights = Float64Array.from(blocks.flatMap((block) => new Array<number>(block).fill(block ** -0.5)));
  const directions = new Float32Array(cosines * width);
  fillNormal(directions, keyOf(seed, 'random features', 'directions', width));
  const phases = new Float32Array(cosines);
  fillUniform(phases, keyOf(seed, 'random features', 'phases', width), 0, 2 * Math.PI);
  const amplitude = Math.sqrt(2 / cosines);
  const size = cosines + width + 1;
  return {
    size,
    of(features) {
      const basis = new Float64Array(size);
      const linear = features.map((value, place) => value * weights[place]!);
      const near = linear.map((value) => value / lengthScale);
      for (let index = 0; index < cosines; index++) {
        let angle = phases[index]!;
        const start = index * width;
        for (let place = 0; place < width; place++) angle += directions[start + place]! * near[place]!;
        basis[index] = amplitude * Math.cos(angle);
      }
      basis.set(linear, cosines);
      basis[size - 1] = 1;
      return basis;
    },
  };
}
