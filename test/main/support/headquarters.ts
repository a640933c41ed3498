import { readFileSync } from 'node:fs';
import { freePort } from '../../../aggregator/commands/init-command.ts';
import { openNewDatabase } from '../../../aggregator/database/open.ts';
import { fingerprintOf } from '../../../aggregator/folder/certificates.ts';
import { DataFolder } from '../../../aggregator/folder/data-folder.ts';
import { runAdminCommand } from '../../../aggregator/headquarters/admin-commands.ts';
import { initialise } from '../../../aggregator/server/initialise-federation.ts';
import { type Aggregator, startAggregator } from '../../../aggregator/server/start-aggregator.ts';
import { parsePlan } from '../../../protocol/plan.ts';

/** Headquarters of a plan, whose real HTTPS server runs in the test's own process. */
export interface PlantsHeadquarters {
  /** The invitation text for a plant of that name. */
  invite(plant: string): Promise<string>;
  /** Starts the server again, at the same address, after {@link close}. */
  reopen(): Promise<void>;
  /** Ends the server; nothing if it has ended. */
  close(): Promise<void>;
}

/**
 * Makes a federation in `folder` and starts its server: the process of an aggregator, its commands and their start take
 * seconds, and are the subject of other tests.
 * @param databaseUrl of an empty database; without one, PGlite makes its own in the folder
 */
export async function openHeadquarters(
  path: string,
  plan: object,
  databaseUrl: string | undefined,
): Promise<PlantsHeadquarters> {
  const folder = new DataFolder(path);
  await initialise(folder, {
    plan: parsePlan(plan),
    hosts: ['localhost'],
    port: await freePort(),
    openNewDatabase: () => openNewDatabase(folder.file('database'), databaseUrl),
  });
  const caFingerprint = fingerprintOf(readFileSync(folder.file('caCertificate'), 'utf8'));
  const start = () => startAggregator(folder, { databaseUrl, onError: console.error });
  let server: Aggregator | undefined = await start();
  return {
    async invite(plant) {
      const { federation, url } = server!;
      const input = { plant, days: 14 };
      return (await runAdminCommand('invite', federation, input, { url, caFingerprint })).invitation;
    },
    async reopen() {
      server = await start();
    },
    async close() {
      await server?.close();
      server = undefined;
    },
  };
}
