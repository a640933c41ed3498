import { createHash, createPublicKey, type KeyObject, randomBytes, sign, verify } from 'node:crypto';
import { FedReconError } from './errors.ts';

/**
 * HTTP Message Signatures (RFC 9421) with Ed25519 and Content-Digest (RFC 9530, sha-256). Covered are
 * the method, the path, the query, the body's digest, the time and a nonce, but not the authority:
 * a signature survives a plant's TLS-terminating proxy, and nothing it protects can be altered there.
 */

/** Largest difference, in seconds, between a signature's time and the server's. Nonces are remembered for as long. */
export const signatureWindowSeconds = 300;

const label = 'fedrecon';

interface SignableRequest {
  readonly method: string;
  /** Request target, path and query exactly as sent: `/v1/blobs/0a…?offset=0`. */
  readonly target: string;
  /** `content-digest` header; present whenever there is a body. */
  readonly contentDigest?: string | undefined;
}

export interface SigningIdentity {
  readonly privateKey: KeyObject;
  /** Key id of the signer: `keyIdOf` its public key. */
  readonly keyId: string;
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** `content-digest` header of a body. */
export function contentDigest(body: Uint8Array | string): string {
  return formatDigest(createHash('sha256').update(body).digest());
}

/** `content-digest` header for a SHA-256 that is already known (32 bytes). */
export function formatDigest(sha256: Uint8Array): string {
  return `sha-256=:${Buffer.from(sha256).toString('base64')}:`;
}

/** Key id of a public key: SHA-256 (hex) of its SPKI DER. */
export function keyIdOf(publicKey: KeyObject): string {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

/** Public key as the enrolment carries it: SPKI DER, base64url. */
export function publicKeyText(publicKey: KeyObject): string {
  return publicKey.export({ type: 'spki', format: 'der' }).toString('base64url');
}

/**
 * Reads `publicKeyText`.
 * @throws FedReconError `request-invalid` for anything that is no Ed25519 key
 */
export function parsePublicKey(text: string): KeyObject {
  const problem = { field: 'publicKey', problem: 'not an Ed25519 key' };
  let key: KeyObject;
  try {
    key = createPublicKey({ key: Buffer.from(text, 'base64url'), type: 'spki', format: 'der' });
  } catch (cause) {
    throw new FedReconError('request-invalid', problem, { cause });
  }
  if (key.asymmetricKeyType !== 'ed25519') throw new FedReconError('request-invalid', problem);
  return key;
}

/**
 * Signs a request.
 * @param now Unix time in milliseconds
 * @returns headers to send with it: `signature-input`, `signature` and, with a body, `content-digest`
 */
export function signRequest(
  request: SignableRequest,
  { privateKey, keyId }: SigningIdentity,
  now: number = Date.now(),
  nonce: string = randomBytes(16).toString('base64url'),
): Record<string, string> {
  const components = coveredComponents(request);
  const created = Math.floor(now / 1000);
  const names = components.map(([name]) => `"${name}"`).join(' ');
  const parameters = `(${names});created=${created};nonce="${nonce}";keyid="${keyId}";alg="ed25519"`;
  const signature = sign(null, Buffer.from(signatureBase(components, parameters)), privateKey);
  return {
    ...(request.contentDigest === undefined ? {} : { 'content-digest': request.contentDigest }),
    'signature-input': `${label}=${parameters}`,
    signature: `${label}=:${signature.toString('base64')}:`,
  };
}

export interface VerifiedRequest {
  readonly keyId: string;
  readonly nonce: string;
  /** Digest that the body must have, checked by whoever reads it; undefined: there must be no body. */
  readonly contentDigest: string | undefined;
}

/**
 * Checks a request's signature before its body is read. The caller then refuses a `nonce` it has seen
 * within `signatureWindowSeconds`, and compares the body with `contentDigest`.
 * @param keyOf the public key of a key id, undefined if there is none
 * @throws FedReconError `signature-missing`, `signature-invalid`, `key-unknown`, `clock-skew`
 */
export async function verifyRequest(
  request: { readonly method: string; readonly target: string; readonly headers: Headers },
  keyOf: (keyId: string) => Promise<KeyObject | undefined>,
  now: number = Date.now(),
): Promise<VerifiedRequest> {
  const { parameters, signature } = readSignature(request.headers);
  const digest = request.headers['content-digest'];
  if (Array.isArray(digest)) throw invalid('content-digest is repeated');
  const components = coveredComponents({ ...request, contentDigest: digest });
  if (parameters.names !== components.map(([name]) => `"${name}"`).join(' '))
    throw invalid('it does not cover what it must');

  const key = await keyOf(parameters.keyId);
  if (!key) throw new FedReconError('key-unknown');
  if (!verify(null, Buffer.from(signatureBase(components, parameters.text)), key, signature))
    throw invalid('the request was altered or signed with another key');

  const offset = Math.round(parameters.created - now / 1000);
  if (Math.abs(offset) > signatureWindowSeconds)
    throw new FedReconError('clock-skew', {
      serverTime: new Date(now).toISOString(),
      offsetSeconds: offset,
      minutes: Math.round(offset / 60),
    });
  return { keyId: parameters.keyId, nonce: parameters.nonce, contentDigest: digest };
}

/** Signature base of RFC 9421 §2.5: one line for each component, then the parameters. */
export function signatureBase(
  components: readonly (readonly [name: string, value: string])[],
  parameters: string,
): string {
  const lines = components.map(([name, value]) => `"${name}": ${value}`);
  return [...lines, `"@signature-params": ${parameters}`].join('\n');
}

/** Components that a signature must cover, in the one order that is accepted. */
function coveredComponents(request: SignableRequest): [name: string, value: string][] {
  const { path, query } = splitTarget(request.target);
  return [
    ['@method', request.method.toUpperCase()],
    ['@path', path],
    ...(query === undefined ? [] : ([['@query', query]] as [string, string][])),
    ...(request.contentDigest === undefined
      ? []
      : ([['content-digest', request.contentDigest]] as [string, string][])),
  ];
}

function splitTarget(target: string): { path: string; query: string | undefined } {
  const mark = target.indexOf('?');
  return mark < 0
    ? { path: target, query: undefined }
    : { path: target.slice(0, mark), query: target.slice(mark) };
}

const inputPattern =
  /^fedrecon=(?<text>\((?<names>[^()]*)\);created=(?<created>\d{1,12});nonce="(?<nonce>[\w-]{16,64})";keyid="(?<keyId>[0-9a-f]{64})";alg="ed25519")$/;
const signaturePattern = /^fedrecon=:(?<value>[A-Za-z0-9+/]{86}==):$/;

function readSignature(headers: Headers) {
  const input = headers['signature-input'];
  const signature = headers.signature;
  if (input === undefined || signature === undefined) throw new FedReconError('signature-missing');
  const fields = inputPattern.exec(String(input))?.groups;
  const value = signaturePattern.exec(String(signature))?.groups?.value;
  const bytes = Buffer.from(value ?? '', 'base64');
  // Unused bits of the last character must be zero, so that a signature has one spelling only.
  if (!fields || bytes.toString('base64') !== value) throw invalid('it cannot be read');
  const { text, names, created, nonce, keyId } = fields as Record<string, string>;
  return {
    parameters: { text: text!, names: names!, created: Number(created), nonce: nonce!, keyId: keyId! },
    signature: bytes,
  };
}

function invalid(problem: string): FedReconError {
  return new FedReconError('signature-invalid', { problem });
}
