import type { PassSums } from '../../protocol/calibration/calibration-messages.ts';
import type { CalibrationPass } from '../../protocol/calibration/lengths.ts';
import { canMeasure, parseRoute } from '../../protocol/calibration/routes.ts';
import type { ModuleBlob } from '../../protocol/messages.ts';
import { type Answers, activePlants, answersOf } from '../collecting/answers.ts';
import type { Queries } from '../database/database.ts';
import type { Holdings } from '../federation/holdings.ts';

/** A row of `calibrations`. */
export interface Calibration {
  readonly number: number;
  readonly model_version: number;
  /** Names of the routes that are calibrated. */
  readonly routes: readonly string[];
  readonly state: 'open' | 'merging' | 'finished' | 'replaced';
  /** Pass that plants are asked for, or the last one. */
  readonly pass: CalibrationPass;
  readonly deadline: Date;
  readonly changed_at: Date;
}

const columns = 'number, model_version, routes, state, pass, deadline, changed_at';

/** Calibration that was opened last, whatever its state. `for update` holds it until the transaction ends. */
export async function lastCalibration(
  queries: Queries,
  lock: '' | 'for update' = '',
): Promise<Calibration | undefined> {
  const [calibration] = await queries.query<Calibration>(
    `select ${columns} from calibrations order by number desc limit 1 ${lock}`,
  );
  return calibration;
}

export async function readCalibration(queries: Queries, number: number): Promise<Calibration | undefined> {
  const [calibration] = await queries.query<Calibration>(
    `select ${columns} from calibrations where number = $1`,
    [number],
  );
  return calibration;
}

/** Merged sums of all plants, as blobs by pass, of the passes that are over. */
export async function readPassSums(queries: Queries, number: number): Promise<PassSums> {
  const rows = await queries.query<{ pass: CalibrationPass } & ModuleBlob>(
    'select pass, sha256, bytes from calibration_sums where calibration = $1',
    [number],
  );
  return Object.fromEntries(
    rows.map(({ pass, sha256, bytes }) => [pass, { sha256, bytes: Number(bytes) }]),
  ) as PassSums;
}

/**
 * Plants that are asked in a calibration's pass, those that have target and sources of some route, and plants that have
 * answered.
 */
export async function answers(queries: Queries, { number, pass, routes }: Calibration): Promise<Answers> {
  const plants = await activePlants(queries);
  const contributions = await queries.query<{ plant_id: string }>(
    'select plant_id from calibration_contributions where calibration = $1 and pass = $2',
    [number, pass],
  );
  const canSay = ({ has }: Holdings) => routes.some((route) => canMeasure(has, parseRoute(route)));
  return answersOf(plants, canSay, contributions);
}
