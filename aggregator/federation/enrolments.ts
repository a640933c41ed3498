import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { FedReconError } from '../../protocol/errors.ts';
import type { Invitation } from '../../protocol/invitation.ts';
import type { EnrolmentRequest, EnrolmentResponse } from '../../protocol/messages.ts';
import { modalityOf } from '../../protocol/plan.ts';
import { keyIdOf, parsePublicKey } from '../../protocol/signatures.ts';
import type { Queries } from '../database/database.ts';
import { appendAudit } from './audit-trail.ts';
import type { Federation } from './federation.ts';

interface InvitationRow {
  code_hash: string;
  plant: string;
  expires_at: Date;
  used_by: string | null;
}

const day = 86_400_000;

/**
 * Makes an invitation for a plant. Only the code's hash is kept. A plant that has joined before may be
 * invited again, for a new workstation; the old one stops being accepted once the new one has joined.
 */
export async function createInvitation(
  federation: Federation,
  plant: string,
  days: number,
  server: { url: string; caFingerprint: string },
): Promise<Invitation> {
  const now = new Date(federation.clock());
  const expires = new Date(now.getTime() + days * day);
  const code = randomBytes(18).toString('base64url');
  await federation.database.transaction(async (tx) => {
    await tx.query(
      'insert into invitations (code_hash, plant, created_at, expires_at) values ($1, $2, $3, $4)',
      [hashOf(code), plant, now, expires],
    );
    await appendAudit(tx, now, { actor: 'headquarters', action: 'invitation.created', object: plant });
  });
  return { ...server, federation: federation.id, plant, code, expires: expires.toISOString() };
}

/**
 * Checks that an invitation's code may be used now.
 * @throws FedReconError `invitation-unknown`, `invitation-used`, `invitation-expired`
 */
export async function checkInvitation(federation: Federation, code: string): Promise<void> {
  const invitation = await findInvitation(federation.database, code);
  assertUnused(invitation, federation.clock());
}

/**
 * Enrols a plant's device: its key is accepted from now on. A request that is repeated with the same key gets the same
 * answer.
 * @throws FedReconError `invitation-unknown`, `invitation-used`, `invitation-expired`, `invitation-other-plant`,
 *   `modality-unknown`, `request-invalid`
 */
export async function enrol(federation: Federation, request: EnrolmentRequest): Promise<EnrolmentResponse> {
  const keyId = keyIdOf(parsePublicKey(request.publicKey));
  const has = [...new Set(request.has)].map((name) => modalityOf(federation.plan, name).name);
  const now = new Date(federation.clock());
  const plantId = await federation.database.transaction(async (tx) => {
    const invitation = await findInvitation(tx, request.code, 'for update');
    if (invitation.plant !== request.plant)
      throw new FedReconError('invitation-other-plant', { plant: invitation.plant });
    if (invitation.used_by === keyId) return plantOf(tx, keyId);
    assertUnused(invitation, now.getTime());
    const id = await upsertPlant(tx, invitation.plant, has, now);
    await tx.query('update devices set revoked_at = $2 where plant_id = $1 and revoked_at is null', [
      id,
      now,
    ]);
    await tx.query(
      `insert into devices (key_id, plant_id, public_key, enrolled_at) values ($1, $2, $3, $4)
       on conflict (key_id) do update set revoked_at = null, plant_id = $2`,
      [keyId, id, request.publicKey, now],
    );
    await tx.query('update invitations set used_at = $2, used_by = $3 where code_hash = $1', [
      invitation.code_hash,
      now,
      keyId,
    ]);
    await appendAudit(tx, now, {
      actor: id,
      action: 'plant.enrolled',
      object: keyId,
      detail: { plant: invitation.plant, has },
    });
    return id;
  });
  return { plantId, federation: federation.id, planHash: federation.planHash };
}

async function findInvitation(queries: Queries, code: string, lock = ''): Promise<InvitationRow> {
  const [row] = await queries.query<InvitationRow>(
    `select code_hash, plant, expires_at, used_by from invitations where code_hash = $1 ${lock}`,
    [hashOf(code)],
  );
  if (!row) throw new FedReconError('invitation-unknown');
  return row;
}

function assertUnused(invitation: InvitationRow, now: number): void {
  if (invitation.used_by !== null) throw new FedReconError('invitation-used');
  if (invitation.expires_at.getTime() < now)
    throw new FedReconError('invitation-expired', { expired: invitation.expires_at.toISOString() });
}

async function plantOf(tx: Queries, keyId: string): Promise<string> {
  const [row] = await tx.query<{ plant_id: string }>('select plant_id from devices where key_id = $1', [
    keyId,
  ]);
  return row!.plant_id;
}

async function upsertPlant(tx: Queries, name: string, has: readonly string[], now: Date): Promise<string> {
  const [row] = await tx.query<{ id: string }>(
    `insert into plants (id, name, has, has_before, has_from, enrolled_at) values ($1, $2, $3::jsonb, $3::jsonb, 0, $4)
     on conflict (name) do update set has = $3::jsonb, has_before = $3::jsonb, has_from = 0, revoked_at = null returning id`,
    [randomUUID(), name, JSON.stringify(has), now],
  );
  return row!.id;
}

function hashOf(code: string): string {
  return createHash('sha256').update(code).digest('hex');
}
