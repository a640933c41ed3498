import type { CalibrationState } from '../../protocol/calibration/calibration-messages.ts';
import { countOf, statisticLengths } from '../../protocol/calibration/lengths.ts';
import { plantsStatistic } from '../../protocol/calibration/merging.ts';
import { parseRoute } from '../../protocol/calibration/routes.ts';
import { decodeSums } from '../../protocol/calibration/sums.ts';
import { FedReconError } from '../../protocol/errors.ts';
import type { RoundState } from '../../protocol/messages.ts';
import type { Plan } from '../../protocol/plan.ts';
import type { Queries } from '../database/database.ts';
import type { Federation } from '../federation/federation.ts';
import { answers, lastCalibration, readCalibration, readPassSums } from './calibration-rows.ts';

/**
 * State of a calibration as a plant sees it: the pass it is asked for, and the merged sums of the passes before.
 * @throws FedReconError `calibration-unknown`
 */
export async function readCalibrationState(
  { database }: Federation,
  plantId: string,
  number: number,
): Promise<CalibrationState> {
  const calibration = await readCalibration(database, number);
  if (!calibration || calibration.state === 'replaced')
    throw new FedReconError('calibration-unknown', { number });
  const { model_version: modelVersion, routes, state, pass, deadline } = calibration;
  const isFinished = state === 'finished';
  const { contributed } = await answers(database, calibration);
  return {
    ...{ number, modelVersion, routes: [...routes] },
    pass: isFinished ? null : pass,
    contributed: contributed.has(plantId),
    deadline: isFinished ? null : deadline.toISOString(),
    sums: await readPassSums(database, number),
  };
}

/** Newest calibration, as plants hear of it when they ask about rounds. */
export async function announced(queries: Queries): Promise<RoundState['calibration']> {
  const last = await lastCalibration(queries);
  return last
    ? { number: last.number, modelVersion: last.model_version, open: last.state !== 'finished' }
    : null;
}

/** Newest calibration, as headquarters sees it. */
export async function calibrationStatus({ database, blobs }: Federation) {
  const last = await lastCalibration(database);
  if (!last) return null;
  const { contributed, expected } = await answers(database, last);
  const { scores } = await readPassSums(database, last.number);
  const sums = scores ? decodeSums(await blobs.read(scores.sha256)) : {};
  const routes = Object.entries(sums).map(([route, statistics]) => {
    const [plants, parts] = [plantsStatistic, countOf.scores].map((name) => statistics[name]![0]!);
    return [route, { plants: plants!, parts: parts! }] as const;
  });
  return {
    number: last.number,
    modelVersion: last.model_version,
    pass: last.state === 'finished' ? null : last.pass,
    contributed: contributed.size,
    expected: expected.size,
    routes: Object.fromEntries(routes),
  };
}

/** Bytes allowed for each statistic in the header of a file of sums, beside its values. */
const headerAllowance = 256;

/** Largest size, in bytes, of a file of sums that a plant may send in the open calibration; 0 where none is open. */
export async function largestSumsBytes(plan: Plan, queries: Queries): Promise<number> {
  const last = await lastCalibration(queries);
  if (last?.state !== 'open') return 0;
  const bytes = last.routes.flatMap((route) =>
    Object.values(statisticLengths(plan, last.pass, parseRoute(route))).map(
      (length) => length * Float32Array.BYTES_PER_ELEMENT + headerAllowance,
    ),
  );
  return bytes.reduce((sum, size) => sum + size, 0);
}
