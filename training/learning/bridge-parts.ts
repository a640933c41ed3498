import type { Rank } from '@tensorflow/tfjs';
import { modalityOf } from '../../protocol/plan.ts';
import { hasResidual, mappingInputSize, valueSize } from '../../protocol/shapes.ts';
import { bridgeDraws, bridgeNoise, mapOverBridge } from '../model/bridge-draws.ts';
import { parameter } from '../model/layers.ts';
import { type BridgePath, bridgeModules } from '../model/recipe.ts';
import { blockRows, type FrozenModel, type MappedTables, runOnParts, usualRows } from './inference.ts';
import type { Table } from './row-table.ts';

/**
 * Maps the listed parts over a bridge by `mapOverBridge`; other rows stay zero.
 * @param input what mappings read of the source
 */
export async function bridgeParts(
  frozen: FrozenModel,
  path: BridgePath,
  input: Table,
  parts: Uint32Array,
): Promise<MappedTables> {
  const { plan } = frozen;
  const [target, through, source] = path;
  const [entry, middle] = [modalityOf(plan, target), modalityOf(plan, through)];
  const width = mappingInputSize(plan, modalityOf(plan, source));
  const residual: Record<string, number> = hasResidual(plan, entry) ? { residual: valueSize(entry) } : {};
  const widest = Math.max(width, bridgeDraws * valueSize(middle), bridgeDraws * (residual.residual ?? 0));
  const rows = blockRows(usualRows, widest);
  const result = await runOnParts(
    frozen,
    parts,
    { input },
    {
      name: `map ${target}←${through}←${source}`,
      modules: bridgeModules(plan, path),
      rows,
      inputs: { input: width },
      outputs: { mean: entry.latent, logvar: entry.latent, ...residual },
      extra: {
        shapes: { noise: [bridgeDraws * rows, middle.latent] },
        fill: (_first, chosen) => ({ noise: bridgeNoise(plan, path, chosen, rows) }),
      },
      fn(given) {
        const [read, noise] = ['input', 'noise'].map((name) => parameter<Rank.R2>(given, name));
        const { residual, ...gaussian } = mapOverBridge(plan, path, given, read!, noise!);
        return { ...gaussian, ...(residual && { residual }) };
      },
    },
  );
  return { mean: result.mean!, logvar: result.logvar!, residual: result.residual };
}
