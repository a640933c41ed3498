import { canonicalJson, type Plan, planHash } from '../../protocol/plan.ts';
import { openEngine } from '../engine/index.ts';
import type { Engine } from '../engine/types.ts';
import { openPrograms, type Programs } from '../learning/programs.ts';
import type { EngineChoice } from './messages.ts';
import { type OpenedModels, openedModels } from './opened-models.ts';

/** Session: the engine and the compiled programs that stay open from one job to the next. */
export interface ProcessSession {
  /** Programs of `plan` on the engine chosen; those of another plan or engine are freed first. */
  programs(plan: Plan, choice: EngineChoice): Promise<Programs>;
  /** Models and parts that questions are asked about. */
  readonly openedModels: OpenedModels;
}

export function openProcessSession(): ProcessSession {
  let open: { choice: string; engine: Engine; plan: string; programs: Programs } | undefined;
  return {
    openedModels: openedModels(),
    async programs(plan, engineChoice) {
      const choice = canonicalJson(engineChoice);
      const hash = planHash(plan);
      if (open?.choice === choice && open.plan === hash) return open.programs;
      await open?.programs.dispose();
      const kept = open?.choice === choice ? open.engine : undefined;
      if (!kept) await open?.engine.dispose();
      open = undefined;
      const engine = kept ?? (await openEngine(withoutUndefined(engineChoice)));
      open = { choice, engine, plan: hash, programs: openPrograms(engine) };
      return open.programs;
    },
  };
}

/** Choice of an engine without undefined fields, for an interface that tells "absent" from "undefined". */
function withoutUndefined({ engine, device, threads }: EngineChoice) {
  return { ...(engine && { engine }), ...(device && { device }), ...(threads && { threads }) };
}
