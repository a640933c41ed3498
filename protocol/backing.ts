import { z } from 'zod';
import { modalityName } from './kinds/fields.ts';
import { parseModuleName } from './modules.ts';

/** What stands behind a module: counts of parts alone, each part counted anew in every round it taught in. */
export const backing = z.strictObject({
  /** Parts whose measurement taught it: a generator's own, for a mapping those with both of the pair. */
  measured: z.int().nonnegative(),
  /** A mapping's parts whose target another source completed (stage 3), by that source. */
  completed: z.record(modalityName, z.int().positive()),
});
export type Backing = z.infer<typeof backing>;

/** Backing by module. */
export type BackingByModule = Readonly<Record<string, Backing>>;

/** How many parts there are in all. */
export function backingTotal({ measured, completed }: Backing): number {
  return Object.values(completed).reduce((sum, parts) => sum + parts, measured);
}

/** Both together. */
function addBacking(a: Backing | undefined, b: Backing): Backing {
  if (!a) return b;
  const completed = { ...a.completed };
  for (const [source, parts] of Object.entries(b.completed))
    completed[source] = (completed[source] ?? 0) + parts;
  return { measured: a.measured + b.measured, completed };
}

/** `total` and what a round's contributions add to it. */
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
 * Whether a mapping is a bridge: no plant ever held the pair, so it knows of it only what others completed.
 * @returns the source that completed most, which it leads through; null where a measured pair stands behind it
 */
export function bridgeOf({ measured, completed }: Backing): string | null {
  if (measured > 0) return null;
  const sources = Object.entries(completed).sort(([, a], [, b]) => b - a);
  return sources[0]?.[0] ?? null;
}

/** The mappings that are bridges, each with what it leads through; see {@link bridgeOf}. */
export function learnedBridges(backing: BackingByModule): Record<string, string> {
  const bridges = Object.entries(backing).flatMap(([module, own]) => {
    const through = bridgeOf(own);
    return parseModuleName(module)?.role === 'mapping' && through !== null
      ? [[module, through] as const]
      : [];
  });
  return Object.fromEntries(bridges);
}
