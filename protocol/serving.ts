import { type ModuleName, mappingName, modulesOf } from './modules.ts';
import { modalityOf, type Plan } from './plan.ts';
import { mappingInputOf } from './shapes.ts';

/**
 * Modules that reconstruct what a plant holding `has` lacks, or what single parts lack, and assess the result: mappings
 * back to what is held show how well a reconstruction explains what was measured. Nothing is trained. Bridges lead on
 * from what the plant lacks, so with them all modules are needed.
 */
export function servingModules(plan: Plan, has: readonly string[]): ModuleName[] {
  if (plan.reconstruction.bridges) return modulesOf(plan);
  const names = plan.modalities.map(({ name }) => name);
  const held = names.filter((name) => has.includes(name));
  const lacking = names.filter((name) => !has.includes(name));
  return [
    ...held.map((name): ModuleName => `encoder/${name}`),
    ...readingModules(plan, lacking),
    ...names.map((name): ModuleName => `decoder/${name}`),
    ...names.flatMap((target) => mappingsTo(target, held)),
    ...held.flatMap((target) => mappingsTo(target, lacking)),
  ];
}

/** Modules that reconstruct `target` from `sources`, for parts that have all of these, and assess the result. */
export function assessingModules(
  plan: Plan,
  { target, sources }: { readonly target: string; readonly sources: readonly string[] },
): ModuleName[] {
  return [
    ...sources.map((name): ModuleName => `encoder/${name}`),
    ...readingModules(plan, [target]),
    ...[...sources, target].map((name): ModuleName => `decoder/${name}`),
    ...mappingsTo(target, sources),
    ...sources.flatMap((source) => mappingsTo(source, [...sources, target])),
  ];
}

/** Encoders of modalities that mappings cannot read as they were measured. */
function readingModules(plan: Plan, names: readonly string[]): ModuleName[] {
  return names
    .filter((name) => mappingInputOf(plan, modalityOf(plan, name)) !== 'measurement')
    .map((name): ModuleName => `encoder/${name}`);
}

function mappingsTo(target: string, sources: readonly string[]): ModuleName[] {
  return sources.filter((source) => source !== target).map((source) => mappingName(target, source));
}
