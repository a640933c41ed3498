import { encodeTensors } from '../../../protocol/safetensors.ts';
import { type HostTensor, sizeOf } from '../../../protocol/tensors.ts';
import type { Assessed } from '../../confidence/assess.ts';
import type { RouteRecord } from '../../confidence/record.ts';
import { gather, type Table } from '../../learning/row-table.ts';
import { mean as average } from '../../measures/statistics.ts';
import type { ModalityReconstruction } from '../../reconstruction/reconstruct.ts';

/** Assessment of a file's reconstructions by calibrations of plants with real measurements. */
interface AssessedFile {
  readonly assessed: Assessed;
  /** Records of the routes, in the order of `assessed.routes`. */
  readonly records: readonly RouteRecord[];
}

/**
 * File of a reconstruction in the safetensors format: `mean` and `sigma` [k, size], `confidence` [k], `index` [k] (the
 * part's row in the data sets, one after the other), `share/<source>` [k]; metadata: `modality`, `kind`, `sources`
 * (JSON: mean share of each) and, where no plant measured a source together with it, `bridges` (JSON: source → the
 * modality that leads from one to the other).
 *
 * Where routes are calibrated also `route` [k] (index in the metadata `routes`, a JSON list of {@link RouteRecord}; −1:
 * not calibrated), `expected` and `deviation` [k] (of the logarithm of the error), `familiarity` [k],
 * `familiarity/<source>` [k] and `cautions` [k, 2] (see {@link Assessed}; metadata `features`: JSON, the features by
 * route); these are 0 where they are unknown. `sigma` is calibrated then.
 */
export function reconstructionFile(
  modality: string,
  result: ModalityReconstruction,
  assessment?: AssessedFile,
): Uint8Array {
  const { parts, mean, sigma, confidence, shares, bridges } = result;
  const pick = (values: ArrayLike<number>): HostTensor => ({
    shape: [parts.length],
    data: Float32Array.from(parts, (part) => values[part] || 0),
  });
  const wide = (table: Table) => rows(table, parts, [parts.length, table.width]);
  const shareTensors = Object.entries(shares).map(
    ([source, share]) => [`share/${source}`, pick(share)] as const,
  );
  const meanShares = shareTensors.map(([name, { data }]) => [name.slice('share/'.length), average(data)]);
  return encodeTensors(
    {
      mean: wide(mean),
      sigma: wide(assessment?.assessed.sigma ?? sigma),
      confidence: pick(confidence),
      index: { shape: [parts.length], data: Float32Array.from(parts) },
      ...Object.fromEntries(shareTensors),
      ...(assessment && {
        ...assessmentTensors(assessment.assessed, pick),
        cautions: wide(assessment.assessed.cautions),
      }),
    },
    {
      ...{ modality, kind: 'reconstruction', sources: JSON.stringify(Object.fromEntries(meanShares)) },
      ...(Object.keys(bridges).length > 0 ? { bridges: JSON.stringify(bridges) } : {}),
      ...(assessment && {
        routes: JSON.stringify(assessment.records),
        features: JSON.stringify(assessment.assessed.features),
      }),
    },
  );
}

function assessmentTensors(
  { route, logError, deviation, familiarity, alone }: Assessed,
  pick: (values: ArrayLike<number>) => HostTensor,
): Record<string, HostTensor> {
  const bySource = Object.entries(alone).map(([source, values]) => [`familiarity/${source}`, pick(values)]);
  return {
    route: pick(route),
    expected: pick(logError),
    deviation: pick(deviation),
    familiarity: pick(familiarity),
    ...Object.fromEntries(bySource),
  };
}

function rows(table: Table, parts: Uint32Array, shape: readonly number[]): HostTensor {
  const data = new Float32Array(sizeOf(shape));
  gather(table, parts, data);
  return { shape, data };
}
