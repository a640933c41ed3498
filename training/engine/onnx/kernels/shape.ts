import {
  backend_util,
  type ConcatAttrs,
  type ExpandDimsAttrs,
  type FillAttrs,
  type GatherV2Attrs,
  type OneHotAttrs,
  type PackAttrs,
  type PadV2Attrs,
  type RangeAttrs,
  type ReshapeAttrs,
  type ReverseAttrs,
  type SliceAttrs,
  type SplitVAttrs,
  type StridedSliceAttrs,
  slice_util,
  type Tensor,
  type TileAttrs,
  type TransposeAttrs,
  type UnpackAttrs,
  type UnsortedSegmentSumAttrs,
} from '@tensorflow/tfjs';
import { sizeOf } from '../../../../protocol/tensors.ts';
import type { Graph, Value, ValueType } from '../graph.ts';
import { axesOf, axisOf } from '../shapes.ts';
import { cast } from './elementwise.ts';
import { type KernelTable, listed, withAttributes } from './rule.ts';

/** Kernels that move values without computing: shapes, slices, stacks, gathers. */
export const shapeKernels: KernelTable = {
  Reshape: withAttributes<ReshapeAttrs>((graph, { x }, { shape }) =>
    graph.reshape(x!, inferred(shape, x!.shape)),
  ),
  ExpandDims: withAttributes<ExpandDimsAttrs>((graph, { input }, { dim }) => {
    const shape = [...input!.shape];
    shape.splice(axisOf(dim, shape.length + 1), 0, 1);
    return graph.reshape(input!, shape);
  }),
  Transpose: withAttributes<TransposeAttrs>((graph, { x }, { perm }) => graph.transpose(x!, perm)),
  Concat: withAttributes<ConcatAttrs>((graph, inputs, { axis }) => {
    const parts = listed(inputs);
    return concatenate(graph, parts, axisOf(axis, parts[0]!.shape.length));
  }),
  Pack: withAttributes<PackAttrs>((graph, inputs, { axis }) => {
    const parts = listed(inputs).map((part) => {
      const shape = [...part.shape];
      shape.splice(axisOf(axis, shape.length + 1), 0, 1);
      return graph.reshape(part, shape);
    });
    return concatenate(graph, parts, axisOf(axis, parts[0]!.shape.length));
  }),
  Unpack: withAttributes<UnpackAttrs>((graph, { value }, { axis }) => {
    const along = axisOf(axis, value!.shape.length);
    const shape = value!.shape.filter((_, index) => index !== along);
    const parts = split(graph, value!, along, new Array<number>(value!.shape[along]!).fill(1));
    return parts.map((part) => graph.reshape(part, shape));
  }),
  SplitV: withAttributes<SplitVAttrs>((graph, { x }, { numOrSizeSplits, axis }) => {
    const along = axisOf(axis, x!.shape.length);
    return split(
      graph,
      x!,
      along,
      backend_util.prepareSplitSize(x as unknown as Tensor, numOrSizeSplits, along),
    );
  }),
  Slice: withAttributes<SliceAttrs>((graph, { x }, { begin, size }) => {
    const [starts, sizes] = slice_util.parseSliceParams(x as unknown as Tensor, begin, size);
    return slice(graph, x!, starts!, sizes!);
  }),
  StridedSlice: withAttributes<StridedSliceAttrs>((graph, { x }, attributes) => {
    const { begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } = attributes;
    const shape = [...x!.shape];
    const info = slice_util.sliceInfo(
      shape,
      begin,
      end,
      strides,
      beginMask,
      endMask,
      ellipsisMask,
      newAxisMask,
      shrinkAxisMask,
    );
    if (info.strides.some((stride) => stride < 0)) throw new RangeError('StridedSlice backwards');
    const sizes = slice_util.computeOutShape(info.begin, info.end, info.strides);
    return graph.reshape(slice(graph, x!, info.begin, sizes, info.strides), info.finalShape);
  }),
  Reverse: withAttributes<ReverseAttrs>((graph, { x }, { dims }) => {
    const axes = axesOf(dims, x!.shape.length);
    const back = axes.map(() => -1);
    const ends = axes.map((axis) => -x!.shape[axis]! - 1);
    const name = graph.node('Slice', [
      graph.full(x!),
      ...[back, ends, axes, back].map((list) => graph.int64(list)),
    ]);
    return { ...x!, name, stored: x!.shape };
  }),
  PadV2: withAttributes<PadV2Attrs>((graph, { x }, { paddings, constantValue }) => {
    return pad(graph, x!, paddings, constantValue);
  }),
  Tile: withAttributes<TileAttrs>((graph, { x }, { reps }) => {
    const shape = x!.shape.map((size, axis) => size * reps[axis]!);
    // Repeating an axis of one is broadcasting, which the next operator mostly does by itself.
    if (x!.shape.every((size, axis) => size === 1 || reps[axis] === 1)) return { ...x!, shape };
    const name = graph.node('Tile', [graph.full(x!), graph.int64(reps)]);
    return { name, type: x!.type, shape, stored: shape };
  }),
  Range: withAttributes<RangeAttrs>((graph, _, { start, stop, step, dtype }) => {
    const length = Math.max(0, Math.ceil((stop - start) / step));
    const values = Float64Array.from({ length }, (_item, index) => start + index * step);
    const data = dtype === 'int32' ? Int32Array.from(values) : Float32Array.from(values);
    return graph.constant(data, [length], dtype === 'int32' ? 'int32' : 'float32');
  }),
  Fill: withAttributes<FillAttrs>((graph, _, { shape, value, dtype }) => ({
    ...graph.scalar(Number(value), (dtype ?? 'float32') as ValueType),
    shape,
  })),
  GatherV2: withAttributes<GatherV2Attrs>((graph, { x, indices }, { axis, batchDims }) => {
    if (batchDims !== 0) throw new RangeError('GatherV2 with batch dimensions');
    const along = axisOf(axis, x!.shape.length);
    const shape = [...x!.shape.slice(0, along), ...indices!.shape, ...x!.shape.slice(along + 1)];
    const name = graph.node('Gather', [graph.full(x!), graph.full(indices!)], { axis: along });
    return { name, type: x!.type, shape, stored: shape };
  }),
  UnsortedSegmentSum: withAttributes<UnsortedSegmentSumAttrs>((graph, { x, segmentIds }, { numSegments }) => {
    const shape = [numSegments, ...x!.shape.slice(segmentIds!.shape.length)];
    const zeros = graph.full({ ...graph.scalar(0, x!.type), shape });
    const rows = graph.full(graph.reshape(segmentIds!, [...segmentIds!.shape, 1]));
    const indices = graph.node('Cast', [rows], { to: 7 });
    const name = graph.node('ScatterND', [zeros, indices, graph.full(x!)], { reduction: 'add' });
    return { name, type: x!.type, shape, stored: shape };
  }),
  OneHot: withAttributes<OneHotAttrs>((graph, { indices }, { depth, onValue, offValue, dtype }) => {
    const positions = graph.constant(
      Int32Array.from({ length: depth }, (_, index) => index),
      [depth],
      'int32',
    );
    const column = graph.reshape(indices!, [...indices!.shape, 1]);
    const hit = graph.elementwise('Equal', [column, positions], {}, 'bool');
    const operands = [hit, graph.scalar(onValue), graph.scalar(offValue)];
    return cast(graph, graph.elementwise('Where', operands, {}, 'float32'), dtype as ValueType);
  }),
};

