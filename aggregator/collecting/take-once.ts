import { documentHash } from '../../protocol/canonical-json.ts';
import type { ContributionResponse } from '../../protocol/messages.ts';
import type { Queries } from '../database/database.ts';
import { type AuditEvent, appendAudit } from '../federation/audit-trail.ts';
import type { Plant } from '../federation/authentication.ts';
import type { Federation } from '../federation/federation.ts';
import { missingBlobs } from '../federation/model-versions.ts';
import { assertPlan } from './assert-plan.ts';

/** What a plant is asked for, and how its answer is kept. */
export interface Asked<Open> {
  /** Whether this very request was taken before. */
  isRecorded(requestHash: string): Promise<boolean>;
  /**
   * What is open; `for update` holds it until the transaction ends.
   * @throws FedReconError where nothing is, or something else
   */
  open(queries: Queries, lock?: 'for update'): Promise<Open>;
  /** Hashes of the blobs that the answer names. @throws FedReconError for what this plant was not asked for */
  blobs(open: Open): readonly string[];
  /** Reads the blobs, which are all here. @throws FedReconError for what they must not hold */
  check(open: Open): Promise<void>;
  /** Keeps the answer in the place of an earlier one of this plant. */
  record(tx: Queries, requestHash: string, now: Date): Promise<void>;
  readonly audit: Pick<AuditEvent, 'action' | 'detail'>;
}

/**
 * Takes what a plant was asked for. Sending it again changes nothing; sending something else while it is open replaces it;
 * so it is counted once whatever the network does. It counts only when every blob is here and is what was asked for.
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
