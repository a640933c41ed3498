import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson, documentHash } from '../../protocol/canonical-json.ts';
import { type ModelManifest, sha256Hex } from '../../protocol/messages.ts';
import { actor } from './entries.ts';

/**
 * Decisions of a plant about a model version. `use`: reconstruct with it from now on. `roll-back`: again, after another
 * one. `hold`: do not use it.
 */
const signOffActions = ['use', 'roll-back', 'hold'] as const;

/** Statement of a decision about a model version: binds the model, the card that was read and the person together. */
export const signOff = z.strictObject({
  format: z.literal('fedrecon-sign-off/1'),
  action: z.enum(signOffActions),
  version: z.int().nonnegative(),
  planHash: sha256Hex,
  /** Hash of the model, by {@link modelHash}. */
  modelHash: sha256Hex,
  /** SHA-256 of the card's canonical JSON. */
  cardHash: sha256Hex,
  /** Person who decided; the workstation itself where the plan's policy lets it. */
  by: actor,
  reason: z.string().max(500),
  /** True if the person said to know that nothing here could judge some of what is reconstructed. */
  acknowledged: z.boolean(),
  at: z.iso.datetime(),
});
export type SignOff = z.infer<typeof signOff>;

/** A decision with the Ed25519 signature (hex) of the device's key over its canonical JSON. */
export interface SignedOff {
  readonly statement: SignOff;
  readonly signature: string;
}

/** SHA-256 (hex) of a model version: of its modules' hashes, and of what stands behind them. */
export function modelHash(manifest: ModelManifest): string {
  return documentHash(manifest);
}

/** Signs a decision with the device's private key. */
export function signStatement(statement: SignOff, privateKey: KeyObject): SignedOff {
  const signature = sign(null, Buffer.from(canonicalJson(statement)), privateKey).toString('hex');
  return { statement, signature };
}

/** True if the device with this key, private or public, signed exactly this. */
export function isSigned({ statement, signature }: SignedOff, key: KeyObject): boolean {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  return verify(null, Buffer.from(canonicalJson(statement)), publicKey, Buffer.from(signature, 'hex'));
}
