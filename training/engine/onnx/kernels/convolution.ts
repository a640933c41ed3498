import {
  type AvgPoolAttrs,
  backend_util,
  type Conv2DAttrs,
  type Conv2DBackpropFilterAttrs,
  type Conv2DBackpropInputAttrs,
  type FusedConv2DAttrs,
  type ResizeNearestNeighborAttrs,
} from '@tensorflow/tfjs';
import type { Attributes, Graph, Value } from '../graph.ts';
import { activate } from './matmul.ts';
import { reduceAxes } from './reduction.ts';
import { type KernelTable, withAttributes } from './rule.ts';
import { padAxis, slice } from './shape.ts';

/**
 * Kernels of convolution, pooling and resizing of image batches. TensorFlow keeps channels last (NHWC, filters HWIO),
 * ONNX first (NCHW, filters OIHW); ONNX Runtime's optimiser cancels most of the transposes written here.
 */
export const convolutionKernels: KernelTable = {
  Conv2D: withAttributes<Conv2DAttrs>((graph, { x, filter }, attributes) =>
    convolve(graph, x!, filter!, attributes),
  ),
  FusedConv2D: withAttributes<FusedConv2DAttrs>((graph, { x, filter, bias }, attributes) => {
    const linear = convolve(graph, x!, filter!, attributes);
    const shifted = bias === undefined ? linear : graph.elementwise('Add', [linear, bias]);
    return activate(graph, shifted, attributes.activation, attributes.leakyreluAlpha);
  }),
  Conv2DBackpropInput: withAttributes<Conv2DBackpropInputAttrs>((graph, { dy, filter }, attributes) => {
    const info = convolutionInfo(attributes.inputShape, filter!.shape, attributes);
    const shape = channelsFirst(info.inShape);
    const extra = (input: number, output: number, stride: number, kernel: number, pads: number) =>
      input - ((output - 1) * stride + kernel - pads);
    const { top, bottom, left, right } = info.padInfo;
    const name = graph.node(
      'ConvTranspose',
      [toChannelsFirst(graph, dy!), filterToOutputFirst(graph, filter!)].map((value) => graph.full(value)),
      {
        ...window(info),
        output_padding: [
          extra(info.inHeight, info.outHeight, info.strideHeight, info.filterHeight, top + bottom),
          extra(info.inWidth, info.outWidth, info.strideWidth, info.filterWidth, left + right),
        ],
      },
    );
    return toChannelsLast(graph, { name, type: 'float32', shape, stored: shape });
  }),
  Conv2DBackpropFilter: withAttributes<Conv2DBackpropFilterAttrs>((graph, { x, dy }, attributes) => {
    const info = convolutionInfo(x!.shape, attributes.filterShape, attributes);
    // A convolution of x with dy, batch and channels changed over: the stride of the forward pass spreads dy out.
    const images = graph.transpose(x!, [3, 0, 1, 2]);
    const kernels = graph.transpose(dy!, [3, 0, 1, 2]);
    const { top, bottom, left, right } = info.padInfo;
    const size = (input: number, pads: number, output: number, stride: number) =>
      input + pads - (output - 1) * stride;
    const height = size(info.inHeight, top + bottom, info.outHeight, info.strideHeight);
    const width = size(info.inWidth, left + right, info.outWidth, info.strideWidth);
    const whole = convolveFirst(graph, images, kernels, [info.inChannels, info.outChannels, height, width], {
      kernel_shape: [info.outHeight, info.outWidth],
      dilations: [info.strideHeight, info.strideWidth],
      pads: [top, left, bottom, right],
    });
    // Rows and columns that the forward pass never reached stick out at the end.
    const cropped = [info.inChannels, info.outChannels, info.filterHeight, info.filterWidth];
    return graph.transpose(slice(graph, whole, [0, 0, 0, 0], cropped), [2, 3, 0, 1]);
  }),
  AvgPool: withAttributes<AvgPoolAttrs>((graph, { x }, attributes) => {
    const info = poolInfo(x!.shape, attributes);
    const shape = channelsFirst(info.outShape);
    const pooled = graph.apply('AveragePool', [toChannelsFirst(graph, x!)], shape, window(info));
    return toChannelsLast(graph, pooled);
  }),
  AvgPoolGrad: withAttributes<AvgPoolAttrs>((graph, { dy, input }, attributes) => {
    const info = poolInfo(input!.shape, attributes);
    const { top, bottom, left, right } = info.padInfo;
    if (top + bottom + left + right > 0) throw new RangeError('AvgPoolGrad with padding');
    // Each output spreads its share over its window: a transposed convolution with equal weights per channel.
    const share = 1 / (info.filterHeight * info.filterWidth);
    const kernel = {
      ...graph.scalar(share),
      shape: [info.inChannels, 1, info.filterHeight, info.filterWidth],
    };
    const shape = channelsFirst(info.inShape);
    const spread = graph.apply('ConvTranspose', [toChannelsFirst(graph, dy!), kernel], shape, {
      ...window(info),
      group: info.inChannels,
      output_padding: [
        info.inHeight - ((info.outHeight - 1) * info.strideHeight + info.filterHeight),
        info.inWidth - ((info.outWidth - 1) * info.strideWidth + info.filterWidth),
      ],
    });
    return toChannelsLast(graph, spread);
  }),
  ResizeNearestNeighbor: withAttributes<ResizeNearestNeighborAttrs>((graph, { images }, attributes) => {
    const [batch, height, width, channels] = images!.shape as Shape4;
    const [tall, wide] = wholeFactors([height, width], attributes.size, attributes);
    const cells = graph.reshape(images!, [batch, height, 1, width, 1, channels]);
    const repeated = { ...cells, shape: [batch, height, tall, width, wide, channels] };
    return graph.reshape(repeated, [batch, height * tall, width * wide, channels]);
  }),
  ResizeNearestNeighborGrad: withAttributes<ResizeNearestNeighborAttrs>(
    (graph, { images, dy }, attributes) => {
      const [batch, height, width, channels] = images!.shape as Shape4;
      const size = dy!.shape.slice(1, 3) as [number, number];
      const [tall, wide] = wholeFactors([height, width], size, attributes);
      const cells = graph.reshape(dy!, [batch, height, tall, width, wide, channels]);
      return reduceAxes(graph, 'ReduceSum', cells, [2, 4]);
    },
  ),
};

