import { documentHash } from '../../protocol/canonical-json.ts';
import { FedReconError } from '../../protocol/errors.ts';
import type { ContributionRequest, ContributionResponse } from '../../protocol/messages.ts';
import { type ModuleName, moduleUse } from '../../protocol/modules.ts';
import { assertPlan } from '../collecting/assert-plan.ts';
import type { Queries } from '../database/database.ts';
import { appendAudit } from '../federation/audit-trail.ts';
import type { Plant } from '../federation/authentication.ts';
import type { Federation } from '../federation/federation.ts';
import { missingBlobs } from '../federation/model-versions.ts';
import { checkBacking } from './check-backing.ts';
import { checkModule } from './check-module.ts';
import { type Round, readRound } from './round-rows.ts';

/**
 * Takes a plant's contribution to a round. Sending it again changes nothing; sending another one while the
 * round is open replaces it; so it is counted once whatever the network does. It counts only when every blob
 * is here and every module is what the plan says.
 * @throws FedReconError `plan-foreign`, `round-not-open`, `model-outdated`, `module-refused`, `backing-refused`,
 *   `tensors-invalid`, `tensor-unexpected`, `tensor-shape`, `tensor-not-finite`
 */
export async function contribute(
  federation: Federation,
  plant: Plant,
  number: number,
  request: ContributionRequest,
): Promise<ContributionResponse> {
  const { database, planHash } = federation;
  assertPlan(request.planHash, planHash);
  const requestHash = documentHash(request);
  if (await isRecorded(database, number, plant, requestHash)) return { accepted: true, missing: [] };

  const round = assertOpen(await readRound(database, number), number, request);
  const trained: readonly string[] = moduleUse(federation.plan, plant.has, round.stage, number).train;
  const modules = Object.entries(request.modules);
  for (const [module, { backing }] of modules) {
    if (!trained.includes(module))
      throw new FedReconError('module-refused', { module: module.slice(0, 120), stage: round.stage });
    checkBacking(module as ModuleName, round.stage, plant.has, backing);
  }
  const sent = modules.map(([, { sha256 }]) => sha256);
  const missing = await missingBlobs(database, plant.id, sent);
  if (missing.length > 0) return { accepted: false, missing };
  for (const [module, { sha256 }] of modules)
    checkModule(federation.plan, module as ModuleName, await federation.blobs.read(sha256));

  await database.transaction(async (tx) => {
    assertOpen(await readRound(tx, number, 'for update'), number, request);
    const now = new Date(federation.clock());
    await tx.query(
      `insert into contributions (round, plant_id, request_hash, modules, metrics, received_at)
       values ($1, $2, $3, $4::jsonb, $5::jsonb, $6)
       on conflict (round, plant_id) do update set request_hash = $3, modules = $4::jsonb, metrics = $5::jsonb, received_at = $6`,
      [number, plant.id, requestHash, JSON.stringify(request.modules), JSON.stringify(request.metrics), now],
    );
    await appendAudit(tx, now, {
      actor: plant.id,
      action: 'contribution.accepted',
      object: requestHash,
      detail: { round: number, modules: modules.map(([module, { sha256 }]) => `${module} ${sha256}`) },
    });
  });
  return { accepted: true, missing: [] };
}

async function isRecorded(
  queries: Queries,
  round: number,
  plant: Plant,
  requestHash: string,
): Promise<boolean> {
  const rows = await queries.query(
    'select from contributions where round = $1 and plant_id = $2 and request_hash = $3',
    [round, plant.id, requestHash],
  );
  return rows.length > 0;
}

function assertOpen(round: Round | undefined, number: number, request: ContributionRequest): Round {
  if (round?.state !== 'open') throw new FedReconError('round-not-open', { round: number });
  if (request.modelVersion !== round.base_version)
    throw new FedReconError('model-outdated', {
      round: number,
      actual: request.modelVersion,
      expected: round.base_version,
    });
  return round;
}
