import type { Rank } from '@tensorflow/tfjs';
import { type ModuleName, mappingName } from '../../protocol/modules.ts';
import { modalityOf, type Plan } from '../../protocol/plan.ts';
import {
  hasResidual,
  mappingInputOf,
  mappingInputSize,
  moduleShapes,
  type Shapes,
  valueSize,
} from '../../protocol/shapes.ts';
import type { HostTensors } from '../../protocol/tensors.ts';
import type { Program, TensorFunction } from '../engine/types.ts';
import { decodeExpected, encode } from '../model/autoencoder.ts';
import { parameter } from '../model/layers.ts';
import { mapLatent, mappingInput } from '../model/mapping.ts';
import type { Programs } from './programs.ts';
import { emptyTable, gather, scatter, type Table } from './row-table.ts';

/** Parameters of many modules by module name. */
export type ModuleTensors = Readonly<Partial<Record<ModuleName, HostTensors>>>;

/** Frozen model: the modules, and the programs and plan to run them with. */
export interface FrozenModel {
  readonly plan: Plan;
  readonly programs: Programs;
  readonly modules: ModuleTensors;
  /** Signal that is checked between blocks. */
  readonly abort: AbortSignal;
}

/** Inference: a function of frozen modules from tables to tables, block by block. */
interface Inference {
  readonly name: string;
  readonly modules: readonly ModuleName[];
  /** Number of rows that run at once. */
  readonly rows: number;
  /** Widths of inputs and outputs. */
  readonly inputs: Readonly<Record<string, number>>;
  readonly outputs: Readonly<Record<string, number>>;
  /** Further inputs, and their values for the block of `parts` that starts at place `first` of all. */
  readonly extra?: { readonly shapes: Shapes; fill(first: number, parts: Uint32Array): HostTensors };
  readonly fn: TensorFunction;
}

/** Number of parts that run at once where they have few values. */
export const usualRows = 256;

/** Largest number of values of one tensor of parts: 32 MiB. */
const largestBlock = 2 ** 23;

/**
 * Number of parts of `size` values that run at once: at most `most`, and few of large ones, so that memory stays in
 * bounds.
 */
export function blockRows(most: number, size: number): number {
  return Math.max(1, Math.min(most, 2 ** Math.floor(Math.log2(largestBlock / size))));
}

/** Tables of an encoder's results by part: `input` is what mappings read, `mean` and `logvar` the posterior. */
export interface EncodedTables {
  readonly input: Table;
  readonly mean: Table;
  readonly logvar: Table;
}

/** Encodes the listed parts; other rows stay zero. */
export async function encodeParts(
  frozen: FrozenModel,
  modality: string,
  values: Table,
  parts: Uint32Array,
): Promise<EncodedTables> {
  const { plan } = frozen;
  const entry = modalityOf(plan, modality);
  const result = await runOnParts(
    frozen,
    parts,
    { values },
    {
      name: `encode ${modality}`,
      modules: [`encoder/${modality}`],
      rows: blockRows(usualRows, valueSize(entry)),
      inputs: { values: valueSize(entry) },
      outputs: { input: mappingInputSize(plan, entry), mean: entry.latent, logvar: entry.latent },
      fn: (inputs) => {
        const given = parameter<Rank.R2>(inputs, 'values');
        const encoding = encode(entry, inputs, given);
        const { mean, logvar } = encoding;
        return { input: mappingInput(plan, modality, given, encoding), mean, logvar };
      },
    },
  );
  return { input: result.input!, mean: result.mean!, logvar: result.logvar! };
}

/** Inputs of mappings from the listed parts; an encoder runs only where it has to. */
export async function mappingInputs(
  frozen: FrozenModel,
  modality: string,
  values: Table,
  parts: Uint32Array,
): Promise<Table> {
  const { plan } = frozen;
  if (mappingInputOf(plan, modalityOf(plan, modality)) === 'measurement') return values;
  return (await encodeParts(frozen, modality, values, parts)).input;
}

/** Tables of a mapping's results by part: the target's latent, and the residual where the plan gives one. */
export interface MappedTables {
  readonly mean: Table;
  readonly logvar: Table;
  readonly residual?: Table | undefined;
}

