import { readFile } from 'node:fs/promises';
import { hasPlaces, hasRange, isWords } from '../../protocol/kinds/index.ts';
import { scaleSignal } from '../../protocol/kinds/scaling.ts';
import { modalityOf, type Plan } from '../../protocol/plan.ts';
import { fitImage } from '../../training/cells/images/fit.ts';
import { encodeText } from '../../training/kinds/text.ts';
import { greyValues, readGarments, side } from './garments.ts';

/** Truth about a part, known to us who made it up. */
export interface TruePartRecord {
  readonly id: string;
  /** Number of the garment in the data set, and its type (index into `garmentTypes`). */
  readonly garment: number;
  readonly type: number;
  /** The profile as the gauge measures or would have measured it, in mm. */
  readonly gauge: readonly number[];
  readonly note: string;
  /** The modalities that the plant's own folder holds for this part. */
  readonly measured: readonly string[];
}

export interface TruthFile {
  readonly plant: string;
  readonly has: readonly string[];
  readonly parts: readonly TruePartRecord[];
}

export interface TruePart extends TruePartRecord {
  /** The photograph, 28 × 28 grey values of 0…255. */
  readonly pixels: Uint8Array;
}

/** The truth about one plant's parts, by id. It judges results; nothing is trained on it. */
export interface HiddenTruth {
  readonly plant: string;
  readonly has: readonly string[];
  readonly parts: ReadonlyMap<string, TruePart>;
}

/** Reads a truth file that `writeDemoPlants` wrote. */
export async function readTruth(path: string): Promise<HiddenTruth> {
  const garments = await readGarments();
  const file = JSON.parse(await readFile(path, 'utf8')) as TruthFile;
  const parts = file.parts.map(
    (part) => [part.id, { ...part, pixels: garments[part.garment]!.pixels }] as const,
  );
  return { plant: file.plant, has: file.has, parts: new Map(parts) };
}

/** The true value of a modality in the model's form (0…1), as an import would have encoded it. */
export function trueValues(plan: Plan, name: string, part: TruePart): Float32Array {
  const modality = modalityOf(plan, name);
  if (hasPlaces(modality))
    return fitImage(
      {
        width: side,
        height: side,
        channels: 1,
        values: greyValues(part.pixels),
      },
      modality,
    );
  if (hasRange(modality)) return scaleSignal(modality, part.gauge);
  if (isWords(modality)) return encodeText(modality, part.note);
  throw new Error(`garments have no ${name}`);
}
