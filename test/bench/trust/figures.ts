import { sharedRanks } from '../../../training/measures/rank-correlation.ts';
import { mean } from '../../../training/measures/statistics.ts';

/** The area under the ROC curve: how often a positive one scores above a negative one, ties counting half; NaN without both. */
export function auroc(scores: ArrayLike<number>, positive: readonly boolean[]): number {
  const ranks = sharedRanks(scores).reduce((sum, rank, place) => (positive[place] ? sum + rank + 1 : sum), 0);
  const count = positive.filter(Boolean).length;
  return (ranks - (count * (count + 1)) / 2) / (count * (positive.length - count));
}

/** Parts by their confidence, in ten equal bins. */
export interface Reliability {
  readonly parts: readonly number[];
  /** Σ of the confidence, and of the parts that were right. */
  readonly confidence: readonly number[];
  readonly right: readonly number[];
}

const bins = 10;

export function reliabilityOf(confidence: ArrayLike<number>, right: readonly boolean[]): Reliability {
  const empty = () => new Array<number>(bins).fill(0);
  const found = { parts: empty(), confidence: empty(), right: empty() };
  for (const [place, isRight] of right.entries()) {
    const bin = Math.min(bins - 1, Math.floor(confidence[place]! * bins));
    found.parts[bin]!++;
    found.confidence[bin]! += confidence[place]!;
    found.right[bin]! += Number(isRight);
  }
  return found;
}

/** Several reliabilities as one. */
export function addReliabilities(all: readonly Reliability[]): Reliability {
  const sum = (read: (one: Reliability) => readonly number[]) =>
    Array.from({ length: bins }, (_, bin) => all.reduce((total, one) => total + read(one)[bin]!, 0));
  return {
    parts: sum(({ parts }) => parts),
    confidence: sum(({ confidence }) => confidence),
    right: sum(({ right }) => right),
  };
}

/** Expected calibration error: |mean confidence − share that was right|, over the bins by their parts. */
export function calibrationError({ parts, confidence, right }: Reliability): number {
  const total = parts.reduce((sum, count) => sum + count, 0);
  return confidence.reduce((sum, value, bin) => sum + Math.abs(value - right[bin]!), 0) / total;
}

/** Mean squared distance of the confidence from 1 for what was right and 0 for what was not. */
export function brier(confidence: ArrayLike<number>, right: readonly boolean[]): number {
  return mean(right.map((isRight, place) => (confidence[place]! - Number(isRight)) ** 2));
}

/**
 * Areas under the selective risk and the generalised risk over coverage, accepting the surest parts first: `aurc` the mean
 * share of wrong ones among the accepted (Geifman and El-Yaniv, arXiv 1705.08500), `augrc` of wrong and accepted ones among
 * all (Traub et al., arXiv 2407.01032).
 */
export function selectiveRisks(
  confidence: ArrayLike<number>,
  right: readonly boolean[],
): { readonly aurc: number; readonly augrc: number } {
  const order = [...right.keys()].sort((a, b) => confidence[b]! - confidence[a]!);
  let wrong = 0;
  let [aurc, augrc] = [0, 0];
  for (const [place, part] of order.entries()) {
    wrong += Number(!right[part]);
    aurc += wrong / (place + 1);
    augrc += wrong / order.length;
  }
  return { aurc: aurc / order.length, augrc: augrc / order.length };
}
