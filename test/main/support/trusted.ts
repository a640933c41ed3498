import { openStore } from '../../../main/store/store.ts';
import { planHash } from '../../../protocol/plan.ts';
import { encodeTensors } from '../../../protocol/safetensors.ts';
import type { RouteRecord } from '../../../training/confidence/record.ts';
import { planWith, reviewedFolder } from './reviewed.ts';

/** Histogram of the surprises of a thousand parts, as a normal distribution has them. */
export const bell = Array.from({ length: 120 }, (_, bin) =>
  Math.round(40 * Math.exp(-(((bin - 59.5) / 10) ** 2) / 2)),
);

/** Route that two plants calibrated; known parts are off by 5 to 20 % of full scale. */
export const calibrated: RouteRecord = {
  route: 'camera←gauge+note',
  plants: 2,
  parts: 240,
  usual: { centre: -2.3, spread: 0.4 },
  surprises: { learned: bell, held: bell },
  intervals: [
    { level: 0.2, found: { width: 1.2, missed: 0.19, worst: 0.22 } },
    { level: 0.1, found: { width: 1.6, missed: 0.09, worst: 0.11 } },
    { level: 0.05, found: { missingParts: 12 } },
  ],
};

/** Route from the note alone, calibrated alike. */
const byNote: RouteRecord = { ...calibrated, route: 'camera←note' };

/**
 * Makes a {@link reviewedFolder} whose camera images are calibrated: A is good, B uncertain and from its note alone, C
 * like nothing known.
 */
export async function trustedFolder(folder: string): Promise<string> {
  await reviewedFolder(folder);
  const store = await openStore(folder);
  const assessments = [
    { logError: -3, familiarity: 0.6, alone: { gauge: 0.5, note: 0.7 } },
    { logError: -2, familiarity: 0.3, alone: { note: 0.5 } },
    { logError: -2.4, familiarity: 0.002, alone: { gauge: 0.003, note: 0.5 } },
  ];
  const [count, width] = [assessments.length, 64];
  const values = (scale: number) => ({
    shape: [count, width],
    data: Float32Array.from({ length: count * width }, (_, index) => ((index % 5) / 5) * scale),
  });
  const tensors = encodeTensors(
    { mean: values(1), sigma: values(0.1) },
    { routes: JSON.stringify([calibrated, byNote]) },
  );
  const { sha256 } = await store.files.put(tensors);
  const rows = store.parts.byRow().map((part, position) => ({
    ...{ part, position, values: '', confidence: 0.5 },
    sources:
      position === 1
        ? [{ modality: 'note', share: 1 }]
        : [
            { modality: 'gauge', share: 0.7 },
            { modality: 'note', share: 0.3 },
          ],
    assessment: {
      route: (position === 1 ? byNote : calibrated).route,
      deviation: 0.3,
      ...assessments[position]!,
    },
  }));
  const madeAt = new Date().toISOString();
  const made = { modality: 'camera', modelVersion: 3, planHash: planHash(planWith()), file: sha256, madeAt };
  store.reconstructions.replace([{ ...made, sigmaLow: 0, sigmaHigh: 0.1, rows }]);
  store.close();
  return folder;
}
