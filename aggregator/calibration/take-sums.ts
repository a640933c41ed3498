import type { CalibrationContribution } from '../../protocol/calibration/calibration-messages.ts';
import type { CalibrationPass } from '../../protocol/calibration/lengths.ts';
import { canMeasure, parseRoute } from '../../protocol/calibration/routes.ts';
import { checkSums, decodeSums } from '../../protocol/calibration/sums.ts';
import { FedReconError } from '../../protocol/errors.ts';
import type { ContributionResponse } from '../../protocol/messages.ts';
import { takeOnce } from '../collecting/take-once.ts';
import type { Plant } from '../federation/authentication.ts';
import type { Federation } from '../federation/federation.ts';
import { type Calibration, lastCalibration } from './calibration-rows.ts';

/**
 * Takes a plant's sums of a pass.
 * @throws FedReconError `plan-foreign`, `calibration-closed`, `tensors-invalid`, `tensor-not-finite`, `sums-refused`,
 *   `calibration-parts-few`
 */
export function contributeSums(
  federation: Federation,
  plant: Plant,
  number: number,
  pass: CalibrationPass,
  request: CalibrationContribution,
): Promise<ContributionResponse> {
  const { blobs, database, plan } = federation;
  const sha256 = request.sums?.sha256 ?? null;
  return takeOnce<Calibration>(federation, plant, request, {
    async isRecorded(requestHash) {
      const rows = await database.query(
        `select from calibration_contributions
         where calibration = $1 and pass = $2 and plant_id = $3 and request_hash = $4`,
        [number, pass, plant.id, requestHash],
      );
      return rows.length > 0;
    },
    open: async (queries, lock) => assertOpen(await lastCalibration(queries, lock), number, pass),
    blobs: () => (sha256 === null ? [] : [sha256]),
    async check({ routes }) {
      if (sha256 === null) return;
      const own = routes.filter((route) => canMeasure(plant.has, parseRoute(route)));
      checkSums(plan, pass, own, decodeSums(await blobs.read(sha256)));
    },
    async record(tx, requestHash, now) {
      await tx.query(
        `insert into calibration_contributions (calibration, pass, plant_id, request_hash, sha256, received_at)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (calibration, pass, plant_id) do update set request_hash = $4, sha256 = $5, received_at = $6`,
        [number, pass, plant.id, requestHash, sha256, now],
      );
    },
    audit: { action: 'sums.accepted', detail: { calibration: number, pass, sums: sha256 ?? '' } },
  });
}

function assertOpen(last: Calibration | undefined, number: number, pass: CalibrationPass): Calibration {
  if (last?.number !== number || last.state !== 'open' || last.pass !== pass)
    throw new FedReconError('calibration-closed', { number, pass });
  return last;
}
