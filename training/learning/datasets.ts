import { open } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { FedReconError } from '../../protocol/errors.ts';
import type { Plan } from '../../protocol/plan.ts';
import { decodeTensors } from '../../protocol/safetensors.ts';
import { valueSize } from '../../protocol/shapes.ts';
import { allFinite, type HostTensor, type HostTensors } from '../../protocol/tensors.ts';
import { assembleView, partsView, startsView } from './parts-view.ts';
import { emptyTable, gather, type Table } from './row-table.ts';

/** Measurements of a plant's parts by one modality. */
export interface Measurements {
  /** Normalised values, a row for each part; zeros where the part has none. */
  readonly values: Table;
  /** Presence: 1 where the part has this modality, else 0. */
  readonly present: Float32Array;
}

/** Data set of a plant's parts. It lists only modalities that at least one part has. */
export interface Dataset {
  readonly count: number;
  readonly modalities: Readonly<Record<string, Measurements>>;
}

/** Names of the modalities that some part has, in the plan's order. */
export function heldModalities(plan: Plan, dataset: Dataset): string[] {
  return plan.modalities.map(({ name }) => name).filter((name) => dataset.modalities[name]);
}

/** True if part `index` has `modality`. */
export function has(dataset: Dataset, modality: string, index: number): boolean {
  return dataset.modalities[modality]?.present[index] === 1;
}

/** Numbers of the parts that have all of `modalities`; of all parts where none is named. */
export function partsWith(dataset: Dataset, ...modalities: readonly string[]): Uint32Array {
  const indices = Array.from({ length: dataset.count }, (_, index) => index);
  return Uint32Array.from(indices.filter((index) => modalities.every((name) => has(dataset, name, index))));
}

/** Data set without the measurements of the listed parts. Parts keep their numbers, and values are shared. */
export function withoutParts(dataset: Dataset, parts: Uint32Array): Dataset {
  if (parts.length === 0) return dataset;
  const modalities: Record<string, Measurements> = {};
  for (const [name, { values, present }] of Object.entries(dataset.modalities)) {
    const left = present.slice();
    for (const part of parts) left[part] = 0;
    if (left.includes(1)) modalities[name] = { values, present: left };
  }
  return { count: dataset.count, modalities };
}

/** Data set with nothing of other modalities. Parts keep their numbers, and values are shared. */
export function onlyModalities(dataset: Dataset, names: readonly string[]): Dataset {
  const own = Object.entries(dataset.modalities).filter(([name]) => names.includes(name));
  return { count: dataset.count, modalities: Object.fromEntries(own) };
}

/** Data set of the listed parts alone, numbered anew in their order. */
export function selectParts(dataset: Dataset, parts: Uint32Array): Dataset {
  const modalities: Record<string, Measurements> = {};
  for (const [name, { values, present }] of Object.entries(dataset.modalities)) {
    const own = Float32Array.from(parts, (part) => present[part]!);
    if (!own.includes(1)) continue;
    const selected = emptyTable(parts.length, values.width);
    gather(values, parts, selected.data);
    modalities[name] = { values: selected, present: own };
  }
  return { count: parts.length, modalities };
}

/**
 * Reads data set files (`<modality>/values` [n, size] and `<modality>/present` [n]), or views of such (`parts-view.ts`), one after
 * the other.
 * @throws FedReconError `dataset-invalid` naming the file; `no-data` if there is no part at all
 */
export async function readDatasets(plan: Plan, files: readonly string[]): Promise<Dataset> {
  const parts = await Promise.all(files.map((file) => readDataset(plan, file)));
  const dataset = joinDatasets(parts);
  if (dataset.count === 0 || Object.keys(dataset.modalities).length === 0) throw new FedReconError('no-data');
  return dataset;
}

async function readDataset(plan: Plan, file: string): Promise<Dataset> {
  try {
    const bytes = await readWhole(file);
    if (!startsView(bytes)) return datasetOf(plan, decodeTensors(bytes).tensors);
    const view = partsView.parse(JSON.parse(new TextDecoder().decode(bytes)));
    return await assembleView(view, async (name) => {
      const path = resolve(dirname(file), name);
      return datasetOf(plan, decodeTensors(await readWhole(path)).tensors);
    });
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new FedReconError('dataset-invalid', { path: file, problem }, { cause });
  }
}

/** Largest number of bytes of one read; some systems read no more at once. */
const largestRead = 2 ** 30;

/** Reads a file of any size; `readFile` refuses more than 2 GiB, which is 11,000 colour images of 128 × 128. */
async function readWhole(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    // A buffer of its own: tensors are views of it and need their values aligned.
    const bytes = new Uint8Array((await file.stat()).size);
    let read = 0;
    while (read < bytes.length) {
      const { bytesRead } = await file.read(bytes, read, Math.min(bytes.length - read, largestRead), read);
      if (bytesRead === 0) throw new Error('it became shorter while it was read');
      read += bytesRead;
    }
    return bytes;
  } finally {
    await file.close();
  }
}

/** Data set from the tensors of its file. @throws Error saying what does not fit the plan */
export function datasetOf(plan: Plan, tensors: HostTensors): Dataset {
  let count: number | undefined;
  const modalities: Record<string, Measurements> = {};
  for (const modality of plan.modalities) {
    const values = tensors[`${modality.name}/values`];
    const present = tensors[`${modality.name}/present`];
    if (!values || !present) continue;
    count ??= present.data.length;
    checkShape(`${modality.name}/values`, values, [count, valueSize(modality)]);
    checkShape(`${modality.name}/present`, present, [count]);
    if (!allFinite(values.data)) throw new Error(`${modality.name} holds values that are not numbers`);
    if (present.data.includes(1))
      modalities[modality.name] = {
        values: { data: values.data, width: valueSize(modality) },
        present: present.data,
      };
  }
  return { count: count ?? 0, modalities };
}

function checkShape(name: string, { shape }: HostTensor, expected: readonly number[]): void {
  if (`${shape}` !== `${expected}`) throw new Error(`${name} has shape [${shape}] instead of [${expected}]`);
}

/** Joins data sets into one, their parts one after the other. */
export function joinDatasets(parts: readonly Dataset[]): Dataset {
  if (parts.length === 1) return parts[0]!;
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const names = new Set(parts.flatMap((part) => Object.keys(part.modalities)));
  const modalities: Record<string, Measurements> = {};
  for (const name of names) {
    const width = parts.map((part) => part.modalities[name]?.values.width).find((value) => value)!;
    const values = new Float32Array(count * width);
    const present = new Float32Array(count);
    let start = 0;
    for (const part of parts) {
      const own = part.modalities[name];
      if (own) {
        values.set(own.values.data, start * width);
        present.set(own.present, start);
      }
      start += part.count;
    }
    modalities[name] = { values: { data: values, width }, present };
  }
  return { count, modalities };
}
