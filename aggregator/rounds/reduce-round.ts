import { gatherBacking } from '../../protocol/backing.ts';
import { documentHash } from '../../protocol/canonical-json.ts';
import type { ContributionRequest, ModelManifest, ModuleBlob } from '../../protocol/messages.ts';
import { decodeTensors, encodeTensors } from '../../protocol/safetensors.ts';
import { scheduledRounds } from '../../protocol/schedule.ts';
import { openCalibration } from '../calibration/calibration-lifecycle.ts';
import { appendAudit } from '../federation/audit-trail.ts';
import type { Federation } from '../federation/federation.ts';
import {
  marked,
  readManifest,
  readOptimiserStates,
  writeManifest,
  writeOptimiserStates,
} from '../federation/model-versions.ts';
import { type Model, reduceModel, type Shelf } from './reduce-model.ts';
import type { Round } from './round-rows.ts';

type ContributedModules = ContributionRequest['modules'];

/** Time that a claim lasts without being renewed; then another process takes the work over. */
const claimMilliseconds = 60_000;

/**
 * Reduces the round that waits for it, if no other process does so already, and puts the new model in force. Stopped at
 * any moment it can be done again: blobs are named by their content and the rest is one transaction.
 * @returns whether a round was closed
 */
export async function reduceClaimed(federation: Federation): Promise<boolean> {
  const round = await claim(federation);
  if (!round) return false;
  const contributions = await federation.database.query<{ modules: ContributedModules }>(
    'select modules from contributions where round = $1 order by plant_id',
    [round.number],
  );
  const base = await readManifest(federation.database, round.base_version);
  const optimiser = await readOptimiserStates(federation.database, round.base_version);
  const reduced = await reduceModel(
    federation.plan,
    round.number,
    contributions.map((contribution) =>
      mapValues(contribution.modules, ({ samples, sha256, bytes }) => ({
        samples,
        tensors: { sha256, bytes },
      })),
    ),
    { modules: base.modules, serving: base.serving, optimiser },
    shelfOf(federation, round),
  );
  const backing = gatherBacking(
    base.backing,
    contributions.map((contribution) => mapValues(contribution.modules, ({ backing }) => backing)),
  );
  return close(federation, round, reduced, marked(backing));
}

/**
 * Releases the claims of a process that was killed, so that this one resumes its work at once; only for a database that
 * no other process uses.
 */
export async function releaseClaims({ database }: Federation): Promise<void> {
  await database.query('update rounds set claimed_until = null where claimed_until is not null');
}

async function claim(federation: Federation): Promise<Round | undefined> {
  const now = federation.clock();
  const [round] = await federation.database.query<Round>(
    `update rounds set claimed_by = $1, claimed_until = $2
     where state = 'reducing' and (claimed_until is null or claimed_until < $3) returning *`,
    [federation.instance, new Date(now + claimMilliseconds), new Date(now)],
  );
  return round;
}

async function renewClaim(federation: Federation, round: Round): Promise<void> {
  await federation.database.query(
    'update rounds set claimed_until = $3 where number = $1 and claimed_by = $2',
    [round.number, federation.instance, new Date(federation.clock() + claimMilliseconds)],
  );
}

/** Shelf of blobs for a round's reduction; storing one renews the claim. */
function shelfOf(federation: Federation, round: Round): Shelf<ModuleBlob> {
  const { blobs } = federation;
  return {
    load: async ({ sha256 }) => decodeTensors(await blobs.read(sha256)).tensors,
    async store(tensors) {
      await renewClaim(federation, round);
      return blobs.write(encodeTensors(tensors));
    },
    same: (one, other) => one.sha256 === other.sha256,
  };
}

async function close(
  federation: Federation,
  round: Round,
  { modules, serving, optimiser }: Model<ModuleBlob>,
  backing: ModelManifest['backing'],
): Promise<boolean> {
  const now = new Date(federation.clock());
  return federation.database.transaction(async (tx) => {
    await tx.query('select id from federation for update');
    const [held] = await tx.query<{ number: number }>(
      `select number from rounds where number = $1 and state = 'reducing' and claimed_by = $2 for update`,
      [round.number, federation.instance],
    );
    if (!held) return false;
    const [newest] = await tx.query<{ version: number }>(
      'select max(version) as version from model_versions',
    );
    const manifest: ModelManifest = {
      version: newest!.version + 1,
      planHash: federation.planHash,
      round: round.number,
      stage: round.stage,
      modules,
      serving,
      backing,
      createdAt: now.toISOString(),
    };
    await writeManifest(tx, manifest, round.base_version);
    await writeOptimiserStates(tx, manifest.version, optimiser);
    await tx.query('update federation set current_version = $1', [manifest.version]);
    await tx.query(
      `update rounds set state = 'closed', closed_at = $2, result_version = $3, claimed_until = null where number = $1`,
      [round.number, now, manifest.version],
    );
    await appendAudit(tx, now, {
      actor: 'aggregator',
      action: 'round.closed',
      object: documentHash(manifest),
      detail: { round: round.number, modelVersion: manifest.version },
    });
    // With the round's end, so that no plant hears of the one without the other.
    if (round.number === scheduledRounds(federation.plan))
      await openCalibration(federation, tx, manifest.version, 'aggregator');
    return true;
  });
}

function mapValues<From, To>(record: Readonly<Record<string, From>>, convert: (value: From) => To) {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]): [string, To] => [key, convert(value)]),
  );
}
