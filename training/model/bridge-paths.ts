import { mappingName } from '../../protocol/modules.ts';
import type { Plan } from '../../protocol/plan.ts';

/** Modalities through which trained mappings lead from `source` to `target`. */
export function bridgesTo(
  plan: Plan,
  target: string,
  source: string,
  trained: ReadonlySet<string>,
): string[] {
  const names = plan.modalities.map(({ name }) => name);
  return names.filter((through) => {
    const reencoding =
      plan.research.mappingInput === 'latent' ? [] : [`encoder/${through}`, `decoder/${through}`];
    const path = [mappingName(through, source), mappingName(target, through), ...reencoding];
    return through !== target && through !== source && path.every((module) => trained.has(module));
  });
}
