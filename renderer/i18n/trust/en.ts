import { counted } from '../../../main/api/format.ts';
import type { TrustView } from '../../../main/api/views.ts';

/** Parts of this plant that were measured after they were reconstructed. */
const laterParts = (count: string) =>
  counted(
    count,
    'part of this plant that was measured later counts',
    'parts of this plant that were measured later count',
  );

type Verdict = TrustView['verdict'];
type Caution = TrustView['cautions'][number]['name'];

/** Cautions of a part, by what is furthest from usual. */
const cautions: Record<Caution, (source: string, other: string) => string> = {
  latent: (source) => `${source} lies at the edge of what was learned.`,
  idle: (source) => `Hardly any of the reconstructions that ${source} allows explains what it measured.`,
  itself: (source) => `${source}: its values do not form a pattern that was learned.`,
  worst: (source) => `${source}: single values stand out from the rest.`,
  consistency: (source) => `The reconstruction does not explain what ${source} measured.`,
  crossed: (source, other) => `${source} is not what ${other} lets one expect.`,
  apart: (source, other) => `${source} and ${other} would give different reconstructions.`,
};

/** Texts on how far a reconstruction can be trusted, by the calibration at plants that have the truth. */
export const trust = {
  trust: {
    title: 'Can it be used?',
    verdicts: {
      use: 'May be used',
      check: 'Check it',
      'no-ground': 'No ground',
    } satisfies Record<Verdict, string>,
    within: (percent: string, tolerance: string) => `${percent} likely to be within ${tolerance}`,
    withinWhy: (parts: string, plants: number) =>
      `Counted on ${counted(parts, 'part')} of ${counted(plants, 'plant')}`,
    meaning: 'Of parts like this one whose real measurement is known, so many were within the tolerance.',
    surely: (percent: string) => `more than ${percent}`,
    expected: (error: string) => `Expected error ${error} of full scale`,
    withinShare: (percent: string, share: string) =>
      `${percent} likely that the true value has a share of ${share} or more`,
    expectedShare: (share: string) => `Expected share of the true value ${share}`,
    expectedWords: (error: string) => `Expected error: ${error}`,
    blind:
      'It rests on words alone: a note that is wrong, or that calls a new type of part by known words, looks like a right one.',
    interval: (covered: string, seen: string, worst: string) =>
      `The range holds ${covered} of the values; on parts held out it held ${seen}, at the worst plant ${worst}.`,
    noInterval: (parts: string) =>
      `No range is shown: at least ${parts} more parts with the real measurement are needed.`,
    own: (parts: string) => `${laterParts(parts)} as well.`,
    ownWider: (parts: string, percent: string) =>
      `${laterParts(parts)} as well: the range is ${percent} wider.`,
    ownNarrower: (parts: string, percent: string) =>
      `${laterParts(parts)} as well: the range is ${percent} narrower.`,
    unfamiliar: (percent: string) =>
      `Hardly anything like this part was learned: of known parts, ${percent} are as far out.`,
    strange: (source: string) => `${source}: unlike all that was learned. A new type of part, or a fault.`,
    contradiction: (sources: string) =>
      `${sources} do not fit together: each is known by itself, not on one part.`,
    cautions,
    aWord: (error: string) => `a surprise of ${error} a word`,
    aWordUnit: 'a word',
    rules: 'Tolerance and thresholds',
    open: 'Set limits',
    rulesWhy:
      'The curve shows what is left: the more parts are used, the more of them are expected to be beyond the tolerance.',
    tolerance: 'Tolerance',
    toleranceWhy:
      'Largest error that still serves: root mean square, in % of full scale. Empty: what four of five known parts meet.',
    toleranceWords:
      'Largest error that still serves: how surprising the true words are, as a mean over the words of the vocabulary (0: not at all). Empty: what four of five known parts meet.',
    toleranceShare:
      'Smallest share of the true value that still serves, in %. Empty: what four of five known parts meet.',
    use: 'May be used from',
    check: 'No ground below',
    familiarity: 'No ground if fewer known parts are as far out than',
    coverage: 'Share of the parts that may be used',
    risk: 'Expected beyond the tolerance',
    left: (use: string, check: string, none: string) =>
      `${use} may be used, ${check} to check, ${none} no ground`,
    riskNow: (risk: string) => `Of those that may be used, ${risk} are expected to be beyond the tolerance.`,
    none: 'No plant has checked these reconstructions yet. A curve appears once a calibration has finished.',
    save: 'Set',
    saved: 'Set. It is in the log.',
  },
};
