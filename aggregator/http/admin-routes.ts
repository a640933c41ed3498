import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodType } from 'zod';
import { fingerprintOf } from '../folder/certificates.ts';
import {
  type AdminCommand,
  type AdminInput,
  adminCommands,
  runAdminCommand,
} from '../headquarters/admin-commands.ts';
import { signedBody } from './request-bodies.ts';
import type { ServerOptions } from './server-options.ts';

/** Routes of headquarters' commands while the server runs, signed with the key that only its data folder holds. */
export function adminRoutes(
  app: FastifyInstance,
  { federation, keeper, tls, publicUrl }: ServerOptions,
  authenticateAdmin: (request: FastifyRequest) => Promise<{ contentDigest: string | undefined }>,
): void {
  const caFingerprint = fingerprintOf(tls.ca);
  function route<C extends AdminCommand>(name: C): void {
    app.post(`/v1/admin/${name}`, async (request) => {
      const { contentDigest } = await authenticateAdmin(request);
      const schema = adminCommands[name].input as unknown as ZodType<AdminInput<C>>;
      const input = signedBody(request, contentDigest, schema);
      const output = await runAdminCommand(name, federation, input, { url: publicUrl(), caFingerprint });
      await keeper.run();
      return output;
    });
  }
  for (const name of Object.keys(adminCommands) as AdminCommand[]) route(name);
}
