import { z } from 'zod';
import type { Plan } from '../plan.ts';
import { assessingModules } from '../serving.ts';

/**
 * Route: a target and the sources that it is reconstructed from, in the plan's order. A part on it has all the sources.
 */
export interface Route {
  readonly target: string;
  readonly sources: readonly string[];
}

/** Name of a route: `camera←gauge+note`. */
export function routeName({ target, sources }: Route): string {
  return `${target}←${sources.join('+')}`;
}

const modality = '[a-z][a-z0-9-]*';
export const routeNameText = z.string().regex(new RegExp(`^${modality}←${modality}(\\+${modality})*$`, 'u'));

/** Route of a name, the reverse of {@link routeName}. */
export function parseRoute(name: string): Route {
  const [target, sources] = routeNameText.parse(name).split('←') as [string, string];
  return { target, sources: sources.split('+') };
}

/**
 * Routes worth calibrating: each target from all that a plant has beside it and from each of these alone, where some
 * plant measures target and sources together and the federation has trained all modules that they need.
 * @param holdings modalities of each plant
 */
export function routesToCalibrate(
  plan: Plan,
  holdings: readonly (readonly string[])[],
  trained: ReadonlySet<string>,
): string[] {
  const names = plan.modalities.map(({ name }) => name);
  const routes = holdings.flatMap((has) =>
    names.flatMap((target) =>
      routesTo(
        target,
        names.filter((name) => name !== target && has.includes(name)),
      ),
    ),
  );
  const possible = routes.filter(
    (route) =>
      holdings.some((has) => canMeasure(has, route)) &&
      assessingModules(plan, route).every((module) => trained.has(module)),
  );
  return [...new Set(possible.map(routeName))].sort();
}

/** Routes to a target: from all sources together, where there are several, then from each alone. */
export function routesTo(target: string, sources: readonly string[]): Route[] {
  const single = sources.map((source) => ({ target, sources: [source] }));
  return sources.length > 1 ? [{ target, sources }, ...single] : single;
}

/** True if a plant has the target and all sources of a route. @param has its modalities */
export function canMeasure(has: readonly string[], { target, sources }: Route): boolean {
  return [target, ...sources].every((name) => has.includes(name));
}
