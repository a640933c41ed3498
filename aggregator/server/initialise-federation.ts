import { generateKeyPairSync } from 'node:crypto';
import type { Plan } from '../../protocol/plan.ts';
import type { Database } from '../database/database.ts';
import { createFederation } from '../federation/federation.ts';
import { createAuthority, fingerprintOf, serverCredentials } from '../folder/certificates.ts';
import type { DataFolder } from '../folder/data-folder.ts';
import { writeFileDurably } from '../folder/durable-files.ts';

interface NewFederation {
  readonly plan: Plan;
  readonly hosts: readonly string[];
  readonly port: number;
  /** Opens an empty database for the federation; called once the folder is there. */
  openNewDatabase(): Promise<Database>;
}

/**
 * Makes a data folder with CA, server certificate, administrator's key and a federation. The settings are
 * written last: a folder without them is one whose making was interrupted, and may be made again.
 * @returns the CA's fingerprint
 * @throws FedReconError `federation-exists`, `data-folder-unusable`, and what `openNewDatabase` throws
 */
export async function initialise(folder: DataFolder, options: NewFederation): Promise<string> {
  const { plan, hosts, port } = options;
  const now = Date.now();
  folder.create();
  await createAuthority(folder, plan.name, now);
  const { ca } = await serverCredentials(folder, hosts, now);
  const { privateKey } = generateKeyPairSync('ed25519');
  await writeFileDurably(folder.file('adminKey'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const database = await options.openNewDatabase();
  try {
    await createFederation(database, plan, new Date(now));
  } finally {
    await database.close();
  }
  await folder.writeSettings({ format: 'fedrecon-aggregator/1', hosts: [...hosts], port });
  return fingerprintOf(ca);
}
