import { calibrationPasses } from '../../protocol/calibration/lengths.ts';
import { routesToCalibrate } from '../../protocol/calibration/routes.ts';
import { FedReconError } from '../../protocol/errors.ts';
import { activePlants } from '../collecting/answers.ts';
import { deadlineFrom, dueWith, extend } from '../collecting/quorum.ts';
import type { Queries } from '../database/database.ts';
import { appendAudit } from '../federation/audit-trail.ts';
import type { Federation } from '../federation/federation.ts';
import { currentVersion, readManifest } from '../federation/model-versions.ts';
import { answers, lastCalibration } from './calibration-rows.ts';
import { mergePass } from './merge-pass.ts';

/**
 * Life of a calibration: its passes one after the other, each open → merging, then finished. A pass closes as rounds
 * do, by quorum and deadline; a plant with too few parts says so and keeps nobody waiting. Opening one replaces another
 * that is not finished.
 */

/**
 * Opens a calibration of a model version for headquarters.
 * @param version the one in force if not given
 * @returns the calibration's number
 * @throws FedReconError `model-unknown`, `calibration-impossible`
 */
export async function beginCalibration(federation: Federation, version?: number): Promise<number> {
  return federation.database.transaction(async (tx) => {
    await tx.query('select id from federation for update');
    const wanted = version ?? (await currentVersion(tx));
    const number = await openCalibration(federation, tx, wanted, 'headquarters');
    if (number === undefined) throw new FedReconError('calibration-impossible', { version: wanted });
    return number;
  });
}

/**
 * Opens a calibration in a transaction that holds the federation's row, as its last step. A calibration that is not
 * finished is replaced.
 * @returns the calibration's number; undefined where no plant has real measurements to calibrate any route of the model
 */
export async function openCalibration(
  federation: Federation,
  tx: Queries,
  version: number,
  actor: 'headquarters' | 'aggregator',
): Promise<number | undefined> {
  const { plan } = federation;
  const { serving } = await readManifest(tx, version);
  const plants = await activePlants(tx);
  const routes = routesToCalibrate(
    plan,
    plants.map(({ has }) => has),
    new Set(Object.keys(serving)),
  );
  if (routes.length === 0) return undefined;
  const now = federation.clock();
  const number = ((await lastCalibration(tx, 'for update'))?.number ?? 0) + 1;
  await tx.query(`update calibrations set state = 'replaced' where state in ('open', 'merging')`);
  await tx.query(
    `insert into calibrations (number, model_version, routes, state, pass, deadline, changed_at)
     values ($1, $2, $3::jsonb, 'open', $4, $5, $6)`,
    [number, version, JSON.stringify(routes), calibrationPasses[0], deadlineFrom(plan, now), new Date(now)],
  );
  await appendAudit(tx, new Date(now), {
    actor,
    action: 'calibration.opened',
    object: String(number),
    detail: { modelVersion: version, routes },
  });
  return number;
}

/**
 * Advances the last calibration as far as time and contributions allow: ends a pass, extends it or merges its sums.
 * @returns whether a pass was closed, so that more may be due
 */
export async function advanceCalibration(federation: Federation): Promise<boolean> {
  const { database, plan, clock } = federation;
  const whatIsDue = async (queries: Queries, lock: '' | 'for update' = '') => {
    const last = await lastCalibration(queries, lock);
    if (last?.state === 'merging') return { last, due: 'merging' } as const;
    if (last?.state !== 'open') return { due: 'nothing' } as const;
    return { last, due: dueWith(plan, last.deadline, clock(), await answers(queries, last)) } as const;
  };
  // Looked at without a turn first: mostly nothing is due, and then nothing is written.
  const glance = await whatIsDue(database);
  if (glance.due === 'nothing') return false;
  if (glance.due === 'merging') return mergePass(federation, glance.last);
  return database.transaction(async (tx) => {
    const { last, due } = await whatIsDue(tx, 'for update');
    if (due === 'end')
      await tx.query(`update calibrations set state = 'merging' where number = $1`, [last.number]);
    if (due === 'extension') await extend(federation, tx, 'calibration', last.number, { pass: last.pass });
    return due === 'end' || due === 'merging';
  });
}
