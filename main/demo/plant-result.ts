import { readFile } from 'node:fs/promises';
import { modalityOf, type Plan } from '../../protocol/plan.ts';
import { decodeTensors } from '../../protocol/safetensors.ts';
import { meanQuality, type Quality, qualityOf } from '../../training/measures/picture-quality.ts';
import type { Store } from '../store/store.ts';
import { type HiddenTruth, type TruePart, trueValues } from './true-parts.ts';
import { yardsticks } from './yardsticks.ts';

/** Quality of the reconstructions of one modality in one plant, beside what they must beat. */
export interface ModalityFigures extends Quality {
  readonly parts: number;
  readonly yardsticks: {
    /** Quality of the mean over all measured parts of the federation. */
    readonly meanImage: Quality;
    /** Quality of the same model trained on this plant's own parts only. */
    readonly localOnly: Quality;
    /** Quality of the mean over the measured parts of the same garment type, which is told to the yardstick only. */
    readonly classMean: Quality;
  };
}

/** Reconstructed part with its truth, for judging; values in the model's form (0…1). */
export interface ComparedPart {
  readonly id: string;
  readonly truth: TruePart;
  readonly reconstructed: Float32Array;
  readonly sigma: Float32Array;
  readonly confidence: number;
}

export interface PlantResult {
  readonly figures: ModalityFigures;
  readonly parts: readonly ComparedPart[];
}

/** Compares what the store of a plant's workstation holds with the truth that was kept aside. */
export async function resultOf(
  plan: Plan,
  name: string,
  store: Store,
  truths: readonly HiddenTruth[],
  truth: HiddenTruth,
  aloneFile: string,
): Promise<PlantResult> {
  const parts = await judgedParts(store, name, truth);
  const alone = await reconstructedAlone(store, aloneFile);
  const modality = modalityOf(plan, name);
  const scales = yardsticks(plan, name, truths);
  const trueOf = parts.map((part) => trueValues(plan, name, part.truth));
  const quality = (values: (part: ComparedPart) => Float32Array) =>
    meanQuality(parts.map((part, index) => qualityOf(modality, values(part), trueOf[index]!)));
  return {
    parts,
    figures: {
      parts: parts.length,
      ...quality((part) => part.reconstructed),
      yardsticks: {
        meanImage: quality(() => scales.mean),
        localOnly: quality((part) => alone.get(part.id)!),
        classMean: quality((part) => scales.classMean(part.truth)),
      },
    },
  };
}

/** Reconstructions on show in a workstation, joined with the truth by part id. */
async function judgedParts(store: Store, name: string, truth: HiddenTruth): Promise<ComparedPart[]> {
  const rows = store.reconstructions.queue(name);
  const first = rows[0] && store.reconstructions.get(rows[0].part, name);
  if (!first) return [];
  const { tensors } = decodeTensors(await readFile(store.files.path(first.file)));
  const row = (tensor: string, position: number) => {
    const { data, shape } = tensors[tensor]!;
    return data.subarray(position * shape[1]!, (position + 1) * shape[1]!);
  };
  return rows.map(({ part, name: id, confidence }) => {
    const { position } = store.reconstructions.get(part, name)!;
    return {
      id,
      truth: truth.parts.get(id)!,
      reconstructed: row('mean', position),
      sigma: row('sigma', position),
      confidence,
    };
  });
}

/** Values that the plant alone reconstructed, by part id. */
async function reconstructedAlone(store: Store, file: string): Promise<Map<string, Float32Array>> {
  const { tensors } = decodeTensors(await readFile(file));
  const { data, shape } = tensors.mean!;
  const parts = store.parts.byRow();
  return new Map(
    Array.from(tensors.index!.data, (index, row) => [
      store.parts.get(parts[index]!)!.name,
      data.subarray(row * shape[1]!, (row + 1) * shape[1]!),
    ]),
  );
}
