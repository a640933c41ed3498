import type { Progress } from '../../../training/process/messages.ts';
import type { LossPoint } from '../../api/views.ts';

/** Number of points of the loss curve a round: enough to see its shape, few enough to keep for ever. */
const pointsPerRound = 20;

/** Turns the training process's many messages into a few points of the curve, each the mean since the last. */
export function createLossRecorder(
  round: number,
  record: (point: LossPoint) => void,
): { add(progress: Progress): void } {
  const sums = new Map<string, { sum: number; count: number }>();
  let recorded = 0;
  return {
    add: ({ losses, fraction }) => {
      for (const [term, loss] of Object.entries(losses ?? {})) {
        if (!Number.isFinite(loss)) continue;
        const entry = sums.get(term) ?? { sum: 0, count: 0 };
        sums.set(term, { sum: entry.sum + loss, count: entry.count + 1 });
      }
      if (sums.size === 0 || fraction - recorded < 1 / pointsPerRound) return;
      recorded = fraction;
      const means = [...sums].map(([term, { sum, count }]) => [term, sum / count] as const);
      sums.clear();
      record({ round, position: round - 1 + fraction, losses: Object.fromEntries(means) });
    },
  };
}
