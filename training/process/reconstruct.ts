import { encodeTensors } from '../../protocol/safetensors.ts';
import { servingModules } from '../../protocol/serving.ts';
import { type HostTensor, sizeOf } from '../../protocol/tensors.ts';
import { heldModalities, readDatasets } from '../learning/dataset.ts';
import { gather, type Table } from '../learning/table.ts';
import { initialModule } from '../model/initialise.ts';
import { type ModalityReconstruction, reconstruct } from '../reconstruction/reconstruct.ts';
import { readModules, tensorFile, writeAtomically } from './files.ts';
import type { JobContext } from './jobs.ts';
import type { ReconstructJob, ReconstructResult } from './messages.ts';

/** Reconstructs what the parts lack and writes one file a modality. */
export async function runReconstruct(job: ReconstructJob, context: JobContext): Promise<ReconstructResult> {
  const { plan, progress, signal } = context;
  progress({ phase: 'reading', fraction: 0 });
  const dataset = await readDatasets(plan, job.datasets);
  const { modules: given } = await readModules(plan, job.modules);
  const needed = servingModules(plan, heldModalities(plan, dataset));
  const modules = Object.fromEntries(needed.map((name) => [name, given[name] ?? initialModule(plan, name)]));
  progress({ phase: 'compiling', fraction: 0 });
  const programs = await context.programs();
  const results = await reconstruct({ plan, programs, modules, signal }, dataset, {
    draws: job.draws,
    includeMeasured: job.includeMeasured,
    fetched: new Set(Object.keys(given)),
    learned: job.bridges,
    progress: (fraction) => progress({ phase: 'reconstructing', fraction }),
  });
  progress({ phase: 'writing', fraction: 1 });
  const files: Record<string, string> = {};
  for (const [modality, result] of Object.entries(results)) {
    files[modality] = tensorFile(job.output, modality);
    await writeAtomically(files[modality], reconstructionFile(modality, result));
  }
  return { kind: 'reconstruct', files };
}

/**
 * A reconstruction as a safetensors file: `mean` and `sigma` [k, size], `confidence` [k], `index` [k] (the part's
 * row in the data sets, one after the other), `share/<source>` [k]; metadata: `modality`, `kind`, `sources`
 * (JSON: mean share of each) and, where no plant measured a source together with it, `bridges` (JSON: source → the
 * modality that leads from one to the other).
 */
export function reconstructionFile(modality: string, result: ModalityReconstruction): Uint8Array {
  const { parts, mean, sigma, confidence, shares, bridges } = result;
  const pick = (values: Float32Array): HostTensor => rows({ data: values, width: 1 }, parts, [parts.length]);
  const wide = (table: Table) => rows(table, parts, [parts.length, table.width]);
  const shareTensors = Object.entries(shares).map(
    ([source, share]) => [`share/${source}`, pick(share)] as const,
  );
  const meanShares = shareTensors.map(([name, { data }]) => [
    name.slice('share/'.length),
    data.reduce((sum, share) => sum + share, 0) / parts.length,
  ]);
  return encodeTensors(
    {
      mean: wide(mean),
      sigma: wide(sigma),
      confidence: pick(confidence),
      index: { shape: [parts.length], data: Float32Array.from(parts) },
      ...Object.fromEntries(shareTensors),
    },
    {
      ...{ modality, kind: 'reconstruction', sources: JSON.stringify(Object.fromEntries(meanShares)) },
      ...(Object.keys(bridges).length > 0 ? { bridges: JSON.stringify(bridges) } : {}),
    },
  );
}

function rows(table: Table, parts: Uint32Array, shape: readonly number[]): HostTensor {
  const data = new Float32Array(sizeOf(shape));
  gather(table, parts, data);
  return { shape, data };
}
