import { type ModuleName, parseModuleName } from './modules.ts';
import { modalityOf, type Plan } from './plan.ts';
import { convolutionsOf, moduleShapes } from './shapes.ts';
import { sizeOf } from './tensors.ts';

/**
 * Cost of a module: its size and the arithmetic of running it, from the plan alone. Counted are the multiply-adds of
 * dense and convolution kernels; biases, activations, norms and likelihoods are next to nothing beside them.
 */
export interface Cost {
  readonly parameters: number;
  /** Bytes of the parameters as float32. */
  readonly bytes: number;
  /** Multiply-adds of one forward pass of one part. */
  readonly multiplyAdds: number;
  /** Floating-point operations of that pass: two for each multiply-add. */
  readonly flop: number;
}

/** Cost of one module and of one forward pass of one part through it. @throws FedReconError `modality-unknown` */
export function moduleCost(plan: Plan, module: ModuleName): Cost {
  const parameters = Object.values(moduleShapes(plan, module)).map(sizeOf);
  return costOf(sum(parameters), sum(kernelsOf(plan, module).map(({ multiplyAdds }) => multiplyAdds)));
}

/** Cost of several modules, one pass each; a module named twice is stored once and run twice. */
export function pathCost(plan: Plan, modules: readonly ModuleName[]): Cost {
  const passes = modules.map((module) => moduleCost(plan, module).multiplyAdds);
  const stored = [...new Set(modules)].map((module) => moduleCost(plan, module).parameters);
  return costOf(sum(stored), sum(passes));
}

/**
 * FLOP of one part in one training step of a module, forward and back. Every kernel multiplies once forward, once for
 * its own gradient and once for that of its input, which nothing needs where the input is data. An encoder and a
 * decoder train in one step, which costs their sum. A mapping (stages 2 and 3) reads inputs that were encoded before,
 * and passes the target's frozen decoder there and back.
 * @throws FedReconError `modality-unknown`
 */
export function trainingFlop(plan: Plan, module: ModuleName): number {
  const role = parseModuleName(module);
  const own = kernelsOf(plan, module).map(
    ({ multiplyAdds }, index) => multiplyAdds * (index === 0 && role?.role !== 'decoder' ? 2 : 3),
  );
  const decoder = role?.role === 'mapping' ? 2 * moduleCost(plan, `decoder/${role.target}`).multiplyAdds : 0;
  return 2 * (sum(own) + decoder);
}

/** Kernels of a module from its input to its output, with the multiply-adds of each for one part. */
function kernelsOf(plan: Plan, module: ModuleName): { name: string; multiplyAdds: number }[] {
  const role = parseModuleName(module);
  const convolutions =
    role && role.role !== 'mapping' ? convolutionsOf(modalityOf(plan, role.modality), role.role) : [];
  // A kernel is applied once at every place of the smaller grid: its output's, or a transposed one's input's.
  const places = new Map(
    convolutions.map(({ name, from, to }) => [name, Math.min(from[0] * from[1], to[0] * to[1])]),
  );
  return Object.entries(moduleShapes(plan, module))
    .filter(([name]) => name.endsWith('/kernel'))
    .map(([path, shape]) => {
      const name = path.slice(module.length + 1, -'/kernel'.length);
      return { name, multiplyAdds: sizeOf(shape) * (places.get(name) ?? 1) };
    });
}

function costOf(parameters: number, multiplyAdds: number): Cost {
  return { parameters, bytes: 4 * parameters, multiplyAdds, flop: 2 * multiplyAdds };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
