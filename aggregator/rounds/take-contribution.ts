import { FedReconError } from '../../protocol/errors.ts';
import type { ContributionRequest, ContributionResponse } from '../../protocol/messages.ts';
import { type ModuleName, moduleUse } from '../../protocol/modules.ts';
import { takeOnce } from '../collecting/take-once.ts';
import type { Plant } from '../federation/authentication.ts';
import type { Federation } from '../federation/federation.ts';
import { holdingsInRound } from '../federation/holdings.ts';
import { checkBacking } from './check-backing.ts';
import { checkModule } from './check-module.ts';
import { type Round, readRound } from './round-rows.ts';

/**
 * Takes a plant's contribution to a round.
 * @throws FedReconError `plan-foreign`, `round-not-open`, `model-outdated`, `module-refused`, `backing-refused`,
 *   `tensors-invalid`, `tensor-unexpected`, `tensor-shape`, `tensor-not-finite`
 */
export function contribute(
  federation: Federation,
  plant: Plant,
  number: number,
  request: ContributionRequest,
): Promise<ContributionResponse> {
  const { blobs, database, plan } = federation;
  const modules = Object.entries(request.modules);
  return takeOnce<Round>(federation, plant, request, {
    async isRecorded(requestHash) {
      const rows = await database.query(
        'select from contributions where round = $1 and plant_id = $2 and request_hash = $3',
        [number, plant.id, requestHash],
      );
      return rows.length > 0;
    },
    open: async (queries, lock) => assertOpen(await readRound(queries, number, lock), number, request),
    blobs({ stage }) {
      const has = holdingsInRound(plant, number);
      const trained: readonly string[] = moduleUse(plan, has, stage, number).train;
      for (const [module, { backing }] of modules) {
        if (!trained.includes(module))
          throw new FedReconError('module-refused', { module: module.slice(0, 120), stage });
        checkBacking(module as ModuleName, stage, has, backing);
      }
      return modules.map(([, { sha256 }]) => sha256);
    },
    async check() {
      for (const [module, { sha256 }] of modules)
        checkModule(plan, module as ModuleName, await blobs.read(sha256));
    },
    async record(tx, requestHash, now) {
      await tx.query(
        `insert into contributions (round, plant_id, request_hash, modules, metrics, received_at)
         values ($1, $2, $3, $4::jsonb, $5::jsonb, $6)
         on conflict (round, plant_id) do update set request_hash = $3, modules = $4::jsonb, metrics = $5::jsonb, received_at = $6`,
        [
          number,
          plant.id,
          requestHash,
          JSON.stringify(request.modules),
          JSON.stringify(request.metrics),
          now,
        ],
      );
    },
    audit: {
      action: 'contribution.accepted',
      detail: { round: number, modules: modules.map(([module, { sha256 }]) => `${module} ${sha256}`) },
    },
  });
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
