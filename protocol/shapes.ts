import { type Convolution, convolutions, gridSize, transposedConvolutions } from './convolution.ts';
import { likelihoodShapes, pyramidOf, valueSize } from './kinds/index.ts';
import { type ModuleName, parseModuleName } from './modules.ts';
import { type Modality, modalityOf, type Plan } from './plan.ts';
import type { MappingInput } from './research.ts';

export { valueSize } from './kinds/index.ts';

/**
 * Shapes of tensors by name. Every parameter's follows from the plan alone: the single truth for the model that reads
 * the tensors, the plant that trains them and the aggregator that checks what it is sent.
 */
export type Shapes = Record<string, readonly number[]>;

/** Convolutions of a modality's encoder or decoder, in order; none when it is dense. */
export function convolutionsOf(modality: Modality, role: 'encoder' | 'decoder'): Convolution[] {
  const dense = !('architecture' in modality) || modality.architecture === 'dense';
  const pyramid = dense ? undefined : pyramidOf(modality);
  if (!pyramid) return [];
  return role === 'encoder' ? convolutions(pyramid) : transposedConvolutions(pyramid);
}

/** Input of a plan's mappings from a modality: its encoder's features, its latent mean, or the measured values. */
export function mappingInputOf({ research: { mappingInput } }: Plan, source: Modality): MappingInput {
  const grid = mappingInput === 'measurement' && convolutionsOf(source, 'encoder').length > 0;
  return grid ? 'features' : mappingInput;
}

/** True if the mappings to a modality add a residual to its decoder's output. */
export function hasResidual({ mapping }: Plan, target: Modality): boolean {
  return valueSize(target) <= mapping.residual;
}

/** Width of {@link mappingInputOf}. */
export function mappingInputSize(plan: Plan, source: Modality): number {
  const widths = {
    features: source.hidden.at(-1)!,
    latent: source.latent,
    measurement: valueSize(source),
  };
  return widths[mappingInputOf(plan, source)];
}

/**
 * Shapes of a module's tensors by their full names (`encoder/camera/hidden0/kernel`). Kernels are [inputs, outputs];
 * convolutions [height, width, in, out]; transposed ones [height, width, out, in].
 * @throws FedReconError `modality-unknown`
 */
export function moduleShapes(plan: Plan, module: ModuleName): Shapes {
  const role = parseModuleName(module);
  if (!role) throw new TypeError(`"${module}" is no module name`);
  const own =
    role.role === 'mapping'
      ? mappingShapes(plan, modalityOf(plan, role.target), modalityOf(plan, role.source))
      : role.role === 'encoder'
        ? encoderShapes(modalityOf(plan, role.modality))
        : decoderShapes(modalityOf(plan, role.modality));
  return Object.fromEntries(Object.entries(own).map(([name, shape]) => [`${module}/${name}`, shape]));
}

function encoderShapes(modality: Modality): Shapes {
  const layers = convolutionsOf(modality, 'encoder');
  const last = layers.at(-1);
  return {
    ...convolutionShapes(layers),
    ...denseStack([last ? gridSize(last.to) : valueSize(modality), ...modality.hidden]),
    ...dense('mean', modality.hidden.at(-1)!, modality.latent),
    ...dense('logvar', modality.hidden.at(-1)!, modality.latent),
  };
}

function decoderShapes(modality: Modality): Shapes {
  const layers = convolutionsOf(modality, 'decoder');
  const widths = [modality.latent, ...modality.hidden.toReversed()];
  return {
    ...denseStack(widths),
    ...dense('output', widths.at(-1)!, layers[0] ? gridSize(layers[0].from) : valueSize(modality)),
    ...convolutionShapes(layers),
    ...likelihoodShapes(modality),
  };
}

function mappingShapes(plan: Plan, target: Modality, source: Modality): Shapes {
  const widths = [mappingInputSize(plan, source), ...plan.mapping.hidden];
  const norms = plan.mapping.hidden.flatMap((width, index) => [
    [`hidden${index}/scale`, [width]] as const,
    [`hidden${index}/shift`, [width]] as const,
  ]);
  return {
    ...denseStack(widths),
    ...Object.fromEntries(norms),
    ...dense('mean', widths.at(-1)!, target.latent),
    ...dense('logvar', widths.at(-1)!, target.latent),
    ...(hasResidual(plan, target) ? dense('residual', widths.at(-1)!, valueSize(target)) : {}),
  };
}

function dense(name: string, inputs: number, outputs: number): Shapes {
  return { [`${name}/kernel`]: [inputs, outputs], [`${name}/bias`]: [outputs] };
}

/** Shapes of a stack of dense layers `hidden0`, `hidden1`, … @param widths from the input on */
function denseStack(widths: readonly number[]): Shapes {
  const layers = widths.slice(1).map((width, index) => dense(`hidden${index}`, widths[index]!, width));
  return Object.assign({}, ...layers);
}

function convolutionShapes(layers: readonly Convolution[]): Shapes {
  return Object.fromEntries(
    layers.flatMap(({ name, kernel, to }) => [
      [`${name}/kernel`, kernel],
      [`${name}/bias`, [to[2]]],
    ]),
  );
}