/** Shape with its one −1 replaced by the size that is left. */
function inferred(shape: readonly number[], from: readonly number[]): number[] {
  const known = sizeOf(shape.filter((dimension) => dimension !== -1));
  return shape.map((dimension) => (dimension === -1 ? sizeOf(from) / known : dimension));
}

function concatenate(graph: Graph, parts: readonly Value[], axis: number): Value {
  if (parts.length === 1) return parts[0]!;
  const length = parts.reduce((sum, part) => sum + part.shape[axis]!, 0);
  const shape = parts[0]!.shape.map((size, index) => (index === axis ? length : size));
  return graph.apply('Concat', parts, shape, { axis });
}

/** Splits a value along an axis into pieces of the given sizes. */
export function split(graph: Graph, value: Value, axis: number, sizes: readonly number[]): Value[] {
  if (sizes.length === 1) return [value];
  const names = graph.nodes('Split', [graph.full(value), graph.int64(sizes)], sizes.length, { axis });
  return names.map((name, index) => {
    const shape = value.shape.map((size, position) => (position === axis ? sizes[index]! : size));
    return { name, type: value.type, shape, stored: shape };
  });
}

/** Cuts a block out of a value; only the axes that are really cut are named. */
export function slice(
  graph: Graph,
  value: Value,
  begin: readonly number[],
  size: readonly number[],
  strides: readonly number[] = begin.map(() => 1),
): Value {
  const axes = value.shape
    .map((_, axis) => axis)
    .filter((axis) => size[axis] !== value.shape[axis] || strides[axis] !== 1);
  const shape = [...size];
  if (axes.length === 0) return value;
  if (value.stored.length === 0) return { ...value, shape };
  const of = (list: readonly number[]) => graph.int64(axes.map((axis) => list[axis]!));
  const ends = begin.map((start, axis) => start + size[axis]! * strides[axis]!);
  const name = graph.node('Slice', [graph.full(value), of(begin), of(ends), graph.int64(axes), of(strides)]);
  return { name, type: value.type, shape, stored: shape };
}

/** Pads a value with `extra` zeros after the end of an axis. */
export function padAxis(graph: Graph, value: Value, axis: number, extra: number): Value {
  if (extra === 0) return value;
  return pad(
    graph,
    value,
    value.shape.map((_, index) => [0, index === axis ? extra : 0] as const),
    0,
  );
}

function pad(
  graph: Graph,
  value: Value,
  paddings: readonly (readonly [number, number])[],
  fill: number,
): Value {
  const shape = value.shape.map((size, axis) => size + paddings[axis]![0] + paddings[axis]![1]);
  const pads = [...paddings.map(([before]) => before), ...paddings.map(([, after]) => after)];
  const name = graph.node('Pad', [graph.full(value), graph.int64(pads), graph.scalar(fill, value.type).name]);
  return { name, type: value.type, shape, stored: shape };
}
