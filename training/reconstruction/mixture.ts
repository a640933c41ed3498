import { emptyTable } from '../learning/table.ts';
import type { Reconstructed } from './draws.ts';
import type { Fused } from './fusion.ts';

/** One source's own reconstruction of a target. */
export interface Component {
  readonly source: string;
  /** Whether a part has this source. */
  has(part: number): boolean;
  readonly drawn: Reconstructed;
}

/**
 * The mixture of the sources' own reconstructions in equal shares: a mixture of experts as in Shi et al.,
 * arXiv 1911.03393. Its mean is the mean of theirs; its variance, by the law of total variance, is the mean of
 * theirs and the variance of their means, which also counts as spread. Rows are part numbers.
 */
export function mix(
  components: readonly Component[],
  parts: Uint32Array,
): Reconstructed & Pick<Fused, 'shares'> {
  const { width, data } = components[0]!.drawn.mean;
  const rows = data.length / width;
  const mean = emptyTable(rows, width);
  const sigma = emptyTable(rows, width);
  const spread = emptyTable(rows, 1);
  const noise = emptyTable(rows, 1);
  const shares = Object.fromEntries(components.map(({ source }) => [source, new Float32Array(rows)]));
  for (const part of parts) {
    const present = components.filter((component) => component.has(part));
    const weight = 1 / present.length;
    const average = (value: (drawn: Reconstructed) => number) =>
      present.reduce((sum, { drawn }) => sum + weight * value(drawn), 0);
    for (let cell = part * width; cell < (part + 1) * width; cell++) {
      const centre = average((drawn) => drawn.mean.data[cell]!);
      const between = average((drawn) => (drawn.mean.data[cell]! - centre) ** 2);
      mean.data[cell] = centre;
      sigma.data[cell] = Math.sqrt(average((drawn) => drawn.sigma.data[cell]! ** 2) + between);
      spread.data[part]! += between / width;
    }
    spread.data[part]! += average((drawn) => drawn.spread.data[part]!);
    noise.data[part] = average((drawn) => drawn.noise.data[part]!);
    for (const { source } of present) shares[source]![part] = weight;
  }
  return { mean, sigma, spread, noise, shares };
}
