import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { contributionRequest } from '../../protocol/messages.ts';
import type { Federation } from '../federation/federation.ts';
import { readManifest } from '../federation/model-versions.ts';
import type { Keeper } from '../rounds/keeper.ts';
import { readRoundState } from '../rounds/round-state.ts';
import { contribute } from '../rounds/take-contribution.ts';
import { parseWith } from './problem-documents.ts';
import { signedBody, storedNumber } from './request-bodies.ts';
import type { Authenticate } from './server-options.ts';

const roundParameters = z.object({ n: storedNumber.min(1) });
const versionParameters = z.object({ version: storedNumber.min(0) });

/** Routes of a plant in a round: to ask for its state, to fetch the model and to contribute. */
export function roundRoutes(
  app: FastifyInstance,
  federation: Federation,
  keeper: Keeper,
  authenticate: Authenticate,
): void {
  app.get('/v1/rounds/current', async (request) => {
    const { plant } = await authenticate(request);
    return readRoundState(federation, plant);
  });

  app.get('/v1/models/:version', async (request) => {
    await authenticate(request);
    return readManifest(federation.database, parseWith(versionParameters, request.params).version);
  });

  app.post('/v1/rounds/:n/contributions', async (request) => {
    const { plant, contentDigest } = await authenticate(request);
    const body = signedBody(request, contentDigest, contributionRequest);
    const response = await contribute(federation, plant, parseWith(roundParameters, request.params).n, body);
    // The answer does not wait for the average that this contribution may set off; the keeper reports errors.
    if (response.accepted) keeper.run().catch(() => {});
    return response;
  });
}
