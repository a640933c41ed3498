import { once } from 'node:events';
import { type AddressInfo, createServer, isIP } from 'node:net';
import type { Command } from '../../protocol/command-line.ts';
import { usageError, wholeNumber } from '../../protocol/command-line.ts';
import { readPlan } from '../../protocol/plan-file.ts';
import { openNewDatabase } from '../database/open.ts';
import { initialise } from '../server/initialise-federation.ts';
import { parseAggregatorWords } from './parse-words.ts';

const defaultPort = '7443';

/**
 * Command `init`: makes a federation with its data folder, CA, server certificate, administrator's key and database.
 */
export const init: Command = {
  usage: `init --plan FILE [--host NAME …] [--port N]`,
  summary: `Makes a federation. --host: how plants reach this machine (default: this machine only). --port: default ${defaultPort}, 0 picks a free one.`,
  run: async (words) => {
    const { values, folder } = parseAggregatorWords(words, {
      plan: { type: 'string' },
      host: { type: 'string', multiple: true, default: [] },
      port: { type: 'string', default: defaultPort },
    });
    if (values.plan === undefined) throw usageError('init needs --plan FILE.');
    const hosts = values.host.length > 0 ? values.host.map(checkedHost) : ['127.0.0.1'];
    const wanted = wholeNumber('port', values.port, 0, 65_535);
    const plan = await readPlan(values.plan);
    const port = wanted === 0 ? await freePort() : wanted;
    const caFingerprint = await initialise(folder, {
      plan,
      hosts,
      port,
      openNewDatabase: () => openNewDatabase(folder.file('database'), process.env.DATABASE_URL),
    });
    console.log(`The federation "${plan.name}" is ready in ${folder.path}.`);
    console.log(`Certificate fingerprint (SHA-256): ${caFingerprint}`);
    if (values.host.length === 0)
      console.log('Only this machine can reach it. For plants elsewhere, init with --host NAME.');
  },
};

function checkedHost(host: string): string {
  const isName = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i.test(host);
  if (!isName && isIP(host) === 0)
    throw usageError(`--host takes a host name or an IP address, not "${host}".`);
  return host;
}

/** A loopback port that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
