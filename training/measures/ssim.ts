/** Extent of a row of values in space: channels last, the other axes from the slowest on. */
interface Extent {
  /** Sides: [height, width] of an image, [length] of a signal. */
  readonly sides: readonly number[];
  readonly channels: number;
}

/** Constants of the paper for values of a range of 1: (0.01)² and (0.03)². */
const [c1, c2] = [0.01 ** 2, 0.03 ** 2];
/** Gaussian window of the paper: 11 wide, σ = 1.5; narrower where a side is shorter. */
const [windowWidth, windowSigma] = [11, 1.5];

/**
 * Mean structural similarity of two measurements in 0…1: the index of Wang, Bovik, Sheikh and Simoncelli, IEEE
 * TIP 13 (4), 2004, equation 13, with its Gaussian window moved over all places where it fits whole; over both
 * axes of an image, over the one axis of a signal; channels count equally.
 * @returns −1…1; 1 only for equal values
 */
export function ssim(a: ArrayLike<number>, b: ArrayLike<number>, { sides, channels }: Extent): number {
  let sum = 0;
  for (let channel = 0; channel < channels; channel++) {
    const pick = (values: ArrayLike<number>) =>
      Float64Array.from({ length: a.length / channels }, (_, index) => values[index * channels + channel]!);
    sum += ssimOfPlane(pick(a), pick(b), sides);
  }
  return sum / channels;
}

function ssimOfPlane(a: Float64Array, b: Float64Array, sides: readonly number[]): number {
  const blur = (values: Float64Array) =>
    sides.reduce((blurred, _, axis) => blurAxis(blurred, blurredSides(sides, axis), axis), values);
  const product = (x: Float64Array, y: Float64Array) => x.map((value, index) => value * y[index]!);
  const [meanA, meanB] = [blur(a), blur(b)];
  const [squareA, squareB, cross] = [blur(product(a, a)), blur(product(b, b)), blur(product(a, b))];
  let sum = 0;
  for (let place = 0; place < meanA.length; place++) {
    const [ma, mb] = [meanA[place]!, meanB[place]!];
    const [va, vb] = [squareA[place]! - ma * ma, squareB[place]! - mb * mb];
    const covariance = cross[place]! - ma * mb;
    sum += ((2 * ma * mb + c1) * (2 * covariance + c2)) / ((ma * ma + mb * mb + c1) * (va + vb + c2));
  }
  return sum / meanA.length;
}

/** Sides after the axes before `axis` have been blurred. */
function blurredSides(sides: readonly number[], axis: number): number[] {
  return sides.map((side, index) => (index < axis ? side - windowOf(side).length + 1 : side));
}

/** Weighted means along one axis, at every place where the window fits. */
function blurAxis(values: Float64Array, sides: readonly number[], axis: number): Float64Array {
  const window = windowOf(sides[axis]!);
  const length = sides[axis]! - window.length + 1;
  const stride = sides.slice(axis + 1).reduce((product, side) => product * side, 1);
  const outer = sides.slice(0, axis).reduce((product, side) => product * side, 1);
  const blurred = new Float64Array(outer * length * stride);
  for (let block = 0; block < outer; block++)
    for (let place = 0; place < length; place++)
      for (let inner = 0; inner < stride; inner++) {
        let sum = 0;
        for (const [offset, weight] of window.entries())
          sum += weight * values[(block * sides[axis]! + place + offset) * stride + inner]!;
        blurred[(block * length + place) * stride + inner] = sum;
      }
  return blurred;
}

function windowOf(side: number): Float64Array {
  const width = Math.min(windowWidth, side);
  const weights = Float64Array.from({ length: width }, (_, place) =>
    Math.exp(-((place - (width - 1) / 2) ** 2) / (2 * windowSigma ** 2)),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
