import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type ZodType, z } from 'zod';
import { FedReconError } from '../../protocol/errors.ts';
import { contentDigest } from '../../protocol/signatures.ts';
import { parseWith } from './problem-documents.ts';

/** A number in an address that the database can hold. */
export const storedNumber = z.coerce
  .number()
  .int()
  .max(2 ** 31 - 1);

/** JSON bodies are kept as bytes until their digest was checked; blobs stay streams. */
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
 * The JSON body of a signed request.
 * @param digest what the signature says it hashes to
 * @throws FedReconError `digest-mismatch`, `request-invalid`
 */
export function signedBody<T>(request: FastifyRequest, digest: string | undefined, schema: ZodType<T>): T {
  const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  if (digest !== contentDigest(bytes)) throw new FedReconError('digest-mismatch');
  return parseJson(bytes, schema);
}

/** A JSON body whose signature can only be checked with what is in it. @throws FedReconError `request-invalid` */
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
