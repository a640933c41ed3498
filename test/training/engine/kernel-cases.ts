import * as tf from '@tensorflow/tfjs';
import { sizeOf } from '../../../protocol/tensors.ts';

export type Range = readonly [low: number, high: number];

/** One kernel on random operands: which shapes, from which range, and what is computed. */
export interface KernelCase {
  readonly run: (...operands: tf.Tensor[]) => tf.Tensor | tf.Tensor[];
  /** Shapes of the operands, from three random sizes between 1 and 4. */
  readonly shapes: (a: number, b: number, c: number) => number[][];
  readonly range?: Range;
  /** False where TensorFlow.js defines no gradient. */
  readonly gradient?: false;
}

const one = (
  run: (x: tf.Tensor) => tf.Tensor | tf.Tensor[],
  options: Partial<KernelCase> = {},
): KernelCase => ({
  run,
  shapes: (a, b, c) => [[a, b, c]],
  ...options,
});

/** Operands that broadcast against one another. */
const two = (
  run: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor,
  options: Partial<KernelCase> = {},
): KernelCase => ({
  run,
  shapes: (a, b, c) => [
    [a, 1, c],
    [b, c],
  ],
  ...options,
});

const flag = (tensor: tf.Tensor) => tf.cast(tensor, 'float32');
const condition = (x: tf.Tensor) => tf.greater(x, 0.2);
const positive: Partial<KernelCase> = { range: [0.1, 3] };
const constant: Partial<KernelCase> = { gradient: false };
const wide: Partial<KernelCase> = { range: [-6, 6] };

/** `count` row numbers of `x`, in turn. */
const rows = (x: tf.Tensor, count: number) =>
  tf.tensor1d(
    Int32Array.from({ length: count }, (_, index) => index % x.shape[0]!),
    'int32',
  );
const flags = (shape: readonly number[]) =>
  Float32Array.from({ length: sizeOf(shape) }, (_, index) => index % 2);
const same = (a: number, b: number, c: number) => [
  [a, b, c],
  [a, b, c],
];

/** Image batches: TensorFlow.js wants the rank in the type. */
const images = (x: tf.Tensor) => x as tf.Tensor4D;
const convolution = (run: KernelCase['run'], input: number, kernel: number): KernelCase => ({
  run,
  shapes: (a, b, c) => [
    [a, input, input + 1, b],
    [kernel, kernel, b, c],
  ],
});
const picture = (run: (x: tf.Tensor4D) => tf.Tensor): KernelCase => ({
  run: (x) => run(images(x!)),
  shapes: (a, b, c) => [[a, 2 * b, 2 * c, 3]],
});

