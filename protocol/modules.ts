import type { Plan } from './plan.ts';
import { type StageName, stageOfRound } from './schedule.ts';

/**
 * Modules: the units of exchange. A module is a group of tensors whose names start with its name,
 * `encoder/camera/…`, `decoder/camera/…`, `mapping/camera←gauge/…` (re-encodes the gauge as the camera's latent).
 */
export type ModuleName = `encoder/${string}` | `decoder/${string}` | `mapping/${string}←${string}`;

type ModuleRole =
  | { readonly role: 'encoder' | 'decoder'; readonly modality: string }
  | { readonly role: 'mapping'; readonly target: string; readonly source: string };

/** Name of the mapping that completes `target` from `source`. */
export function mappingName(target: string, source: string): ModuleName {
  return `mapping/${target}←${source}`;
}

/** Role of a module by its name; undefined if it is no module's name. */
export function parseModuleName(name: string): ModuleRole | undefined {
  const match =
    /^(?:(encoder|decoder)\/([a-z][a-z0-9-]*)|mapping\/([a-z][a-z0-9-]*)←([a-z][a-z0-9-]*))$/u.exec(name);
  if (!match) return undefined;
  if (match[1]) return { role: match[1] as 'encoder' | 'decoder', modality: match[2]! };
  return { role: 'mapping', target: match[3]!, source: match[4]! };
}

/** Modules of a plan: an encoder and a decoder for each modality, a mapping for each ordered pair. */
export function modulesOf(plan: Plan): ModuleName[] {
  const names = plan.modalities.map((modality) => modality.name);
  return [
    ...names.flatMap((name): ModuleName[] => [`encoder/${name}`, `decoder/${name}`]),
    ...orderedPairs(names).map(([target, source]) => mappingName(target, source)),
  ];
}

/** Modules that a plant works with in a round, by whether it trains them or only uses them. */
interface ModuleUse {
  /** Modules that are fetched, trained here and sent back. */
  readonly train: ModuleName[];
  /** Modules that are fetched and stay frozen here; never sent. */
  readonly use: ModuleName[];
}

/**
 * The modules that a plant holding `has` works on in `round` of `stage`; everything else never travels to it.
 *
 * - generators: encoder and decoder of what it has; the decoder is only used where the plan freezes it in this round.
 * - mappings: T(n←m) for pairs it has, on frozen encoders of both and the frozen decoder of n.
 * - completion: as mappings, and T(n←m) for what it lacks, taught by what its best other source
 *   reconstructs with the frozen decoder of n; needs two sources (`ALGORITHM` stage 3). Where the plan refines,
 *   also encoder and decoder of what it has beside something else.
 */
export function moduleUse(plan: Plan, has: readonly string[], stage: StageName, round: number): ModuleUse {
  const held = plan.modalities.map((modality) => modality.name).filter((name) => has.includes(name));
  const lacking = plan.modalities.map((modality) => modality.name).filter((name) => !has.includes(name));
  const generators = held.flatMap((name): ModuleName[] => [`encoder/${name}`, `decoder/${name}`]);
  if (stage === 'generators') {
    if (!freezesDecoders(plan, round)) return { train: generators, use: [] };
    const isDecoder = (name: ModuleName) => name.startsWith('decoder/');
    return { train: generators.filter((name) => !isDecoder(name)), use: generators.filter(isDecoder) };
  }
  const real = orderedPairs(held).map(([target, source]) => mappingName(target, source));
  if (stage === 'mappings') return { train: real, use: generators };
  const completed =
    held.length < 2 ? [] : lacking.flatMap((target) => held.map((source) => mappingName(target, source)));
  const decoders = completed.length === 0 ? [] : lacking.map((name): ModuleName => `decoder/${name}`);
  const beyond = completed.length === 0 ? [] : modulesFrom(plan, lacking, held);
  if (plan.research.refine && held.length > 1)
    return { train: [...generators, ...real, ...completed], use: [...decoders, ...beyond] };
  return { train: [...real, ...completed], use: [...generators, ...decoders, ...beyond] };
}

/**
 * Modules that lead on from modalities that a plant lacks, where the plan needs them in stage 3: mappings back to what
 * it holds for cycle consistency, to any modality for bridges.
 */
function modulesFrom(plan: Plan, lacking: readonly string[], held: readonly string[]): ModuleName[] {
  const { bridges } = plan.reconstruction;
  if (!bridges && plan.research.cycle === 0) return [];
  const encoders = lacking.map((name): ModuleName => `encoder/${name}`);
  const targets = bridges ? [...held, ...lacking] : held;
  const mappings = lacking.flatMap((source) =>
    targets.filter((target) => target !== source).map((target) => mappingName(target, source)),
  );
  return [...encoders, ...mappings];
}

/** True if the generators' decoders stay as they are in a round of their stage. */
function freezesDecoders(plan: Plan, round: number): boolean {
  const { freezing } = plan.research;
  const { roundInStage } = stageOfRound(plan, round);
  if (freezing.rule === 'alternating') return roundInStage % 2 === 0;
  return freezing.rule === 'warm-up' && roundInStage > freezing.rounds;
}

function orderedPairs(names: readonly string[]): [target: string, source: string][] {
  return names.flatMap((target) =>
    names.filter((source) => source !== target).map((source): [string, string] => [target, source]),
  );
}
