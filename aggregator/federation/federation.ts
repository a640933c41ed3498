import { randomUUID } from 'node:crypto';
import { FedReconError } from '../../protocol/errors.ts';
import { type Plan, parsePlan, planHash } from '../../protocol/plan.ts';
import type { Database } from '../database/database.ts';
import type { BlobStore } from '../folder/blob-store.ts';
import { appendAudit } from './audit-trail.ts';

/** Clock: Unix time in milliseconds. */
export type Clock = () => number;

/** Federation as every part of the aggregator works on it: its plan, database, blobs and clock. */
export interface Federation {
  readonly id: string;
  readonly plan: Plan;
  readonly planHash: string;
  readonly database: Database;
  readonly blobs: BlobStore;
  readonly clock: Clock;
  /** Name of this process in claims on work. */
  readonly instance: string;
}

/**
 * Writes a new federation into an empty database: its plan and the model version 0, which has no modules,
 * because plants make those that nobody has trained from the plan's seed.
 * @throws FedReconError `federation-exists`
 */
export async function createFederation(database: Database, plan: Plan, now: Date): Promise<string> {
  const id = randomUUID();
  const hash = planHash(plan);
  await database.transaction(async (tx) => {
    const [existing] = await tx.query<{ id: string }>('select id from federation');
    if (existing) throw new FedReconError('federation-exists', { folder: 'DATABASE_URL' });
    await tx.query('insert into plans values ($1, $2::jsonb, $3)', [hash, JSON.stringify(plan), now]);
    await tx.query(
      'insert into model_versions (version, parent, plan_hash, round, stage, created_at) values (0, null, $1, 0, $2, $3)',
      [hash, plan.stages[0]!.stage, now],
    );
    await tx.query(
      'insert into federation (id, plan_hash, current_version, created_at) values ($1, $2, 0, $3)',
      [id, hash, now],
    );
    await appendAudit(tx, now, {
      actor: 'headquarters',
      action: 'federation.created',
      object: id,
      detail: { plan: hash },
    });
  });
  return id;
}

/** Reads the federation of a database. @throws FedReconError `federation-missing` */
export async function loadFederation(
  database: Database,
  blobs: BlobStore,
  clock: Clock = Date.now,
): Promise<Federation> {
  const [row] = await database.query<{ id: string; document: unknown }>(
    'select federation.id, plans.document from federation join plans on plans.hash = federation.plan_hash',
  );
  if (!row) throw new FedReconError('federation-missing', { folder: 'the database' });
  const plan = parsePlan(row.document);
  return { id: row.id, plan, planHash: planHash(plan), database, blobs, clock, instance: randomUUID() };
}
