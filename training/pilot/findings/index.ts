import { trainingKind } from '../../kinds/index.ts';
import type { Oddity } from '../../kinds/looking.ts';
import { spread } from '../../measures/spread.ts';
import type { Finding } from '../pilot-facts.ts';
import { measuredParts, type PlantParts, shownPart } from '../show.ts';
import { unreadable } from './manifest-findings.ts';

export { unlistedFiles, unusedColumns } from './manifest-findings.ts';

const examplesKept = 4;

/** Findings about a plant's parts, from their values and the import's problems. */
export function findAll(given: PlantParts): Finding[] {
  return [
    ...unreadable(given),
    ...given.plan.modalities.flatMap((modality) => {
      const measured = measuredParts(given, modality);
      if (!measured) return [];
      const oddities = trainingKind(modality).oddities.flatMap((detect) => detect(measured));
      return oddities.map((oddity) => findingOf(given, modality.name, oddity));
    }),
  ];
}

function findingOf(given: PlantParts, modality: string, { affected, ...oddity }: Oddity): Finding {
  const examples = spread(affected, examplesKept).map((part) => {
    const { id, row, values } = given.records[part]!;
    return { id, row, ...(modality in values && { shown: shownPart(given, modality, part) }) };
  });
  return { ...oddity, modality, examples };
}
