import { z } from 'zod';
import { modalityName } from './kinds/fields.ts';
import { parseModuleName } from './modules.ts';

/** Backing of a module: how many parts taught it. Counts alone; a part counts anew in every round it taught in. */
export const backing = z.strictObject({
  /** Parts whose measurements taught the module: with the modality of a generator, with both of a mapping's pair. */
  measured: z.int().nonnegative(),
  /** Parts that taught a mapping with a target completed from another source (stage 3), by that source. */
  completed: z.record(modalityName, z.int().positive()),
});
export type Backing = z.infer<typeof backing>;

/** Backing by module. */
export type BackingByModule = Readonly<Record<string, Backing>>;

/** Total of a backing's parts, measured and completed. */
export function backingTotal({ measured, completed }: Backing): number {
  return Object.values(completed).reduce((sum, parts) => sum + parts, measured);
}

/** Sum of two backings; `b` itself where there is no `a`. */
function addBacking(a: Backing | undefined, b: Backing): Backing {
  if (!a) return b;
  const completed = { ...a.completed };
  for (const [source, parts] of Object.entries(b.completed))
    completed[source] = (completed[source] ?? 0) + parts;
  return { measured: a.measured + b.measured, completed };
}

/** Total backing by module after a round: `total` plus the backing of every contribution. */
export function gatherBacking(
  total: BackingByModule,
  contributions: readonly BackingByModule[],
): BackingByModule {
  const sum: Record<string, Backing> = { ...total };
  for (const [module, added] of contributions.flatMap((contribution) => Object.entries(contribution)))
    sum[module] = addBacking(sum[module], added);
  return sum;
}

/**
 * Modality through which a mapping is a bridge. A mapping is one if no plant ever held its pair, so that it was taught
 * only on completed parts.
 * @returns the source that completed most of its parts; null where a measured pair stands behind the mapping
 */
export function bridgeOf({ measured, completed }: Backing): string | null {
  if (measured > 0) return null;
  const sources = Object.entries(completed).sort(([, a], [, b]) => b - a);
  return sources[0]?.[0] ?? null;
}

/** Mappings that are bridges, each with the modality it leads through; see {@link bridgeOf}. */
export function learnedBridges(backing: BackingByModule): Record<string, string> {
  const bridges = Object.entries(backing).flatMap(([module, own]) => {
    const through = bridgeOf(own);
    return parseModuleName(module)?.role === 'mapping' && through !== null
      ? [[module, through] as const]
      : [];
  });
  return Object.fromEntries(bridges);
}
