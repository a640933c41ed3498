import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { FedReconError } from '../../protocol/errors.ts';
import { invitationHeader } from '../../protocol/invitation.ts';
import { enrolmentRequest, membershipRequest, type PlanResponse } from '../../protocol/messages.ts';
import { parsePublicKey } from '../../protocol/signatures.ts';
import { authenticateKey, authenticatePlant } from '../federation/authentication.ts';
import { checkInvitation, enrol } from '../federation/enrolments.ts';
import { amendMembership } from '../federation/memberships.ts';
import { adminRoutes } from './admin-routes.ts';
import { blobRoutes } from './blob-routes.ts';
import { calibrationRoutes } from './calibration-routes.ts';
import { asFedReconError, sendProblem } from './problem-documents.ts';
import { acceptBodies, signedBody, unprovenBody } from './request-bodies.ts';
import { roundRoutes } from './round-routes.ts';
import type { Authenticate, ServerOptions } from './server-options.ts';

const jsonBodyLimit = 1 << 20;

/** HTTPS server of a federation, not yet listening. Every answer that is no success is a problem document. */
export function createServer(options: ServerOptions): FastifyInstance {
  const { federation, keeper, tls } = options;
  const app = Fastify({
    https: { key: tls.key, cert: tls.cert, minVersion: 'TLSv1.3' },
    bodyLimit: jsonBodyLimit,
    forceCloseConnections: true,
    requestTimeout: 0,
    // A silent connection is dropped; an upload of any length may go on as long as bytes arrive.
    connectionTimeout: 120_000,
    routerOptions: { ignoreTrailingSlash: false, caseSensitive: true },
  }) as unknown as FastifyInstance;
  acceptBodies(app);
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, new FedReconError('not-found')));
  app.setErrorHandler((error, _request, reply) => {
    const known = asFedReconError(error);
    if (known.code === 'internal') options.onError(error);
    return sendProblem(reply, known);
  });

  app.get('/healthz', async () => ({ status: 'ok' }));
  app.get('/readyz', async () => {
    await federation.database.query('select 1');
    return { status: 'ready' };
  });
  app.get('/v1/ca', async (_request, reply) => reply.type('application/pem-certificate-chain').send(tls.ca));

  app.post('/v1/enrolments', async (request) => {
    const { publicKey } = unprovenBody(request, enrolmentRequest);
    const { contentDigest } = await authenticateKey(federation, signed(request), parsePublicKey(publicKey));
    const response = await enrol(federation, signedBody(request, contentDigest, enrolmentRequest));
    keeper.run().catch(() => {});
    return response;
  });

  const authenticate: Authenticate = (request) => authenticatePlant(federation, signed(request));
  app.put('/v1/membership', async (request) => {
    const { plant, contentDigest } = await authenticate(request);
    const amended = signedBody(request, contentDigest, membershipRequest);
    const response = await amendMembership(federation, plant, amended);
    // An open round may have waited for what this plant has no more.
    keeper.run().catch(() => {});
    return response;
  });
  app.get('/v1/plan', async (request): Promise<PlanResponse> => {
    const code = request.headers[invitationHeader];
    if (typeof code === 'string') await checkInvitation(federation, code);
    else await authenticate(request);
    return { hash: federation.planHash, plan: federation.plan };
  });
  roundRoutes(app, federation, keeper, authenticate);
  calibrationRoutes(app, federation, keeper, authenticate);
  blobRoutes(app, federation, authenticate);
  adminRoutes(app, options, (request) => authenticateAdmin(options, request));
  return app;
}

/** Proves that a request is from headquarters. @throws FedReconError `admin-only`, any of `authenticateKey` */
async function authenticateAdmin({ federation, adminKey }: ServerOptions, request: FastifyRequest) {
  try {
    return await authenticateKey(federation, signed(request), adminKey);
  } catch (error) {
    if (error instanceof FedReconError && error.code === 'key-unknown') throw new FedReconError('admin-only');
    throw error;
  }
}

function signed(request: FastifyRequest) {
  return { method: request.method, target: request.originalUrl, headers: request.headers };
}
