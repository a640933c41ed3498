import type { CalibrationContribution } from '../../protocol/calibration/calibration-messages.ts';
import type { CalibrationPass } from '../../protocol/calibration/lengths.ts';
import { canMeasure, parseRoute } from '../../protocol/calibration/routes.ts';
import { checkSums, decodeSums } from '../../protocol/calibration/sums.ts';
import { documentHash } from '../../protocol/canonical-json.ts';
import { FedReconError } from '../../protocol/errors.ts';
import type { ContributionResponse } from '../../protocol/messages.ts';
import { assertPlan } from '../collecting/assert-plan.ts';
import { appendAudit } from '../federation/audit-trail.ts';
import type { Plant } from '../federation/authentication.ts';
import type { Federation } from '../federation/federation.ts';
import { missingBlobs } from '../federation/model-versions.ts';
import { type Calibration, lastCalibration } from './calibration-rows.ts';

/**
 * Takes what a plant says in a pass. Sending it again changes nothing; sending other sums while the pass is open replaces
 * them; so they are counted once whatever the network does. They count only when they are here and what the pass asks
 * this plant for.
 * @throws FedReconError `plan-foreign`, `calibration-closed`, `tensors-invalid`, `tensor-not-finite`, `sums-refused`,
 *   `calibration-parts-few`
 */
export async function contributeSums(
  federation: Federation,
  plant: Plant,
  number: number,
  pass: CalibrationPass,
  request: CalibrationContribution,
): Promise<ContributionResponse> {
  const { database, plan } = federation;
  assertPlan(request.planHash, federation.planHash);
  const requestHash = documentHash(request);
  const recorded = await database.query(
    `select from calibration_contributions
     where calibration = $1 and pass = $2 and plant_id = $3 and request_hash = $4`,
    [number, pass, plant.id, requestHash],
  );
  if (recorded.length > 0) return { accepted: true, missing: [] };

  const { routes } = assertOpen(await lastCalibration(database), number, pass);
  const sha256 = request.sums?.sha256 ?? null;
  if (sha256 !== null) {
    const missing = await missingBlobs(database, plant.id, [sha256]);
    if (missing.length > 0) return { accepted: false, missing };
    const own = routes.filter((route) => canMeasure(plant.has, parseRoute(route)));
    checkSums(plan, pass, own, decodeSums(await federation.blobs.read(sha256)));
  }
  await database.transaction(async (tx) => {
    assertOpen(await lastCalibration(tx, 'for update'), number, pass);
    const now = new Date(federation.clock());
    await tx.query(
      `insert into calibration_contributions (calibration, pass, plant_id, request_hash, sha256, received_at)
       values ($1, $2, $3, $4, $5, $6)
       on conflict (calibration, pass, plant_id) do update set request_hash = $4, sha256 = $5, received_at = $6`,
      [number, pass, plant.id, requestHash, sha256, now],
    );
    await appendAudit(tx, now, {
      actor: plant.id,
      action: 'sums.accepted',
      object: requestHash,
      detail: { calibration: number, pass, sums: sha256 ?? '' },
    });
  });
  return { accepted: true, missing: [] };
}

function assertOpen(last: Calibration | undefined, number: number, pass: CalibrationPass): Calibration {
  if (last?.number !== number || last.state !== 'open' || last.pass !== pass)
    throw new FedReconError('calibration-closed', { number, pass });
  return last;
}
