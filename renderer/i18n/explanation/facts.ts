import type { ExplanationView, UnitReason } from '../../../main/api/views/explanation.ts';

/** Facts that the sentences of an explanation may use; numbers are as they are written. */
export interface ReasonFacts {
  readonly target: string;
  /** Values in the region that was pointed at and usually, in whole percent of full scale; undefined for the whole. */
  readonly region: { readonly value: number; readonly usual: number } | undefined;
  /** Sources with the change that losing them makes, in whole percent of full scale, largest first. */
  readonly sources: readonly { readonly name: string; readonly change: number }[];
  /** Pieces that raised the result most, in whole percent: of the whole difference, or of full scale in a region. */
  readonly towards: readonly PieceFact[];
  readonly against: readonly PieceFact[];
  /** Rank correlation with two digits after the point, −1…1; undefined where there is nothing to rank. */
  readonly agreement: number | undefined;
  readonly nearest: string | undefined;
}

export interface PieceFact {
  readonly source: string;
  readonly label: UnitReason['label'];
  readonly percent: number;
}

/** Largest number of pieces that are named. */
const mostNamed = 3;

/** Facts of an explanation. @param name a modality's name in the person's language */
export function factsOf(explanation: ExplanationView, name: (modality: string) => string): ReasonFacts {
  const { region, value, usual, agreement } = explanation;
  const pieces = explanation.strongest
    .map(({ modality, label, attribution }) => ({
      source: name(modality),
      label,
      percent: percent(attribution),
    }))
    .filter(({ percent }) => percent !== 0);
  return {
    target: name(explanation.modality),
    region: region ? { value: percent(value), usual: percent(usual) } : undefined,
    sources: explanation.sources
      .map(({ modality, change }) => ({ name: name(modality), change: percent(change) }))
      .toSorted((a, b) => b.change - a.change),
    towards: pieces.filter(({ percent }) => percent > 0).slice(0, mostNamed),
    against: pieces.filter(({ percent }) => percent < 0).slice(0, mostNamed),
    agreement: agreement === null ? undefined : Math.round(agreement * 100) / 100,
    nearest: explanation.neighbours[0]?.id,
  };
}

function percent(fraction: number): number {
  // Not −0, which would be written with a sign.
  return Math.round(fraction * 100) + 0;
}
