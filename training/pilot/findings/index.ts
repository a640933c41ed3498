import type { ModalityKind } from '../../../protocol/plan.ts';
import { partsWith } from '../../learning/dataset.ts';
import type { Finding } from '../facts.ts';
import type { PlantParts } from '../show.ts';
import { duplicates } from './duplicates.ts';
import type { Detector } from './finding.ts';
import { imageDetectors } from './images.ts';
import { unreadable } from './manifest.ts';
import { noteDetectors } from './notes.ts';
import { signalDetectors } from './signals.ts';

export { unlistedFiles, unusedColumns } from './manifest.ts';

const detectors: Readonly<Record<ModalityKind, readonly Detector[]>> = {
  image: [...imageDetectors, duplicates],
  signal: [...signalDetectors, duplicates],
  text: noteDetectors,
};

/** All that is wrong or odd about a plant's parts, as far as their values and the import's problems tell. */
export function findAll(given: PlantParts): Finding[] {
  const { plan, dataset } = given;
  const measured = plan.modalities.filter(({ name }) => dataset.modalities[name]);
  return [
    ...unreadable(given),
    ...measured.flatMap(({ name, kind }) =>
      detectors[kind].flatMap((detect) => detect(given, name, partsWith(dataset, name))),
    ),
  ];
}
