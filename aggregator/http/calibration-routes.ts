import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { calibrationContribution } from '../../protocol/calibration/calibration-messages.ts';
import { calibrationPass } from '../../protocol/calibration/lengths.ts';
import { documentHash } from '../../protocol/canonical-json.ts';
import { readCalibrationState } from '../calibration/calibration-state.ts';
import { contributeSums } from '../calibration/take-sums.ts';
import type { Federation } from '../federation/federation.ts';
import type { Keeper } from '../rounds/keeper.ts';
import { parseWith } from './problem-documents.ts';
import { signedBody, storedNumber } from './request-bodies.ts';
import type { Authenticate } from './server-options.ts';

const calibration = { n: storedNumber.min(1) };
const parameters = z.object(calibration);
const passParameters = z.object({ ...calibration, pass: calibrationPass });

/** Routes of a plant in a calibration: to ask for its state and to send sums. Merged sums are fetched as blobs. */
export function calibrationRoutes(
  app: FastifyInstance,
  federation: Federation,
  keeper: Keeper,
  authenticate: Authenticate,
): void {
  app.get('/v1/calibrations/:n', async (request, reply) => {
    const { plant } = await authenticate(request);
    const state = await readCalibrationState(federation, plant.id, parseWith(parameters, request.params).n);
    const etag = `"${documentHash(state)}"`;
    reply.header('etag', etag).header('cache-control', 'private, no-cache');
    return request.headers['if-none-match'] === etag ? reply.code(304).send() : state;
  });

  app.post('/v1/calibrations/:n/:pass', async (request) => {
    const { plant, contentDigest } = await authenticate(request);
    const body = signedBody(request, contentDigest, calibrationContribution);
    const { n, pass } = parseWith(passParameters, request.params);
    const response = await contributeSums(federation, plant, n, pass, body);
    if (response.accepted) keeper.run().catch(() => {});
    return response;
  });
}