/** At least one case for every kernel of the trace table; a kernel with several forms has one each. */
export const kernelCases: Readonly<Record<string, readonly KernelCase[]>> = {
  Abs: [one(tf.abs)],
  Add: [two(tf.add)],
  AddN: [two((a, b) => tf.addN([a, tf.add(tf.zerosLike(a), a)]).mul(b))],
  All: [one((x) => flag(tf.all(condition(x), 1)), constant)],
  Any: [one((x) => flag(tf.any(condition(x), [0, 2])), constant)],
  AvgPool: [
    picture((x) => tf.avgPool(x, 2, 2, 'valid')),
    picture((x) => tf.avgPool(x, 2, 1, 'valid')),
    { ...picture((x) => tf.avgPool(x, 3, 2, 'same')), ...constant },
  ],
  AvgPoolGrad: [picture((x) => tf.avgPool(tf.square(x), [2, 1], [2, 1], 'valid'))],
  BatchMatMul: [
    {
      run: (a, b) => tf.matMul(a!, b!),
      shapes: (a, b, c) => [
        [a, b],
        [b, c],
      ],
    },
    {
      run: (a, b) => tf.matMul(a!, b!, true, false),
      shapes: (a, b, c) => [
        [b, a],
        [b, c],
      ],
    },
    {
      run: (a, b) => tf.matMul(a!, b!, false, true),
      shapes: (a, b, c) => [
        [a, b],
        [c, b],
      ],
    },
    {
      run: (a, b) => tf.matMul(a!, b!, true, true),
      shapes: (a, b, c) => [
        [2, b, a],
        [2, c, b],
      ],
    },
    {
      run: (a, b) => tf.matMul(a!, b!),
      shapes: (a, b, c) => [
        [2, 3, a, b],
        [2, 3, b, c],
      ],
    },
  ],
  Cast: [
    one((x) => flag(tf.cast(x, 'int32')), { ...constant, ...wide }),
    one((x) => flag(tf.cast(condition(x), 'int32')), constant),
  ],
  Ceil: [one(tf.ceil, wide)],
  ClipByValue: [one((x) => tf.clipByValue(x, -0.5, 0.5))],
  Concat: [
    {
      run: (a, b) => tf.concat([a!, b!, a!], 1),
      shapes: (a, b, c) => [
        [a, b],
        [a, c],
      ],
    },
    {
      run: (a, b) => tf.concat([a!, b!], -1),
      shapes: (a, b, c) => [
        [2, a, b],
        [2, a, c],
      ],
    },
  ],
  Conv2D: [
    convolution((x, w) => tf.conv2d(images(x!), images(w!), 1, 'same'), 4, 3),
    convolution((x, w) => tf.conv2d(images(x!), images(w!), 2, 'valid'), 6, 3),
    convolution((x, w) => tf.conv2d(images(x!), images(w!), 2, 'same'), 7, 4),
    convolution(
      (x, w) =>
        tf.conv2d(
          images(x!),
          images(w!),
          [2, 1],
          [
            [0, 0],
            [1, 0],
            [1, 1],
            [0, 0],
          ],
        ),
      5,
      3,
    ),
    { ...convolution((x, w) => tf.conv2d(images(x!), images(w!), 1, 'same', 'NHWC', 2), 6, 3), ...constant },
    {
      run: (x, w) => tf.conv2d(images(x!), images(w!), 2, 'same'),
      shapes: (a) => [
        [9, 6, 6, 6],
        [3, 3, 6, 4 * a],
      ],
    },
  ],
  Conv2DBackpropFilter: [convolution((x, w) => tf.conv2d(images(x!).square(), images(w!), 2, 'same'), 6, 3)],
  Conv2DBackpropInput: [
    {
      run: (x, w) =>
        tf.conv2dTranspose(images(x!), images(w!), [x!.shape[0]!, 6, 8, w!.shape[2]!], 2, 'same'),
      shapes: (a, b, c) => [
        [a, 3, 4, b],
        [3, 3, c, b],
      ],
    },
  ],
  Cos: [one(tf.cos)],
  Elu: [one(tf.elu, wide)],
  EluGrad: [one((x) => tf.elu(tf.mul(x, 2)))],
  Equal: [two((a, b) => flag(tf.equal(tf.round(a), tf.round(b))), constant)],
  Erf: [one(tf.erf, wide)],
  Exp: [one(tf.exp)],
  ExpandDims: [one((x) => tf.expandDims(x, 1)), one((x) => tf.expandDims(x, -1))],
  Expm1: [one(tf.expm1, wide), one(tf.expm1, { range: [-1e-3, 1e-3] })],
  Fill: [one((x) => tf.mul(tf.fill(x.shape, 2.5), x))],
  Floor: [one(tf.floor, wide)],
  FloorDiv: [two(tf.floorDiv, { ...constant, range: [0.5, 6] })],
  FusedConv2D: [
    {
      run: (x, w, bias) =>
        tf.fused.conv2d({
          x: images(x!),
          filter: images(w!),
          strides: 1,
          pad: 'same',
          bias: bias!,
          activation: 'relu',
        }),
      shapes: (a, b, c) => [[a, 4, 4, b], [3, 3, b, c], [c]],
      ...constant,
    },
  ],
  GatherV2: [
    one((x) => tf.gather(x, rows(x, 5))),
    one((x) =>
      tf.gather(
        x,
        tf.tensor(
          [
            [0, 0],
            [0, 0],
          ],
          [2, 2],
          'int32',
        ),
        1,
      ),
    ),
  ],
  Greater: [two((a, b) => flag(tf.greater(a, b)), constant)],
  GreaterEqual: [two((a, b) => flag(tf.greaterEqual(a, b)), constant)],
  Identity: [one(tf.clone)],
  IsInf: [one((x) => flag(tf.isInf(tf.div(x, tf.round(x)))), constant)],
  IsNan: [one((x) => flag(tf.isNaN(tf.sqrt(x))), constant)],
  LeakyRelu: [one((x) => tf.leakyRelu(x, 0.1))],
  Less: [two((a, b) => flag(tf.less(a, b)), constant)],
  LessEqual: [two((a, b) => flag(tf.lessEqual(a, b)), constant)],
  Log: [one(tf.log, positive)],
  Log1p: [one(tf.log1p, { range: [-0.9, 4] }), one(tf.log1p, { range: [-1e-3, 1e-3] })],
  LogicalAnd: [two((a, b) => flag(tf.logicalAnd(condition(a), condition(b))), constant)],
  LogicalNot: [one((x) => flag(tf.logicalNot(condition(x))), constant)],
  LogicalOr: [two((a, b) => flag(tf.logicalOr(condition(a), condition(b))), constant)],
  Max: [one((x) => tf.max(x, 1)), one((x) => tf.max(x, [0, 2], true)), one((x) => tf.max(x))],
  Maximum: [two(tf.maximum, { shapes: same }), two(tf.maximum, constant)],
  Mean: [one((x) => tf.mean(x, -1)), one((x) => tf.mean(x, [0, 1], true)), one((x) => tf.mean(x))],
  Min: [one((x) => tf.min(x, 0))],
  Minimum: [two(tf.minimum, { shapes: same }), two(tf.minimum, constant)],
  Multiply: [two(tf.mul), one((x) => tf.mul(x, x))],
  Neg: [one(tf.neg)],
  NotEqual: [two((a, b) => flag(tf.notEqual(tf.round(a), tf.round(b))), constant)],
  OneHot: [one((x) => tf.mul(tf.oneHot(rows(x, 4), 5), 1), constant)],
  OnesLike: [one((x) => tf.add(tf.onesLike(x), x))],
  Pack: [
    two((a, b) => tf.stack([tf.add(a, b), tf.sub(a, b)], 1)),
    two((a, b) => tf.stack([tf.add(a, b), tf.sub(a, b)], -1)),
  ],
  PadV2: [
    one((x) =>
      tf.pad(x, [
        [1, 0],
        [0, 2],
        [3, 1],
      ]),
    ),
    one((x) =>
      tf.pad(
        x,
        [
          [0, 0],
          [0, 2],
          [0, 0],
        ],
        0.5,
      ),
    ),
  ],
  Pow: [two(tf.pow, positive), one((x) => tf.pow(x, 3))],
  Prod: [one((x) => tf.prod(x, 1), constant)],
  Range: [one((x) => tf.mul(tf.range(0, x.shape[2]!, 1), x))],
  RealDiv: [two(tf.div, positive)],
  Reciprocal: [one(tf.reciprocal, positive)],
  Relu: [one(tf.relu)],
  Relu6: [one(tf.relu6, { range: [-2, 9] })],
  Reshape: [one((x) => tf.reshape(x, [-1])), one((x) => tf.reshape(tf.sum(x), [1, 1]))],
  ResizeNearestNeighbor: [
    picture((x) => tf.image.resizeNearestNeighbor(x, [x.shape[1] * 2, x.shape[2] * 3])),
  ],
  ResizeNearestNeighborGrad: [
    picture((x) => tf.square(tf.image.resizeNearestNeighbor(x, [x.shape[1] * 3, x.shape[2] * 2]))),
  ],
  Reverse: [one((x) => tf.reverse(x, [0, -1])), one((x) => tf.reverse(x))],
  Round: [one(tf.round, { ...wide, ...constant })],
  Rsqrt: [one(tf.rsqrt, positive)],
  Select: [
    { run: (x, y) => tf.where(condition(tf.tensor(flags(x!.shape), x!.shape)), x!, y!), shapes: same },
    {
      run: (c, x, y) => tf.where(condition(c!), x!, y!),
      shapes: (a, b, c) => [[b, 1], [a, b, c], [1]],
      ...constant,
    },
  ],
  Sigmoid: [one(tf.sigmoid, wide)],
  Sign: [one(tf.sign)],
  Sin: [one(tf.sin)],
  Slice: [
    one((x) => tf.slice(x, [1, 0, 1], [-1, -1, 1]), { shapes: (a, b, c) => [[a + 1, b, c + 1]] }),
    one((x) => tf.slice(x, 0, 1)),
  ],
  Softmax: [one((x) => tf.softmax(x), wide), one((x) => tf.mul(tf.logSoftmax(x), tf.softmax(x)), wide)],
  Softplus: [one(tf.softplus, { range: [-20, 20] })],
  SplitV: [
    one((x) => tf.split(x, [1, 2], 1), { shapes: (a, _b, c) => [[a, 3, c]] }),
    one((x) => tf.split(x, 2, -1), { shapes: (a, b, c) => [[a, b, 2 * c]] }),
  ],
  Sqrt: [one(tf.sqrt, positive)],
  Square: [one(tf.square)],
  SquaredDifference: [two(tf.squaredDifference, { shapes: same }), two(tf.squaredDifference, constant)],
  Step: [one((x) => tf.step(x, 0.25))],
  StridedSlice: [
    one((x) => tf.stridedSlice(x, [0, 1, 0], [9, 9, 9], [2, 1, 3]), {
      shapes: (a, b, c) => [[a + 2, b + 1, c + 3]],
      ...constant,
    }),
    one((x) => tf.stridedSlice(x, [1, 0], [4, 2], [2, 1], 0, 1, 0, 0, 2), {
      shapes: (a) => [[5, 3, a]],
      ...constant,
    }),
  ],
  Sub: [two(tf.sub)],
  Sum: [
    one((x) => tf.sum(x, 1)),
    one((x) => tf.sum(x, [0, -1], true)),
    one((x) => tf.sum(x)),
    one((x) => flag(tf.sum(condition(x), 0)), constant),
  ],
  Tanh: [one(tf.tanh, wide)],
  Tile: [one((x) => tf.tile(x, [2, 1, 3])), one((x) => tf.tile(tf.sum(x, 1, true), [1, 4, 1]))],
  Transpose: [one((x) => tf.transpose(x, [2, 0, 1])), one((x) => tf.transpose(x))],
  Unpack: [
    one((x) => tf.unstack(x, 1), { shapes: (a, b, c) => [[a, b + 1, c]] }),
    one((x) => tf.unstack(x, -1), { shapes: (a, b, c) => [[a, b, c + 1]] }),
  ],
  UnsortedSegmentSum: [
    one((x) => tf.unsortedSegmentSum(x, rows(x, x.shape[0]!), 5), constant),
    one((x) => tf.gather(tf.square(x), rows(x, 7))),
  ],
  ZerosLike: [one((x) => tf.add(tf.zerosLike(x), x))],
  _FusedMatMul: [
    {
      run: (a, b, bias) => tf.fused.matMul({ a: a!, b: b!, bias: bias!, activation: 'sigmoid' }),
      shapes: (a, b, c) => [[a, b], [b, c], [c]],
      ...constant,
    },
    {
      run: (a, b, bias) =>
        tf.fused.matMul({ a: a!, b: b!, bias: bias!, activation: 'leakyrelu', leakyreluAlpha: 0.3 }),
      shapes: (a, b, c) => [[a, b], [b, c], [c]],
      ...constant,
    },
  ],
};
