import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { FedReconError } from '../../protocol/errors.ts';
import { blobUploadQuery, sha256Hex, uploadOffsetHeader } from '../../protocol/messages.ts';
import { largestSumsBytes } from '../calibration/calibration-state.ts';
import type { Federation } from '../federation/federation.ts';
import { mayRead } from '../federation/model-versions.ts';
import { largestModuleBytes } from '../rounds/check-module.ts';
import { parseWith } from './problem-documents.ts';
import type { Authenticate } from './server-options.ts';

const parameters = z.object({ sha256: sha256Hex });

/** Routes of content-addressed blobs: `HEAD`, `GET` (ranges, ETag) and `PUT` (resumable). */
export function blobRoutes(app: FastifyInstance, federation: Federation, authenticate: Authenticate): void {
  const { blobs, database } = federation;
  const limit = largestModuleBytes(federation.plan);

  /** Size of a blob in bytes; undefined if it is not here or this plant may not know of it. */
  async function sizeFor(plantId: string, sha256: string): Promise<number | undefined> {
    return (await mayRead(database, plantId, sha256)) ? blobs.size(sha256) : undefined;
  }

  app.head('/v1/blobs/:sha256', async (request, reply) => {
    const { plant } = await authenticate(request);
    const { sha256 } = parseWith(parameters, request.params);
    const size = await sizeFor(plant.id, sha256);
    if (size === undefined) {
      reply.header(uploadOffsetHeader, await blobs.uploaded(plant.id, sha256));
      throw new FedReconError('blob-unknown');
    }
    return describe(reply, sha256).header('content-length', size).send();
  });

  app.get('/v1/blobs/:sha256', { exposeHeadRoute: false }, async (request, reply) => {
    const { plant } = await authenticate(request);
    const { sha256 } = parseWith(parameters, request.params);
    const size = await sizeFor(plant.id, sha256);
    if (size === undefined) throw new FedReconError('blob-unknown');
    describe(reply, sha256);
    if (request.headers['if-none-match'] === `"${sha256}"`) return reply.code(304).send();
    const { start, end } = requestedRange(request, sha256, size);
    if (end - start + 1 < size) reply.code(206).header('content-range', `bytes ${start}-${end}/${size}`);
    return reply.header('content-length', end - start + 1).send(blobs.stream(sha256, start, end));
  });

  app.put('/v1/blobs/:sha256', { bodyLimit: limit }, async (request, reply) => {
    const { plant, contentDigest } = await authenticate(request);
    const { sha256 } = parseWith(parameters, request.params);
    const { offset, bytes } = parseWith(blobUploadQuery, request.query);
    const largest = Math.max(limit, await largestSumsBytes(federation.plan, database));
    if (bytes > largest) throw new FedReconError('blob-too-large', { bytes, limit: largest });
    if (contentDigest === undefined) throw new FedReconError('digest-mismatch');
    // Fastify gives no stream for an empty body, which ends an upload whose last byte came before a crash.
    const body = (request.body as Readable | undefined) ?? Readable.from([]);
    const result = await blobs.receive({ uploader: plant.id, sha256, offset, bytes, body, contentDigest });
    if (result.complete)
      await database.query('insert into uploads values ($1, $2, $3, $4) on conflict do nothing', [
        sha256,
        plant.id,
        bytes,
        new Date(federation.clock()),
      ]);
    return reply.code(result.complete ? 201 : 202).send(result);
  });
}

function describe(reply: FastifyReply, sha256: string): FastifyReply {
  return reply
    .header('etag', `"${sha256}"`)
    .header('accept-ranges', 'bytes')
    .header('cache-control', 'private, immutable, max-age=31536000')
    .type('application/octet-stream');
}

/**
 * Range of bytes that a request asks for, inclusive: one range of RFC 9110 §14; anything else, or another version's
 * `If-Range`, means the whole blob.
 */
function requestedRange(
  { headers }: FastifyRequest,
  sha256: string,
  size: number,
): { start: number; end: number } {
  const whole = { start: 0, end: size - 1 };
  const match = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '');
  if (!match || (headers['if-range'] ?? `"${sha256}"`) !== `"${sha256}"`) return whole;
  const start = Number(match[1]);
  const end = Math.min(match[2] ? Number(match[2]) : size - 1, size - 1);
  return start <= end ? { start, end } : whole;
}
