import * as tf from '@tensorflow/tfjs';
import { sizeOf } from '../../../protocol/tensors.ts';
import { tracingBackend } from '../../../training/engine/onnx/backend.ts';
import type { Engine, Signature, Step, TensorFunction } from '../../../training/engine/types.ts';

/** What the programs of an engine did since the count was last taken. */
export interface Work {
  /** Floating-point operations of matrix products and convolutions; a multiplication and an addition are two. */
  readonly flop: number;
  /** Values of all distinct tensors that were loaded as parameters. */
  readonly parameters: number;
}

/** An engine that counts. The programs' results are untouched. */
export interface CountingEngine {
  readonly engine: Engine;
  /** The count since the last call. */
  take(): Work;
}

type Shape = readonly number[];
type KernelCount = (inputs: Readonly<Record<string, Shape>>, output: Shape) => number;

/** A kernel of a convolution is [height, width, in, out]: each of its weights meets each place of `grid`, [batch, …, channels]. */
const perPlace = (filter: Shape, grid: Shape) => 2 * sizeOf(filter) * sizeOf(grid.slice(0, -1));

/** Operations of the kernels that nearly all the time goes into; gradients are made of the same ones. */
const kernels: Readonly<Record<string, KernelCount>> = {
  BatchMatMul: ({ a, b }, output) => product(a!, b!, output),
  _FusedMatMul: ({ a, b }, output) => product(a!, b!, output),
  Conv2D: ({ filter }, output) => perPlace(filter!, output),
  FusedConv2D: ({ filter }, output) => perPlace(filter!, output),
  Conv2DBackpropInput: ({ filter, dy }) => perPlace(filter!, dy!),
  Conv2DBackpropFilter: ({ dy }, output) => perPlace(output, dy!),
};

/** 2 · rows · inner · columns: the inner length follows from the sizes, whichever operand is transposed. */
function product(a: Shape, b: Shape, output: Shape): number {
  const [rows, columns] = output.slice(-2) as [number, number];
  const matrices = (a.at(-1)! * a.at(-2)! * b.at(-1)! * b.at(-2)!) / (rows * columns);
  return 2 * sizeOf(output) * Math.sqrt(matrices);
}

/** Where kernels that are being traced add their operations; a trace is synchronous, so there is one at a time. */
let tracing: { flop: number } | undefined;

for (const [kernelName, count] of Object.entries(kernels)) {
  const kernel = tf.getKernel(kernelName, tracingBackend);
  tf.unregisterKernel(kernelName, tracingBackend);
  tf.registerKernel({
    ...kernel,
    kernelFunc: (parameters) => {
      const result = kernel.kernelFunc(parameters);
      const given = Object.entries(parameters.inputs).filter(([, tensor]) => tensor != null);
      const shapes = given.map(([name, tensor]) => [name, (tensor as tf.TensorInfo).shape] as const);
      if (tracing) tracing.flop += count(Object.fromEntries(shapes), (result as tf.TensorInfo).shape);
      return result;
    },
  });
}

/** Counts what runs on an ONNX engine: a program is counted when it is traced, and again with every run. */
export function countingEngine(engine: Engine): CountingEngine {
  let flop = 0;
  let loaded = new Map<string, number>();
  return {
    engine: {
      ...engine,
      async compile(fn, signature) {
        const counted = countedStep({ fn, signature });
        const program = await engine.compile(counted.fn, counted.signature);
        return {
          ...program,
          load(values) {
            for (const [name, { shape }] of Object.entries(values)) loaded.set(name, sizeOf(shape));
            program.load(values);
          },
          run(inputs) {
            flop += counted.flop();
            return program.run(inputs);
          },
        };
      },
    },
    take() {
      const parameters = [...loaded.values()].reduce((sum, size) => sum + size, 0);
      const work = { flop, parameters };
      flop = 0;
      loaded = new Map();
      return work;
    },
  };
}

/** A function that notes how many operations a run has. Of a repeated step, an engine traces the step or the whole. */
function countedStep({ fn, signature }: Step): Step & { flop(): number } {
  let flop = 0;
  const counted =
    (inner: TensorFunction, times: number): TensorFunction =>
    (inputs) => {
      const outer = tracing;
      const own = { flop: 0 };
      tracing = own;
      try {
        return inner(inputs);
      } finally {
        tracing = outer;
        flop = times * own.flop;
      }
    };
  const { repeats } = signature;
  const inner: Signature = repeats
    ? {
        ...signature,
        repeats: { ...repeats, step: { ...repeats.step, fn: counted(repeats.step.fn, repeats.count) } },
      }
    : signature;
  return { fn: counted(fn, 1), signature: inner, flop: () => flop };
}
