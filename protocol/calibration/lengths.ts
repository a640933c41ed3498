import { z } from 'zod';
import { channelsOf } from '../kinds/index.ts';
import { modalityOf, type Plan } from '../plan.ts';
import { routeEmbedding, routeFeatures } from './features.ts';
import type { Route } from './routes.ts';

/**
 * Passes of a calibration. Each needs the sums of those before: features are scaled by what all plants have, errors are
 * expected by one model of all plants' parts, and how far the model was off is counted on parts held out.
 */
export const calibrationPasses = ['scales', 'moments', 'scores'] as const;
export const calibrationPass = z.enum(calibrationPasses);
export type CalibrationPass = z.infer<typeof calibrationPass>;

/** Sizes of the statistics. `cosines`: more than these hardly order parts better. */
export const calibrationSizes = {
  /** Random features of an error model. */
  cosines: 256,
  /** Bins of a histogram. */
  bins: 120,
  /** Number of interval widths that are tried. */
  widths: 360,
  /** Number of bets on each width: one for each level of misses and each stake. */
  bets: 6,
} as const;

/** Length of the packed lower triangle of a symmetric matrix: rows one after the other, each up to its diagonal. */
export function packedLength(size: number): number {
  return (size * (size + 1)) / 2;
}

/** Widths of the two blocks of a row: the named features of a route, and the embedding. */
export function featureBlocks(plan: Plan, route: Route): [features: number, embedding: number] {
  const latents = routeEmbedding(route).map(({ latentOf }) => modalityOf(plan, latentOf).latent);
  return [routeFeatures(route).length, latents.reduce((sum, width) => sum + width, 0)];
}

/** Lengths by statistic, `group/name`, of a row of features `width` wide, a basis of `size` and a target of so many channels. */
type Lengths = (width: number, size: number, channels: number) => Readonly<Record<string, number>>;

const { bins, widths, bets } = calibrationSizes;
const lengths: { readonly [P in CalibrationPass]: Lengths } = {
  scales: (width) => ({ 'sums/count': 1, 'sums/sum': width, 'sums/squares': width }),
  moments: (_, size, channels) => ({
    'moments/count': 1,
    'moments/gram': packedLength(size),
    'moments/moment': size,
    'moments/squares': 1,
    ...(channels > 0 && { 'moments/channelErrors': channels, 'moments/channelSigmas': channels }),
  }),
  scores: () => ({
    'surprises/learned': bins,
    'surprises/held': bins,
    'distances/counts': bins,
    'intervals/count': 1,
    'intervals/missed': widths,
    'intervals/bets': widths * bets,
  }),
};

/** Every statistic of a pass, `group/name`, with its length. */
export function statisticLengths(
  plan: Plan,
  pass: CalibrationPass,
  route: Route,
): Readonly<Record<string, number>> {
  const width = featureBlocks(plan, route).reduce((sum, block) => sum + block, 0);
  const channels = channelsOf(modalityOf(plan, route.target))?.length ?? 0;
  return lengths[pass](width, calibrationSizes.cosines + width + 1, channels);
}

/** Name of the statistic, by pass, that counts the parts behind a route's sums. */
export const countOf = {
  scales: 'sums/count',
  moments: 'moments/count',
  scores: 'intervals/count',
} as const satisfies Record<CalibrationPass, string>;
