import { type ChannelQuality, isBetterThanMean } from '../../training/evaluation/channel-quality.ts';
import type { ChannelView } from '../api/views/measures.ts';

/** Qualities of channels as terminal, paper and window show them; the worst first. */
export function channelViews(qualities: readonly ChannelQuality[]): ChannelView[] {
  return qualities.map((quality) => ({ ...quality, better: isBetterThanMean(quality) }));
}
