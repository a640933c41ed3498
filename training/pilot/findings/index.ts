import type { Modality } from '../../../protocol/plan.ts';
import { trainingKind } from '../../kinds/index.ts';
import type { Oddity } from '../../kinds/looking.ts';
import { spread } from '../../measures/spread.ts';
import type { Finding } from '../pilot-facts.ts';
import { type MeasuredPlant, measuredParts, type PlantParts, shownPart } from '../show.ts';
import { unreadable } from './manifest-findings.ts';

export { unlistedFiles, unreadable, unusedColumns } from './manifest-findings.ts';

const examplesKept = 4;

/** Findings about a plant's parts, from their values and the import's problems. */
export function findAll(given: PlantParts): Finding[] {
  const { problems, records } = given;
  return [
    ...unreadable(problems, records.length),
    ...given.plan.modalities.flatMap((one) => oddFindings(given, one)),
  ];
}

/** Findings about the values that a plant's parts have of one modality. */
export function oddFindings(given: MeasuredPlant, modality: Modality): Finding[] {
  const measured = measuredParts(given, modality);
  if (!measured) return [];
  const oddities = trainingKind(modality).oddities.flatMap((detect) => detect(measured));
  return oddities.map((oddity) => findingOf(given, modality.name, oddity));
}

function findingOf(given: MeasuredPlant, modality: string, { affected, ...oddity }: Oddity): Finding {
  const examples = spread(affected, examplesKept).map((part) => {
    const { id, row, values } = given.records[part]!;
    return { id, row, ...(modality in values && { shown: shownPart(given, modality, part) }) };
  });
  return { ...oddity, modality, examples };
}
