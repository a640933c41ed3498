/** Height, width and channels of an image or of a layer's activations; a signal is one row of values. */
export type Grid = readonly [height: number, width: number, channels: number];

/** A strided convolution with `same` padding, or a transposed one; a transposed kernel is [height, width, out, in]. */
export interface Convolution {
  readonly name: string;
  readonly from: Grid;
  readonly to: Grid;
  readonly kernel: readonly [height: number, width: number, channels: number, channels: number];
  readonly strides: readonly [height: number, width: number];
}

/** Shape of a convolutional modality's layers: its grid of values, and the convolutions on it. */
export interface Pyramid {
  readonly input: Grid;
  /** Channels after each convolution. */
  readonly filters: readonly number[];
  /** Strides of every convolution; 1 leaves an axis as it is, such as a signal's height. */
  readonly strides: readonly [height: number, width: number];
}

/** Convolutions of the encoder: each divides a side by its stride, rounding up. */
export function convolutions({ input, filters, strides }: Pyramid): Convolution[] {
  // An odd kernel of 2 × stride − 1 sees every value and has a middle.
  const window = strides.map((stride) => 2 * stride - 1) as [number, number];
  return filters.map((channels, index) => {
    const from = gridAfter({ input, filters, strides }, index);
    const to = gridAfter({ input, filters, strides }, index + 1);
    return { name: `convolution${index}`, from, to, kernel: [...window, from[2], channels], strides };
  });
}

/** Transposed convolutions of the decoder, back to the exact size of the input. */
export function transposedConvolutions({ input, filters, strides }: Pyramid): Convolution[] {
  // A kernel of a whole multiple of the stride leaves no checkerboard: Odena et al., 2016, DOI 10.23915/distill.00003.
  const window = strides.map((stride) => (stride === 1 ? 1 : 2 * stride)) as [number, number];
  return filters.map((_, index) => {
    const from = gridAfter({ input, filters, strides }, filters.length - index);
    const to = gridAfter({ input, filters, strides }, filters.length - index - 1);
    return { name: `transposed${index}`, from, to, kernel: [...window, to[2], from[2]], strides };
  });
}

/** Number of times a side can be divided by a stride, rounding up, until one value is left. */
export function mostConvolutions(side: number, stride: number): number {
  return side <= 1 ? 0 : 1 + mostConvolutions(Math.ceil(side / stride), stride);
}

/** Number of values of a grid. */
export function gridSize([height, width, channels]: Grid): number {
  return height * width * channels;
}

function gridAfter({ input, filters, strides }: Pyramid, layers: number): Grid {
  if (layers === 0) return input;
  const side = (length: number, stride: number) => {
    for (let layer = 0; layer < layers; layer++) length = Math.ceil(length / stride);
    return length;
  };
  return [side(input[0], strides[0]), side(input[1], strides[1]), filters[layers - 1]!];
}
