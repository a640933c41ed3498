import type { Plan } from '../../protocol/plan.ts';
import { type HiddenTruth, type TruePart, trueValues } from './true-parts.ts';

/** Values that a reconstruction must beat to be worth anything, in the model's form (0…1). */
interface Yardsticks {
  /** The mean over all parts of the federation that were measured. */
  readonly mean: Float32Array;
  /** The mean over those of the part's own type: it is told the label, which the model never is. */
  classMean(part: TruePart): Float32Array;
}

/** Means of a modality over every part of every plant whose folder holds it. A type nobody measured gets the mean. */
export function yardsticks(plan: Plan, name: string, truths: readonly HiddenTruth[]): Yardsticks {
  const all = accumulator();
  const byType = new Map<number, ReturnType<typeof accumulator>>();
  for (const truth of truths)
    for (const part of truth.parts.values()) {
      if (!part.measured.includes(name)) continue;
      const values = trueValues(plan, name, part);
      all.add(values);
      if (!byType.has(part.type)) byType.set(part.type, accumulator());
      byType.get(part.type)!.add(values);
    }
  const mean = all.mean();
  const means = new Map([...byType].map(([type, sums]) => [type, sums.mean()]));
  return { mean, classMean: ({ type }) => means.get(type) ?? mean };
}

function accumulator(): { add(values: Float32Array): void; mean(): Float32Array } {
  let sums = new Float64Array(0);
  let count = 0;
  return {
    add(values) {
      if (count === 0) sums = new Float64Array(values.length);
      values.forEach((value, index) => {
        sums[index]! += value;
      });
      count++;
    },
    mean: () => Float32Array.from(sums, (sum) => sum / count),
  };
}
