import { side } from '../../../main/demo/garments.ts';
import type { Random } from '../../../main/demo/random.ts';

/** A camera as it fails: 28 × 28 grey values of 0…255 to what it takes instead. */
export type FaultyCamera = (pixels: Uint8Array, random: Random) => Uint8Array;

/** Out of focus: a Gaussian of this standard deviation in pixels. */
export function blurred(sigma: number): FaultyCamera {
  const reach = Math.ceil(3 * sigma);
  const weights = Array.from({ length: 2 * reach + 1 }, (_, index) => gaussian(index - reach, sigma));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const along = (at: (offset: number) => number) =>
    weights.reduce((sum, weight, index) => sum + (weight / total) * at(index - reach), 0);
  return (pixels) => {
    const rows = image((x, y) => along((offset) => pixelAt(pixels, x + offset, y)));
    return Uint8Array.from(image((x, y) => along((offset) => pixelAt(rows, x, y + offset))));
  };
}

/** Mounted askew: each image turned about its middle by an angle of up to `degrees`, either way. */
export function rotated(degrees: number): FaultyCamera {
  return (pixels, random) => {
    const angle = (2 * random.uniform() - 1) * degrees * (Math.PI / 180);
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const middle = (side - 1) / 2;
    return Uint8Array.from(
      image((x, y) => {
        const [u, v] = [x - middle, y - middle];
        return between(pixels, middle + cos * u + sin * v, middle - sin * u + cos * v);
      }),
    );
  };
}

/** A lamp in the picture: a spot somewhere, white in its middle and half as bright `radius` pixels from there. */
export function glaring(radius: number): FaultyCamera {
  const sigma = radius / Math.sqrt(2 * Math.LN2);
  return (pixels, random) => {
    const [left, top] = [random.uniform() * side, random.uniform() * side];
    return Uint8Array.from(
      image((x, y) =>
        Math.min(255, pixelAt(pixels, x, y) + 255 * gaussian(Math.hypot(x - left, y - top), sigma)),
      ),
    );
  };
}

function gaussian(distance: number, sigma: number): number {
  return Math.exp(-(distance ** 2) / (2 * sigma ** 2));
}

function image(valueAt: (x: number, y: number) => number): Float64Array {
  return Float64Array.from({ length: side * side }, (_, index) =>
    valueAt(index % side, Math.floor(index / side)),
  );
}

/** Outside of the photograph it is as dark as its background. */
function pixelAt(pixels: ArrayLike<number>, x: number, y: number): number {
  return x < 0 || y < 0 || x >= side || y >= side ? 0 : pixels[y * side + x]!;
}

/** Bilinear. */
function between(pixels: Uint8Array, x: number, y: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [right, down] = [x - left, y - top];
  const line = (row: number) =>
    (1 - right) * pixelAt(pixels, left, row) + right * pixelAt(pixels, left + 1, row);
  return (1 - down) * line(top) + down * line(top + 1);
}
