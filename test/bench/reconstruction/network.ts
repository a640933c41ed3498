import * as tf from '@tensorflow/tfjs';
import { modalityOf, type Plan } from '../../../protocol/plan.ts';
import type { Shapes } from '../../../protocol/shapes.ts';
import type { HostTensors } from '../../../protocol/tensors.ts';
import type { Programs } from '../../../training/learning/programs.ts';
import { emptyTable, gather, scatter, type Table } from '../../../training/learning/row-table.ts';
import { initialTensor } from '../../../training/model/initialise.ts';
import { dense, detach, gelu, layerNorm, parameter, type Weights } from '../../../training/model/layers.ts';
import { target } from './setting.ts';

/** Hidden layers of a rival's network from sources to a result: as many as on FedRecon's way from source to image. */
export const rivalDepth = 3;

/** Width of a rival's hidden layers: that of the camera's first one, so that a small plan has small rivals. */
export function rivalWidth(plan: Plan): number {
  return modalityOf(plan, target).hidden[0]!;
}

/** Widths of a rival's hidden layers. */
export function rivalWidths(plan: Plan): number[] {
  return new Array<number>(rivalDepth).fill(rivalWidth(plan));
}

/** Shapes of a stack of dense layers, `widths` from the input to the output; hidden ones with LayerNorm. */
export function stackShapes(module: string, widths: readonly number[]): Shapes {
  const layers = widths.slice(1).map((width, index): Shapes => {
    const layer = `${module}/layer${index}`;
    const own = denseShapes(layer, widths[index]!, width);
    const hidden = index < widths.length - 2;
    return hidden ? { ...own, [`${layer}/scale`]: [width], [`${layer}/shift`]: [width] } : own;
  });
  return Object.assign({}, ...layers);
}

/** A dense layer's parameters. */
export function denseShapes(layer: string, from: number, to: number): Shapes {
  return { [`${layer}/kernel`]: [from, to], [`${layer}/bias`]: [to] };
}

/** Runs the stack of {@link stackShapes}: LayerNorm and GELU as in the product's mappings, a linear end. */
export function stack(module: string, layers: number, weights: Weights, x: tf.Tensor2D): tf.Tensor2D {
  let hidden = x;
  for (let index = 0; index < layers - 1; index++) {
    const layer = `${module}/layer${index}`;
    hidden = gelu(layerNorm(weights, layer, dense(weights, layer, hidden)));
  }
  return dense(weights, `${module}/layer${layers - 1}`, hidden);
}

/** Start values of parameters, by the product's rule. */
export function initialTensors(seed: number, shapes: Shapes): HostTensors {
  const entries = Object.entries(shapes).map(([name, shape]) => [name, initialTensor(seed, name, shape)]);
  return Object.fromEntries(entries);
}

/** −log softmax(logits) of the right class, a row each: [batch]. `classes` is one-hot. */
export function crossEntropy(logits: tf.Tensor2D, classes: tf.Tensor2D): tf.Tensor1D {
  const right = tf.sum(tf.mul(logits, classes), 1);
  // As a constant, the largest cancels out of the value and of the gradient.
  const largest = detach(tf.max(logits, 1, true)) as tf.Tensor2D;
  const all = tf.add(tf.log(tf.sum(tf.exp(tf.sub(logits, largest)), 1)), tf.squeeze(largest, [1]));
  return tf.sub(all, right);
}

/** One-hot rows of 10 from class numbers. */
export function oneHot(classes: readonly number[], width: number): Table {
  const table = emptyTable(classes.length, width);
  for (const [place, type] of classes.entries()) table.data[place * width + type] = 1;
  return table;
}

/** Rows that run at once, if there are as many. */
const mostRows = 256;

/** Rows that {@link runOnRows} works on for so many: the last block is as large as the others. */
export function rowsRun(count: number): number {
  const block = Math.min(count, mostRows);
  return Math.ceil(count / block) * block;
}

/** What is run on tables: parameters, and a function from rows to rows. */
export interface RowFunction {
  readonly name: string;
  readonly weights: HostTensors;
  /** Width of the rows it gives. */
  readonly width: number;
  fn(weights: Weights, inputs: Weights): tf.Tensor2D;
}

/** Runs a function on all rows of the inputs, block by block. */
export async function runOnRows(
  programs: Programs,
  { name, weights, width, fn }: RowFunction,
  inputs: Readonly<Record<string, Table>>,
): Promise<Table> {
  const [first] = Object.values(inputs);
  const count = first!.data.length / first!.width;
  const block = Math.min(count, mostRows);
  const blocks = Object.fromEntries(
    Object.entries(inputs).map(([input, table]) => [
      input,
      { shape: [block, table.width], data: new Float32Array(block * table.width) },
    ]),
  );
  const shapes = (tensors: HostTensors) =>
    Object.fromEntries(Object.entries(tensors).map(([key, { shape }]) => [key, shape]));
  const program = await programs.get(`${name}, ${block} rows`, () => ({
    fn: (given) => ({
      ...Object.fromEntries(Object.keys(weights).map((weight) => [weight, given[weight]!])),
      rows: fn(given, given),
    }),
    signature: { inputs: { ...shapes(weights), ...shapes(blocks) }, carried: Object.keys(weights) },
  }));
  program.load(weights);
  const all = Uint32Array.from({ length: count }, (_, index) => index);
  const result = emptyTable(count, width);
  for (let from = 0; from < count; from += block) {
    const chosen = all.subarray(from, from + block);
    for (const [input, table] of Object.entries(inputs)) gather(table, chosen, blocks[input]!.data);
    const { rows } = await program.run(blocks);
    scatter(rows!.data, chosen, result);
  }
  return result;
}

/** Several tables side by side, as the input of one network. */
export function besides(inputs: Weights, names: readonly string[]): tf.Tensor2D {
  const tensors = names.map((name) => parameter<tf.Rank.R2>(inputs, name));
  return tensors.length === 1 ? tensors[0]! : tf.concat(tensors, 1);
}
