import type { LossPoint } from '../../main/api/views.ts';

/** One line of the loss curve: how well one modality (from one source) is reproduced. */
interface LossSeries {
  readonly key: string;
  readonly target: string;
  /** The modality that `target` is mapped from; undefined while it learns by itself. */
  readonly source?: string;
  /** `x` in rounds of the schedule; `y` is 1 at the series' first value and 0 at its lowest, on a square-root scale. */
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/**
 * Term of the losses that is shown. Negative log-likelihoods have no natural zero, so each series is scaled by its own
 * first and lowest value.
 */
const shownTerm = '/likelihood';

/** Lines of the loss curve, from the losses by term (`camera/likelihood`, `camera←gauge/likelihood`, …). */
export function lossSeries(losses: readonly LossPoint[]): readonly LossSeries[] {
  const values = new Map<string, { x: number; y: number }[]>();
  for (const { position, losses: terms } of losses) {
    for (const [term, value] of Object.entries(terms)) {
      if (!term.endsWith(shownTerm)) continue;
      const key = term.slice(0, -shownTerm.length);
      const points = values.get(key) ?? [];
      points.push({ x: position, y: value });
      values.set(key, points);
    }
  }
  return [...values].map(([key, points]) => {
    const [target = key, source] = key.split('←');
    return { key, target, ...(source ? { source } : {}), points: scaled(points) };
  });
}

function scaled(points: readonly { x: number; y: number }[]): { x: number; y: number }[] {
  const first = points[0]!.y;
  const lowest = points.reduce((least, { y }) => Math.min(least, y), first);
  const span = first - lowest || 1;
  // Most is learned in the first steps; the square root leaves room for what comes after.
  return points.map(({ x, y }) => ({ x, y: Math.sqrt((y - lowest) / span) }));
}
