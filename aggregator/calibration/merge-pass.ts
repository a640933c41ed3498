import { calibrationPasses } from '../../protocol/calibration/lengths.ts';
import { addPlant } from '../../protocol/calibration/merging.ts';
import { decodeSums, encodeSums, type Sums } from '../../protocol/calibration/sums.ts';
import { deadlineFrom } from '../collecting/quorum.ts';
import { appendAudit } from '../federation/audit-trail.ts';
import type { Federation } from '../federation/federation.ts';
import type { Calibration } from './calibration-rows.ts';

/**
 * Adds up the plants' sums of a pass that is over, one plant after the other, and opens the next pass. Stopped at any
 * moment it can be done again, and where two processes do it the first one counts: blobs are named by their content and
 * the rest is one transaction.
 * @returns whether the pass was closed here
 */
export async function mergePass(federation: Federation, calibration: Calibration): Promise<boolean> {
  const { blobs, database } = federation;
  const { number, pass } = calibration;
  const contributions = await database.query<{ sha256: string }>(
    `select sha256 from calibration_contributions
     where calibration = $1 and pass = $2 and sha256 is not null order by plant_id`,
    [number, pass],
  );
  let total: Sums = {};
  for (const { sha256 } of contributions) total = addPlant(total, decodeSums(await blobs.read(sha256)));
  const { sha256, bytes } = await blobs.write(encodeSums(total));

  const rest = calibrationPasses.slice(calibrationPasses.indexOf(pass) + 1);
  // Where nobody said anything there is nothing to say in the passes that follow.
  const isOver = rest.length === 0 || contributions.length === 0;
  const now = federation.clock();
  return database.transaction(async (tx) => {
    const [held] = await tx.query<{ number: number }>(
      `select number from calibrations where number = $1 and pass = $2 and state = 'merging' for update`,
      [number, pass],
    );
    if (!held) return false;
    for (const merged of contributions.length === 0 ? [pass, ...rest] : [pass])
      await tx.query('insert into calibration_sums values ($1, $2, $3, $4)', [number, merged, sha256, bytes]);
    await tx.query(
      'update calibrations set state = $2, pass = $3, deadline = $4, changed_at = $5 where number = $1',
      [
        number,
        isOver ? 'finished' : 'open',
        isOver ? pass : rest[0],
        deadlineFrom(federation.plan, now),
        new Date(now),
      ],
    );
    await appendAudit(tx, new Date(now), {
      actor: 'aggregator',
      action: 'calibration.merged',
      object: sha256,
      detail: { calibration: number, pass, plants: contributions.length },
    });
    return true;
  });
}
