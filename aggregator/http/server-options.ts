import type { KeyObject } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { authenticatePlant } from '../federation/authentication.ts';
import type { Federation } from '../federation/federation.ts';
import type { Keeper } from '../rounds/keeper.ts';

/** Options of the HTTPS server. */
export interface ServerOptions {
  readonly federation: Federation;
  readonly keeper: Keeper;
  readonly tls: { readonly key: string; readonly cert: string; readonly ca: string };
  /** Key of headquarters: requests signed with it are theirs. */
  readonly adminKey: KeyObject;
  /** Address for invitations, known once the server listens. */
  readonly publicUrl: () => string;
  /** Callback for every error that is answered with `internal`. */
  readonly onError: (error: unknown) => void;
}

/** Function that proves who sent a request, before its body is read. */
export type Authenticate = (request: FastifyRequest) => ReturnType<typeof authenticatePlant>;