/** Maps the listed parts by T(target←source); other rows stay zero. */
export async function mapParts(
  frozen: FrozenModel,
  target: string,
  source: string,
  input: Table,
  parts: Uint32Array,
): Promise<MappedTables> {
  const { plan } = frozen;
  const entry = modalityOf(plan, target);
  const width = mappingInputSize(plan, modalityOf(plan, source));
  const residual: Record<string, number> = hasResidual(plan, entry) ? { residual: valueSize(entry) } : {};
  const result = await runOnParts(
    frozen,
    parts,
    { input },
    {
      name: `map ${target}←${source}`,
      modules: [mappingName(target, source)],
      rows: blockRows(usualRows, Math.max(width, ...Object.values(residual))),
      inputs: { input: width },
      outputs: { mean: entry.latent, logvar: entry.latent, ...residual },
      fn: (inputs) => {
        const { residual, ...gaussian } = mapLatent(plan, target, source, inputs, parameter(inputs, 'input'));
        return { ...gaussian, ...(residual && { residual }) };
      },
    },
  );
  return { mean: result.mean!, logvar: result.logvar!, residual: result.residual };
}

/**
 * Decodes the expected measurements of the listed parts from their latents, and from mappings' residuals where there
 * are any.
 */
export async function decodeParts(
  frozen: FrozenModel,
  modality: string,
  latent: Table,
  parts: Uint32Array,
  residual?: Table,
): Promise<Table> {
  const entry = modalityOf(frozen.plan, modality);
  const own = residual ? { residual } : undefined;
  const result = await runOnParts(
    frozen,
    parts,
    { latent, ...own },
    {
      name: own ? `decode ${modality} with residual` : `decode ${modality}`,
      modules: [`decoder/${modality}`],
      rows: blockRows(usualRows, valueSize(entry)),
      inputs: { latent: entry.latent, ...(own && { residual: own.residual.width }) },
      outputs: { values: valueSize(entry) },
      fn: (inputs) => ({
        values: decodeExpected(
          entry,
          inputs,
          parameter(inputs, 'latent'),
          own && parameter(inputs, 'residual'),
        ),
      }),
    },
  );
  return result.values!;
}

/**
 * Program of a function of `inputs` and of frozen modules, with their weights loaded.
 * @param name unique for the plan
 */
export async function frozenProgram(
  { plan, programs, modules }: FrozenModel,
  name: string,
  used: readonly ModuleName[],
  inputs: Shapes,
  fn: TensorFunction,
): Promise<Program> {
  const weights: Shapes = Object.assign({}, ...used.map((module) => moduleShapes(plan, module)));
  const program = await programs.get(name, () => ({
    fn: (given) => ({ ...mapValues(weights, (_, weight) => given[weight]!), ...fn(given) }),
    signature: { inputs: { ...weights, ...inputs }, carried: Object.keys(weights) },
  }));
  program.load(Object.assign({}, ...used.map((module) => modules[module])));
  return program;
}

/** Runs `inference` on the rows `parts` of the input tables; the other rows of its results stay zero. */
export async function runOnParts(
  frozen: FrozenModel,
  parts: Uint32Array,
  inputs: Readonly<Record<string, Table>>,
  { name, modules, rows, inputs: inputWidths, outputs, extra, fn }: Inference,
): Promise<Record<string, Table>> {
  const blocks = mapValues(inputWidths, (width) => ({
    shape: [rows, width],
    data: new Float32Array(rows * width),
  }));
  const shapes = { ...mapValues(blocks, ({ shape }) => shape), ...extra?.shapes };
  const program = await frozenProgram(frozen, name, modules, shapes, fn);
  const table = Object.values(inputs)[0]!;
  const results = mapValues(outputs, (width) => emptyTable(table.data.length / table.width, width));
  for (let first = 0; first < parts.length; first += rows) {
    frozen.abort.throwIfAborted();
    const chosen = parts.subarray(first, first + rows);
    for (const [input, from] of Object.entries(inputs)) gather(from, chosen, blocks[input]!.data);
    const given = await program.run({ ...blocks, ...extra?.fill(first, chosen) });
    for (const [output, to] of Object.entries(results)) scatter(given[output]!.data, chosen, to);
  }
  return results;
}

function mapValues<From, To>(
  record: Readonly<Record<string, From>>,
  convert: (value: From, key: string) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, convert(value, key)]));
}
