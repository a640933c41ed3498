import { type ModuleName, mappingName } from '../../protocol/modules.ts';
import { modalityOf, type Plan } from '../../protocol/plan.ts';
import { mappingInputSize, moduleShapes, type Shapes, valueSize } from '../../protocol/shapes.ts';
import type { HostTensors } from '../../protocol/tensors.ts';
import type { TensorFunction } from '../engine/types.ts';
import { decode, encode } from '../model/autoencoder.ts';
import { kinds } from '../model/kinds/table.ts';
import { parameter } from '../model/layers.ts';
import { mapLatent } from '../model/mapping.ts';
import type { Programs } from './programs.ts';
import { emptyTable, gather, scatter, type Table } from './table.ts';

/** Parameters of many modules by module name. */
export type Modules = Readonly<Partial<Record<ModuleName, HostTensors>>>;

/** What running a frozen module needs. */
export interface Frozen {
  readonly plan: Plan;
  readonly programs: Programs;
  readonly modules: Modules;
  /** Checked between blocks. */
  readonly signal: AbortSignal;
}

/** Rows that run at once. */
export const blockRows = 256;

/** A frozen module as a function from tables to tables. */
interface Inference {
  readonly name: string;
  readonly module: ModuleName;
  /** Widths of inputs and outputs. */
  readonly inputs: Readonly<Record<string, number>>;
  readonly outputs: Readonly<Record<string, number>>;
  readonly fn: TensorFunction;
}

/** What an encoder knows of a modality's parts: `input` is what mappings read, `mean` the latent mean. */
export interface EncodedTables {
  readonly input: Table;
  readonly mean: Table;
}

/** Encodes the listed parts; other rows stay zero. */
export async function encodeParts(
  frozen: Frozen,
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
      inputs: { values: valueSize(entry) },
      outputs: { input: mappingInputSize(plan, entry), mean: entry.latent },
      fn: (inputs) => {
        const { features, mean } = encode(entry, inputs, parameter(inputs, 'values'));
        return { input: plan.mapping.input === 'latent' ? mean : features, mean };
      },
    },
  );
  return { input: result.input!, mean: result.mean! };
}

/** T(target←source) on the listed parts: the target's latent as mean and log-variance. */
export async function mapParts(
  frozen: Frozen,
  target: string,
  source: string,
  input: Table,
  parts: Uint32Array,
): Promise<{ mean: Table; logvar: Table }> {
  const { plan } = frozen;
  const { latent } = modalityOf(plan, target);
  const result = await runOnParts(
    frozen,
    parts,
    { input },
    {
      name: `map ${target}←${source}`,
      module: mappingName(target, source),
      inputs: { input: mappingInputSize(plan, modalityOf(plan, source)) },
      outputs: { mean: latent, logvar: latent },
      fn: (inputs) => {
        const { mean, logvar } = mapLatent(plan, target, source, inputs, parameter(inputs, 'input'));
        return { mean, logvar };
      },
    },
  );
  return { mean: result.mean!, logvar: result.logvar! };
}

/** Expected measurements of the listed parts from their latents. */
export async function decodeParts(
  frozen: Frozen,
  modality: string,
  latent: Table,
  parts: Uint32Array,
): Promise<Table> {
  const entry = modalityOf(frozen.plan, modality);
  const result = await runOnParts(
    frozen,
    parts,
    { latent },
    {
      name: `decode ${modality}`,
      module: `decoder/${modality}`,
      inputs: { latent: entry.latent },
      outputs: { values: valueSize(entry) },
      fn: (inputs) => ({
        values: kinds[entry.kind].mean(decode(entry, inputs, parameter(inputs, 'latent'))),
      }),
    },
  );
  return result.values!;
}

async function runOnParts(
  { plan, programs, modules, signal }: Frozen,
  parts: Uint32Array,
  inputs: Readonly<Record<string, Table>>,
  inference: Inference,
): Promise<Record<string, Table>> {
  const weights: Shapes = moduleShapes(plan, inference.module);
  const names = Object.keys(weights);
  const blocks = Object.fromEntries(
    Object.entries(inference.inputs).map(([name, width]) => [
      name,
      { shape: [blockRows, width], data: new Float32Array(blockRows * width) },
    ]),
  );
  const program = await programs.get(inference.name, () => ({
    fn: (given) => ({
      ...Object.fromEntries(names.map((name) => [name, given[name]!])),
      ...inference.fn(given),
    }),
    signature: {
      inputs: {
        ...weights,
        ...Object.fromEntries(Object.entries(blocks).map(([name, { shape }]) => [name, shape])),
      },
      carried: names,
    },
  }));
  program.load(modules[inference.module]!);
  const rows = Object.values(inputs)[0]!;
  const count = rows.data.length / rows.width;
  const results = Object.fromEntries(
    Object.entries(inference.outputs).map(([name, width]) => [name, emptyTable(count, width)]),
  );
  for (let start = 0; start < parts.length; start += blockRows) {
    signal.throwIfAborted();
    const chosen = parts.subarray(start, start + blockRows);
    for (const [name, table] of Object.entries(inputs)) gather(table, chosen, blocks[name]!.data);
    const given = await program.run(blocks);
    for (const [name, table] of Object.entries(results)) scatter(given[name]!.data, chosen, table);
  }
  return results;
}
