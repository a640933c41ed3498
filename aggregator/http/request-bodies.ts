import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type ZodType, z } from 'zod';
import { FedReconError } from '../../protocol/errors.ts';
import { contentDigest } from '../../protocol/signatures.ts';
import { parseWith } from './problem-documents.ts';

/** Number in an address that the database can hold. */
export const storedNumber = z.coerce
  .number()
  .int()
  .max(2 ** 31 - 1);

/** Sets the parsers of bodies: JSON is kept as bytes until its digest is checked; blobs stay streams. */
export function acceptBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });
  app.addContentTypeParser('application/octet-stream', (_request, payload, done) => {
    done(null, payload);
  });
}

/**
 * JSON body of a signed request.
 * @param digest `content-digest` that the signature covers
 * @throws FedReconError `digest-mismatch`, `request-invalid`
 */
export function signedBody<T>(request: FastifyRequest, digest: string | undefined, schema: ZodType<T>): T {
  const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  if (digest !== contentDigest(bytes)) throw new FedReconError('digest-mismatch');
  return parseJson(bytes, schema);
}

/**
 * JSON body whose signature can only be checked with a key that it holds itself.
 * @throws FedReconError `request-invalid`
 */
export function unprovenBody<T>(request: FastifyRequest, schema: ZodType<T>): T {
  return parseJson(Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0), schema);
}

function parseJson<T>(bytes: Buffer, schema: ZodType<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw new FedReconError('request-invalid', { field: 'body', problem: 'not JSON' }, { cause });
  }
  return parseWith(schema, value);
}
