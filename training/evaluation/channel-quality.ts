import { z } from 'zod';
import { channelsOf, hasRange, type Modality } from '../../protocol/kinds/index.ts';
import { areUnlike } from '../measures/unlike.ts';

/** Quality of one channel of a signal. */
export const channelQuality = z.strictObject({
  /** Name in the plan; the number where the plan has one range for all values. */
  name: z.string(),
  unit: z.string(),
  /**
   * Coefficient of determination: 1 − Σ(truth − reconstruction)² / Σ(truth − mean)². 1 is exact, 0 as good as the mean,
   * below 0 worse than it.
   */
  r2: z.number(),
});
export type ChannelQuality = z.infer<typeof channelQuality>;

/** Mean square below which a channel stands still, in shares of its range: nothing of it can be told. */
const still = 1e-12;

/** True if a channel is reconstructed better than by its mean. */
export function isBetterThanMean({ r2 }: Pick<ChannelQuality, 'r2'>): boolean {
  return r2 > 0;
}

/**
 * Qualities of the channels, the worst first; none of a modality whose values are judged together. Values that a plan takes for
 * alike, and that are not, are judged one by one too: a measure over all of them would tell of the largest alone.
 * @param truth rows in the model's form (0…1), as are `reconstructed` and `mean`
 * @param mean of each value over the parts trained on, which knows nothing of a part
 */
export function channelQualities(
  modality: Modality,
  truth: readonly Float32Array[],
  reconstructed: readonly Float32Array[],
  mean: ArrayLike<number>,
): ChannelQuality[] {
  const channels = channelsOf(modality);
  if (!hasRange(modality) || !(channels || areUnlike(truth))) return [];
  return Array.from({ length: modality.length }, (_, place) => {
    let [error, variation] = [0, 0];
    for (const [part, values] of truth.entries()) {
      error += (values[place]! - reconstructed[part]![place]!) ** 2;
      variation += (values[place]! - mean[place]!) ** 2;
    }
    const { name = `${place + 1}`, unit = modality.unit ?? '' } = channels?.[place] ?? {};
    return { name, unit, r2: 1 - error / variation, isStill: variation <= still * truth.length };
  })
    .filter(({ isStill }) => !isStill)
    .map(({ isStill: _, ...quality }) => quality)
    .sort((a, b) => a.r2 - b.r2);
}
