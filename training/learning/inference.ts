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
import type { TensorFunction } from '../engine/types.ts';
import { decode, encode } from '../model/autoencoder.ts';
import { kinds } from '../model/kinds/table.ts';
import { parameter } from '../model/layers.ts';
import { mapLatent, mappingInput } from '../model/mapping.ts';
import type { Programs } from './programs.ts';
import { emptyTable, gather, scatter, type Table } from './table.ts';

/** Parameters of many modules by module name. */
export type ModuleTensors = Readonly<Partial<Record<ModuleName, HostTensors>>>;

/** What running a frozen module needs. */
export interface FrozenModel {
  readonly plan: Plan;
  readonly programs: Programs;
  readonly modules: ModuleTensors;
  /** Checked between blocks. */
  readonly abort: AbortSignal;
}

/** A frozen module as a function from tables to tables, block by block. */
export interface Inference {
  readonly name: string;
  readonly module: ModuleName;
  /** Rows that run at once. */
  readonly rows: number;
  /** Widths of inputs and outputs. */
  readonly inputs: Readonly<Record<string, number>>;
  readonly outputs: Readonly<Record<string, number>>;
  /** Other inputs, and their values for the block that starts at place `first` of the parts. */
  readonly extra?: { readonly shapes: Shapes; fill(first: number): HostTensors };
  readonly fn: TensorFunction;
}

const usualRows = 256;

/** Values of one tensor of parts: 32 MiB. */
const largestBlock = 2 ** 23;

/** Parts of `size` values that run at once: at most `most`, and few of large ones, so that memory stays in bounds. */
export function blockRows(most: number, size: number): number {
  return Math.max(1, Math.min(most, 2 ** Math.floor(Math.log2(largestBlock / size))));
}

/** What an encoder knows of a modality's parts: `input` is what mappings read, `mean` and `logvar` the posterior. */
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
      module: `encoder/${modality}`,
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

/** What mappings read of the listed parts; an encoder runs only where it has to. */
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

/** What mappings say of a target: its latent, and what they add to its decoder's output where the plan lets them. */
export interface MappedTables {
  readonly mean: Table;
  readonly logvar: Table;
  readonly residual?: Table | undefined;
}

/** T(target←source) on the listed parts; other rows stay zero. */
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
      module: mappingName(target, source),
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

/** Expected measurements of the listed parts from their latents, and from mappings' residuals where there are any. */
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
      module: `decoder/${modality}`,
      rows: blockRows(usualRows, valueSize(entry)),
      inputs: { latent: entry.latent, ...(own && { residual: own.residual.width }) },
      outputs: { values: valueSize(entry) },
      fn: (inputs) => ({
        values: kinds[entry.kind].mean(
          decode(entry, inputs, parameter(inputs, 'latent'), own && parameter(inputs, 'residual')),
        ),
      }),
    },
  );
  return result.values!;
}

/** Runs `inference` on the rows `parts` of the input tables; the other rows of what it gives stay zero. */
export async function runOnParts(
  { plan, programs, modules, abort }: FrozenModel,
  parts: Uint32Array,
  inputs: Readonly<Record<string, Table>>,
  { name, module, rows, inputs: inputWidths, outputs, extra, fn }: Inference,
): Promise<Record<string, Table>> {
  const weights = moduleShapes(plan, module);
  const carried = Object.keys(weights);
  const blocks = mapValues(inputWidths, (width) => ({
    shape: [rows, width],
    data: new Float32Array(rows * width),
  }));
  const program = await programs.get(name, () => ({
    fn: (given) => ({ ...mapValues(weights, (_, weight) => given[weight]!), ...fn(given) }),
    signature: {
      inputs: { ...weights, ...mapValues(blocks, ({ shape }) => shape), ...extra?.shapes },
      carried,
    },
  }));
  program.load(modules[module]!);
  const table = Object.values(inputs)[0]!;
  const results = mapValues(outputs, (width) => emptyTable(table.data.length / table.width, width));
  for (let first = 0; first < parts.length; first += rows) {
    abort.throwIfAborted();
    const chosen = parts.subarray(first, first + rows);
    for (const [input, from] of Object.entries(inputs)) gather(from, chosen, blocks[input]!.data);
    const given = await program.run({ ...blocks, ...extra?.fill(first) });
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