type Shape4 = [number, number, number, number];
type ConvolutionAttributes = Pick<Conv2DAttrs, 'strides' | 'pad' | 'dataFormat' | 'dimRoundingMode'> &
  Partial<Pick<Conv2DAttrs, 'dilations'>>;

function convolve(graph: Graph, x: Value, filter: Value, attributes: ConvolutionAttributes): Value {
  const info = convolutionInfo(x.shape, filter.shape, attributes);
  const operands = [toChannelsFirst(graph, x), filterToOutputFirst(graph, filter)];
  const shape = channelsFirst(info.outShape);
  return toChannelsLast(graph, convolveFirst(graph, operands[0]!, operands[1]!, shape, window(info)));
}

/** Convolution in ONNX's own layout: x NCHW, filter OIHW. */
function convolveFirst(
  graph: Graph,
  x: Value,
  filter: Value,
  shape: readonly number[],
  attributes: Attributes,
): Value {
  const channels = x.shape[1]!;
  // The WebGPU provider of ONNX Runtime 1.30 is wrong for 6, 9, 15, … channels; zeros up to a multiple of 4 are not.
  const missing = channels > 3 && channels % 3 === 0 ? (4 - (channels % 4)) % 4 : 0;
  return graph.apply(
    'Conv',
    [x, filter].map((operand) => padAxis(graph, operand, 1, missing)),
    shape,
    attributes,
  );
}

function convolutionInfo(
  x: readonly number[],
  filter: readonly number[],
  attributes: ConvolutionAttributes,
): backend_util.Conv2DInfo {
  if (attributes.dataFormat === 'NCHW') throw new RangeError('Conv2D with channels first');
  const { strides, dilations, pad, dimRoundingMode } = attributes;
  const info = backend_util.computeConv2DInfo(
    x as Shape4,
    filter as Shape4,
    strides,
    dilations ?? 1,
    pad,
    dimRoundingMode,
  );
  if (info.inChannels !== filter[2]) throw new RangeError('Conv2D in channel groups');
  return info;
}

function poolInfo(x: readonly number[], attributes: AvgPoolAttrs): backend_util.Conv2DInfo {
  const { filterSize, strides, pad, dimRoundingMode } = attributes;
  return backend_util.computePool2DInfo(x as Shape4, filterSize, strides, 1, pad, dimRoundingMode);
}

/** Sliding window as ONNX attributes. */
function window(info: backend_util.Conv2DInfo) {
  const { top, bottom, left, right } = info.padInfo;
  const dilations = [info.dilationHeight, info.dilationWidth];
  return {
    kernel_shape: [info.filterHeight, info.filterWidth],
    strides: [info.strideHeight, info.strideWidth],
    pads: [top, left, bottom, right],
    ...(dilations.every((dilation) => dilation === 1) ? {} : { dilations }),
  };
}

/** Whole factors by which an image grows; other sizes are refused, for their gradient would need a rule of its own. */
function wholeFactors(
  from: readonly [number, number],
  to: readonly [number, number],
  { alignCorners, halfPixelCenters }: ResizeNearestNeighborAttrs,
): [number, number] {
  const factors: [number, number] = [to[0] / from[0], to[1] / from[1]];
  if (alignCorners || halfPixelCenters || !factors.every(Number.isInteger)) {
    throw new RangeError(
      `ResizeNearestNeighbor from ${from} to ${to}: only whole factors, corners not aligned`,
    );
  }
  return factors;
}

function channelsFirst(shape: readonly number[]): Shape4 {
  const [batch, height, width, channels] = shape as Shape4;
  return [batch, channels, height, width];
}

function toChannelsFirst(graph: Graph, value: Value): Value {
  return graph.transpose(value, [0, 3, 1, 2]);
}

function toChannelsLast(graph: Graph, value: Value): Value {
  return graph.transpose(value, [0, 2, 3, 1]);
}

function filterToOutputFirst(graph: Graph, filter: Value): Value {
  return graph.transpose(filter, [3, 2, 0, 1]);
}
