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

/** What a convolutional modality is made of, from its values down. */
export interface Pyramid {
  readonly input: Grid;
  /** Channels after each convolution. */
  readonly filters: readonly number[];
  /** Of every convolution; 1 leaves an axis as it is, which a signal's height is. */
  readonly strides: readonly [height: number, width: number];
}

/** The encoder's convolutions: each divides a side by its stride, rounding up. */
export function convolutions({ input, filters, strides }: Pyramid): Convolution[] {
  // An odd kernel of 2 × stride − 1 sees every value and has a middle.
  const window = strides.map((stride) => 2 * stride - 1) as [number, number];
  return filters.map((channels, index) => {
    const from = gridAfter({ input, filters, strides }, index);
    const to = gridAfter({ input, filters, strides }, index + 1);
    return { name: `convolution${index}`, from, to, kernel: [...window, from[2], channels], strides };
  });
}

/** The decoder's way back to the exact size. */
export function transposedConvolutions({ input, filters, strides }: Pyramid): Convolution[] {
  // A kernel of a whole multiple of the stride leaves no checkerboard: Odena et al., 2016, DOI 10.23915/distill.00003.
  const window = strides.map((stride) => (stride === 1 ? 1 : 2 * stride)) as [number, number];
  return filters.map((_, index) => {
    const from = gridAfter({ input, filters, strides }, filters.length - index);
    const to = gridAfter({ input, filters, strides }, filters.length - index - 1);
    return { name: `transposed${index}`, from, to, kernel: [...window, to[2], from[2]], strides };
  });
}

/** How often a side can be divided by a stride, rounding up, until one value is left. */
export function mostConvolutions(side: number, stride: number): number {
  return side <= 1 ? 0 : 1 + mostConvolutions(Math.ceil(side / stride), stride);
}

/** Values of a grid. */
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
