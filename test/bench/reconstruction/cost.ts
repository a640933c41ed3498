import { type Cost, pathCost } from '../../../protocol/cost.ts';
import { type ModuleName, mappingName } from '../../../protocol/modules.ts';
import { modalityOf, type Plan } from '../../../protocol/plan.ts';
import { mappingInputOf } from '../../../protocol/shapes.ts';

/**
 * Reconstructing `target` from `sources`: their encoders where mappings read what these say, their mappings, and the
 * decoder of `target`. No source at all is `target` through its own encoder and decoder.
 * @throws FedReconError `modality-unknown`
 */
export function reconstructionCost(plan: Plan, target: string, sources: readonly string[]): Cost {
  const encoded = sources.filter((name) => mappingInputOf(plan, modalityOf(plan, name)) !== 'measurement');
  const encoders = (sources.length > 0 ? encoded : [target]).map((name): ModuleName => `encoder/${name}`);
  const mappings = sources.map((source) => mappingName(target, source));
  return pathCost(plan, [...encoders, ...mappings, `decoder/${target}`]);
}
