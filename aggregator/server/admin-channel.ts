import { createPrivateKey, createPublicKey } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import { type ErrorCode, errorTable, FedReconError } from '../../protocol/errors.ts';
import { problemDocument } from '../../protocol/messages.ts';
import { contentDigest, keyIdOf, signRequest } from '../../protocol/signatures.ts';
import { loadFederation } from '../federation/federation.ts';
import { fileBlobs } from '../folder/blob-store.ts';
import { fingerprintOf } from '../folder/certificates.ts';
import type { DataFolder } from '../folder/data-folder.ts';
import {
  type AdminCommand,
  type AdminInput,
  type AdminOutput,
  adminCommands,
  runAdminCommand,
} from '../headquarters/admin-commands.ts';
import { openFolder, publicUrl } from './start-aggregator.ts';

/** Attempts to reach a folder that another command or a starting server holds for a moment. */
const patience = { attempts: 60, milliseconds: 250 };

/**
 * Runs headquarters' command on a data folder, whether its server runs or not: directly on the database where
 * that is possible, and otherwise through the server that has it open, signed with the folder's admin key.
 * @throws FedReconError what the command throws, `federation-missing`, `data-folder-in-use`
 */
export async function command<C extends AdminCommand>(
  folder: DataFolder,
  name: C,
  input: AdminInput<C>,
): Promise<AdminOutput<C>> {
  const databaseUrl = process.env.DATABASE_URL;
  for (let attempt = 1; ; attempt += 1) {
    const port = databaseUrl ? undefined : folder.readRunningPort();
    const answer = port === undefined ? undefined : await askServer(folder, port, name, input);
    if (answer) return answer.output;
    try {
      return await runDirectly(folder, databaseUrl, name, input);
    } catch (error) {
      const inUse = error instanceof FedReconError && error.code === 'data-folder-in-use';
      if (!inUse || attempt === patience.attempts) throw error;
      await pause(patience.milliseconds);
    }
  }
}

async function runDirectly<C extends AdminCommand>(
  folder: DataFolder,
  databaseUrl: string | undefined,
  name: C,
  input: AdminInput<C>,
): Promise<AdminOutput<C>> {
  const settings = folder.readSettings();
  await using cleanup = new AsyncDisposableStack();
  const { database } = await openFolder(folder, databaseUrl, cleanup);
  const federation = await loadFederation(database, fileBlobs(folder.file('blobs')));
  // Whoever has the embedded database open knows that no server runs.
  const port = (database.exclusive ? undefined : folder.readRunningPort()) ?? settings.port;
  return await runAdminCommand(name, federation, input, {
    url: publicUrl(settings, port),
    caFingerprint: fingerprintOf(await readFile(folder.file('caCertificate'), 'utf8')),
  });
}

/** Asks the running server to run a command. @returns undefined when nothing listens there any more */
async function askServer<C extends AdminCommand>(
  folder: DataFolder,
  port: number,
  name: C,
  input: AdminInput<C>,
): Promise<{ output: AdminOutput<C> } | undefined> {
  const body = JSON.stringify(input);
  const target = `/v1/admin/${name}`;
  const privateKey = createPrivateKey(await readFile(folder.file('adminKey')));
  const identity = { privateKey, keyId: keyIdOf(createPublicKey(privateKey)) };
  const signature = signRequest({ method: 'POST', target, contentDigest: contentDigest(body) }, identity);
  const request = httpsRequest({
    host: 'localhost',
    port,
    path: target,
    method: 'POST',
    ca: await readFile(folder.file('caCertificate')),
    headers: { ...signature, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
  });
  request.end(body);
  let response: IncomingMessage;
  try {
    [response] = (await once(request, 'response')) as [IncomingMessage];
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ECONNREFUSED' || code === 'ECONNRESET') return undefined;
    throw error;
  }
  const answer: unknown = JSON.parse(Buffer.concat(await response.toArray()).toString('utf8'));
  if (response.statusCode === 200)
    return { output: adminCommands[name].output.parse(answer) as AdminOutput<C> };
  const { code, detail } = problemDocument.parse(answer);
  throw new FedReconError(code in errorTable ? (code as ErrorCode) : 'internal', detail);
}
