import { canonicalJson, documentHash } from '../../protocol/canonical-json.ts';
import type { Queries } from '../database/database.ts';

/** Audit event: who did what to which object. Append-only; every entry's hash covers the hash before it. */
export interface AuditEvent {
  /** Actor: `headquarters`, `aggregator` or a plant's id. */
  readonly actor: string;
  readonly action:
    | 'federation.created'
    | 'invitation.created'
    | 'plant.enrolled'
    | 'membership.amended'
    | 'round.opened'
    | 'round.extended'
    | 'round.closed'
    | 'contribution.accepted'
    | 'calibration.opened'
    | 'calibration.extended'
    | 'calibration.merged'
    | 'sums.accepted';
  /** Object that was acted on: its id, number or hash. */
  readonly object: string;
  readonly detail?: Readonly<Record<string, string | number | readonly string[]>>;
}

interface AuditRow {
  sequence: number;
  at: Date;
  actor: string;
  action: string;
  object: string;
  detail: string;
  previous_hash: string;
  hash: string;
}

const firstHash = '0'.repeat(64);
/** Key of the advisory lock; any number that nothing else in this database locks. */
const advisoryLock = 4_170_001;

/** Appends an entry. Call it as a transaction's last step, because entries of all processes queue up here. */
export async function appendAudit(tx: Queries, at: Date, event: AuditEvent): Promise<void> {
  await tx.query('select pg_advisory_xact_lock($1)', [advisoryLock]);
  const [last] = await tx.query<AuditRow>('select sequence, hash from audit order by sequence desc limit 1');
  const row = {
    sequence: (last?.sequence ?? 0) + 1,
    at,
    actor: event.actor,
    action: event.action,
    object: event.object,
    detail: canonicalJson(event.detail ?? {}),
    previous_hash: last?.hash ?? firstHash,
  };
  await tx.query('insert into audit values ($1, $2, $3, $4, $5, $6, $7, $8)', [
    row.sequence,
    row.at,
    row.actor,
    row.action,
    row.object,
    row.detail,
    row.previous_hash,
    hashOf(row),
  ]);
}

/** Checks the hashes of the whole chain. @returns the sequence number of the first entry that was altered, if any */
export async function firstAlteredAudit(queries: Queries): Promise<number | undefined> {
  let previous = { sequence: 0, hash: firstHash };
  for (const row of await queries.query<AuditRow>('select * from audit order by sequence')) {
    const follows = row.sequence === previous.sequence + 1 && row.previous_hash === previous.hash;
    if (!follows || row.hash !== hashOf(row)) return row.sequence;
    previous = row;
  }
  return undefined;
}

function hashOf({ at, hash: _, ...row }: Omit<AuditRow, 'hash'> & { hash?: string }): string {
  return documentHash({ ...row, at: at.toISOString() });
}
