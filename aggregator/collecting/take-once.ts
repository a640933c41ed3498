import { documentHash } from '../../protocol/canonical-json.ts';
import type { ContributionResponse } from '../../protocol/messages.ts';
import type { Queries } from '../database/database.ts';
import { assertPlan } from '../federation/assert-plan.ts';
import { type AuditEvent, appendAudit } from '../federation/audit-trail.ts';
import type { Plant } from '../federation/authentication.ts';
import type { Federation } from '../federation/federation.ts';
import { missingBlobs } from '../federation/model-versions.ts';

/** Request for answers of plants: how one is checked and kept. */
export interface Asked<Open> {
  /** True if this very request was taken before. @param requestHash hash of the plant's answer as it was sent */
  isRecorded(requestHash: string): Promise<boolean>;
  /**
   * Round or calibration that is open; `for update` holds it until the transaction ends.
   * @throws FedReconError if none is open, or another one
   */
  open(queries: Queries, lock?: 'for update'): Promise<Open>;
  /** Hashes of the blobs that the answer names. @throws FedReconError for a blob that this plant was not asked for */
  blobs(open: Open): readonly string[];
  /** Checks the content of the blobs, which are all stored. @throws FedReconError for content that is refused */
  check(open: Open): Promise<void>;
  /** Keeps the answer in the place of an earlier one of this plant. */
  record(tx: Queries, requestHash: string, now: Date): Promise<void>;
  readonly audit: Pick<AuditEvent, 'action' | 'detail'>;
}

/**
 * Takes a plant's answer. Sending it again changes nothing; sending something else while it is open replaces it; so it
 * is counted once whatever the network does. It counts only when every blob is here and is what was asked for.
 * @throws FedReconError `plan-foreign`, and what `asked` throws
 */
export async function takeOnce<Open>(
  { database, planHash, clock }: Federation,
  plant: Plant,
  request: { readonly planHash: string },
  asked: Asked<Open>,
): Promise<ContributionResponse> {
  assertPlan(request.planHash, planHash);
  const requestHash = documentHash(request);
  if (await asked.isRecorded(requestHash)) return { accepted: true, missing: [] };
  const open = await asked.open(database);
  const missing = await missingBlobs(database, plant.id, asked.blobs(open));
  if (missing.length > 0) return { accepted: false, missing };
  await asked.check(open);
  await database.transaction(async (tx) => {
    await asked.open(tx, 'for update');
    const now = new Date(clock());
    await asked.record(tx, requestHash, now);
    await appendAudit(tx, now, { actor: plant.id, object: requestHash, ...asked.audit });
  });
  return { accepted: true, missing: [] };
}
