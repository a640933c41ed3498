import { createPublicKey, type KeyObject } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { FedReconError } from '../../protocol/errors.ts';
import {
  keyIdOf,
  parsePublicKey,
  signatureWindowSeconds,
  type VerifiedRequest,
  verifyRequest,
} from '../../protocol/signatures.ts';
import type { Federation } from './federation.ts';
import { type Holdings, holdingsColumns } from './holdings.ts';

/** Plant that sent a request, as its signature proves. */
export interface Plant extends Holdings {
  readonly id: string;
  readonly name: string;
}

interface SignedRequest {
  readonly method: string;
  /** Request target: path and query as they arrived. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
}

interface DeviceRow extends Plant {
  public_key: string;
  revoked: boolean;
}

/**
 * Proves which plant sent a request, and that it was not sent before.
 * @returns the plant, and the digest that the body must have
 * @throws FedReconError any of `verifyRequest`, `plant-revoked`, `request-replayed`
 */
export async function authenticatePlant(
  federation: Federation,
  request: SignedRequest,
): Promise<{ plant: Plant; contentDigest: string | undefined }> {
  let device: DeviceRow | undefined;
  const verified = await verifyRequest(
    request,
    async (keyId) => {
      [device] = await federation.database.query<DeviceRow>(
        `select plants.id, plants.name, ${holdingsColumns}, devices.public_key,
           plants.revoked_at is not null or devices.revoked_at is not null as revoked
         from devices join plants on plants.id = devices.plant_id where devices.key_id = $1`,
        [keyId],
      );
      return device && parsePublicKey(device.public_key);
    },
    federation.clock(),
  );
  const { public_key: _, revoked, ...plant } = device!;
  if (revoked) throw new FedReconError('plant-revoked');
  await useNonce(federation, verified);
  return { plant, contentDigest: verified.contentDigest };
}

/**
 * Proves that a request was signed with one given key: the administrator's, or that of the device that enrols.
 * @throws FedReconError any of `verifyRequest`, `request-replayed`
 */
export async function authenticateKey(
  federation: Federation,
  request: SignedRequest,
  key: KeyObject,
): Promise<{ contentDigest: string | undefined }> {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  const expected = keyIdOf(publicKey);
  const keyOf = async (keyId: string) => (keyId === expected ? publicKey : undefined);
  const verified = await verifyRequest(request, keyOf, federation.clock());
  await useNonce(federation, verified);
  return { contentDigest: verified.contentDigest };
}

/** Forgets nonces whose signatures are too old to be accepted anyway. */
export async function forgetNonces(federation: Federation): Promise<void> {
  await federation.database.query('delete from nonces where expires_at < $1', [new Date(federation.clock())]);
}

/**
 * Uses up a request's nonce. The database remembers it, so that a request cannot be repeated after a restart or at
 * another process.
 * @throws FedReconError `request-replayed`
 */
async function useNonce(federation: Federation, { keyId, nonce }: VerifiedRequest): Promise<void> {
  const expires = new Date(federation.clock() + 2 * signatureWindowSeconds * 1000);
  const inserted = await federation.database.query(
    'insert into nonces values ($1, $2, $3) on conflict do nothing returning nonce',
    [keyId, nonce, expires],
  );
  if (inserted.length === 0) throw new FedReconError('request-replayed');
}
