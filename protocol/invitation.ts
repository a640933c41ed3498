import { createHash } from 'node:crypto';
import { z } from 'zod';
import { FedReconError } from './errors.ts';
import { sha256Hex } from './messages.ts';
import { canonicalJson } from './plan.ts';

/**
 * Invitation: a text that headquarters sends and an operator pastes. It holds the aggregator's address, the fingerprint
 * of its CA and a one-time code. Its checksum shows a mistyped one before any network is used.
 */
export const invitation = z.strictObject({
  url: z.url({ protocol: /^https$/ }).max(300),
  /** SHA-256 of the aggregator's CA certificate (DER). */
  caFingerprint: sha256Hex,
  federation: z.string().min(1).max(80),
  plant: z.string().min(1).max(80),
  /** One-time code; a secret until it is used. */
  code: z.string().min(8).max(100),
  expires: z.iso.datetime(),
});
export type Invitation = z.infer<typeof invitation>;

/**
 * Header with the code of an unused invitation on `GET /v1/plan`, so that a plant can read the plan before it joins.
 */
export const invitationHeader = 'fedrecon-invitation';

const prefix = 'FEDRECON1-';
const checksumBytes = 6;

/** Text of an invitation, to be pasted: `FEDRECON1-` and base64url of checksum and content. */
export function encodeInvitation(value: Invitation): string {
  const content = Buffer.from(canonicalJson(invitation.parse(value)));
  return prefix + Buffer.concat([checksum(content), content]).toString('base64url');
}

/** Pieces of a text in which an invitation is looked for: it takes a few lines of a letter. */
const mostPieces = 200;

/**
 * Reads a pasted invitation; spaces, line breaks, invisible characters, marks of a quotation (`>`) and the words of the letter around it do not
 * matter.
 * @throws FedReconError `invitation-mistyped`
 */
export function decodeInvitation(text: string): Invitation {
  const visible = text.replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/gu, '');
  const whole = contentIn(visible.replace(/\s/gu, ''));
  const content = whole ?? contentWithin(visible);
  if (!content) throw new FedReconError('invitation-mistyped');
  const result = invitation.safeParse(JSON.parse(content.toString('utf8')));
  if (!result.success) throw new FedReconError('invitation-mistyped', {}, { cause: result.error });
  return result.data;
}

/** Content of the first invitation in a letter: its checksum says where it ends. */
function contentWithin(text: string): Buffer | undefined {
  const at = text.search(/(?<![\w-])FEDRECON1-/);
  if (at < 0) return undefined;
  let read = '';
  for (const piece of text.slice(at).split(/[^\w-]+/, mostPieces)) {
    read += piece;
    const content = contentIn(read);
    if (content) return content;
  }
  return undefined;
}

/** Content of an invitation that is written without anything around it; undefined where it is not as it was made. */
function contentIn(compact: string): Buffer | undefined {
  const body = compact.startsWith(prefix) ? compact.slice(prefix.length) : '';
  const bytes = Buffer.from(body, 'base64url');
  const content = bytes.subarray(checksumBytes);
  // Comparing the text again refuses characters that the lenient base64url reader skips.
  const intact =
    bytes.toString('base64url') === body && checksum(content).equals(bytes.subarray(0, checksumBytes));
  return intact && content.length > 0 ? content : undefined;
}

function checksum(content: Uint8Array): Buffer {
  return createHash('sha256').update(prefix).update(content).digest().subarray(0, checksumBytes);
}
