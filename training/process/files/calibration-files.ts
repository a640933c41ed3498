import { readFile } from 'node:fs/promises';
import type { CalibrationPass } from '../../../protocol/calibration/lengths.ts';
import { plantsStatistic, worstStatistic } from '../../../protocol/calibration/merging.ts';
import { decodeSums, type Sums } from '../../../protocol/calibration/sums.ts';
import { ofPass } from '../../confidence/passes.ts';
import type { PooledCalibration } from '../../confidence/record.ts';

/** Reads the sums of a pass. @throws FedReconError `tensors-invalid`, `tensor-not-finite`, `sums-refused` */
export async function readSums(file: string): Promise<Sums> {
  return decodeSums(await readFile(file));
}

/**
 * Reads a finished calibration from the files of its passes.
 * @returns calibrations by route (`camera←gauge+note`), of those with sums in every pass
 * @throws FedReconError `tensors-invalid`, `tensor-not-finite`, `sums-refused`
 */
export async function readRouteCalibrations(
  files: Readonly<Record<CalibrationPass, string>>,
): Promise<ReadonlyMap<string, PooledCalibration>> {
  const scales = await readSums(files.scales);
  const moments = await readSums(files.moments);
  const scores = await readSums(files.scores);
  const routes = Object.entries(scores).flatMap(([route, scored]) => {
    const [scaled, modelled] = [scales[route], moments[route]];
    if (!scaled || !modelled) return [];
    const { intervals, ...rest } = ofPass('scores', scored);
    const calibration: PooledCalibration = {
      ...ofPass('scales', scaled),
      ...ofPass('moments', modelled),
      ...{ ...rest, intervals },
      plants: scored[plantsStatistic]![0]!,
      parts: intervals.count[0]!,
      worst: scored[worstStatistic]!,
    };
    return [[route, calibration] as const];
  });
  return new Map(routes);
}
