import { type ModuleName, parseModuleName } from './modules.ts';
import { type ImageModality, type Modality, type ModalityKind, modalityOf, type Plan } from './plan.ts';

/**
 * Names and shapes of every parameter, from the plan alone: the single truth for the model that reads
 * the tensors, the plant that trains them and the aggregator that checks what it is sent.
 */
export type Shapes = Record<string, readonly number[]>;

/** Height, width and channels of an image or of a layer's activations. */
export type Grid = readonly [height: number, width: number, channels: number];

/** Side of an encoder's convolution kernels and of a decoder's transposed ones; 4 = 2 × stride leaves no checkerboard. */
export const kernelSide = { convolution: 3, transposed: 4 } as const;

interface KindShapes<M extends Modality> {
  /** Width of a part's values, flattened row-major. */
  size(modality: M): number;
  /** Activations from the input to the last convolution; undefined for a stack of dense layers. */
  grids(modality: M): Grid[] | undefined;
  /** Parameters of the likelihood beside the decoder's output. */
  likelihood(modality: M): Shapes;
}

const kinds: { readonly [K in ModalityKind]: KindShapes<Extract<Modality, { kind: K }>> } = {
  image: {
    size: (image) => image.width * image.height * image.channels,
    grids: (image) => (image.architecture === 'convolutional' ? imageGrids(image) : undefined),
    likelihood: variancePerValue,
  },
  signal: { size: (signal) => signal.length, grids: () => undefined, likelihood: variancePerValue },
  text: { size: (text) => text.buckets, grids: () => undefined, likelihood: () => ({}) },
};

function variancePerValue(modality: Modality): Shapes {
  return { logvar: [valueSize(modality)] };
}

function kindOf(modality: Modality): KindShapes<Modality> {
  return kinds[modality.kind] as KindShapes<Modality>;
}

/** Flattened width of a part's values: image height × width × channels, signal length, text buckets. */
export function valueSize(modality: Modality): number {
  return kindOf(modality).size(modality);
}

/** Activations of a convolutional modality, from the image to the last convolution; undefined when dense. */
export function convolutionGrids(modality: Modality): Grid[] | undefined {
  return kindOf(modality).grids(modality);
}

/** Width of what a mapping reads of `source`: its encoder's features, or its latent mean. */
export function mappingInputSize(plan: Plan, source: Modality): number {
  return plan.mapping.input === 'latent' ? source.latent : source.hidden.at(-1)!;
}

/**
 * Every tensor of a module by its full name (`encoder/camera/hidden0/kernel`), with its shape.
 * Kernels are [inputs, outputs]; convolutions [side, side, in, out]; transposed ones [side, side, out, in].
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
  const grids = convolutionGrids(modality);
  const input = grids ? gridSize(grids.at(-1)!) : valueSize(modality);
  return {
    ...convolutionShapes('convolution', grids ?? [], (from, to) => [from[2], to[2]]),
    ...denseStack([input, ...modality.hidden]),
    ...dense('mean', modality.hidden.at(-1)!, modality.latent),
    ...dense('logvar', modality.hidden.at(-1)!, modality.latent),
  };
}

function decoderShapes(modality: Modality): Shapes {
  const grids = convolutionGrids(modality)?.toReversed();
  const widths = [modality.latent, ...modality.hidden.toReversed()];
  return {
    ...denseStack(widths),
    ...dense('output', widths.at(-1)!, grids ? gridSize(grids[0]!) : valueSize(modality)),
    ...convolutionShapes('transposed', grids ?? [], (from, to) => [to[2], from[2]]),
    ...kindOf(modality).likelihood(modality),
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
  };
}

function dense(name: string, inputs: number, outputs: number): Shapes {
  return { [`${name}/kernel`]: [inputs, outputs], [`${name}/bias`]: [outputs] };
}

/** `widths` from the input on: layers `hidden0`, `hidden1`, … */
function denseStack(widths: readonly number[]): Shapes {
  const layers = widths.slice(1).map((width, index) => dense(`hidden${index}`, widths[index]!, width));
  return Object.assign({}, ...layers);
}

function convolutionShapes(
  name: keyof typeof kernelSide,
  grids: readonly Grid[],
  channels: (from: Grid, to: Grid) => readonly [number, number],
): Shapes {
  const side = kernelSide[name];
  const layers = grids.slice(1).map(
    (to, index): Shapes => ({
      [`${name}${index}/kernel`]: [side, side, ...channels(grids[index]!, to)],
      [`${name}${index}/bias`]: [to[2]],
    }),
  );
  return Object.assign({}, ...layers);
}

/** Stride 2 with `same` padding halves a side, rounding up. */
function imageGrids(image: ImageModality): Grid[] {
  const grids: Grid[] = [[image.height, image.width, image.channels]];
  for (const filters of image.filters) {
    const [height, width] = grids.at(-1)!;
    grids.push([Math.ceil(height / 2), Math.ceil(width / 2), filters]);
  }
  return grids;
}

function gridSize(grid: Grid): number {
  return grid[0] * grid[1] * grid[2];
}
