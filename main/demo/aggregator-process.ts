import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The demonstration's headquarters: the real aggregator in its own process, driven by the commands an
 * administrator would type. `main` may not import `aggregator`, and does not need to.
 */
const cli = fileURLToPath(new URL('../../aggregator/cli.ts', import.meta.url));

export interface AggregatorProcess {
  /** Address of the server: `https://localhost:PORT`. */
  readonly url: string;
  /** The invitation text for a plant of that name. */
  invite(plant: string): Promise<string>;
  /** Ends the process; resolves when it is gone. */
  close(): Promise<void>;
}

/** Makes a CA, a certificate and a federation in `folder` from a plan file, on a free loopback port. */
export async function initialiseAggregator(folder: string, planFile: string): Promise<void> {
  await runCommand(['init', '--plan', planFile, '--data', folder, '--host', 'localhost', '--port', '0']);
}

/** Starts the aggregator of `folder` and waits until it answers. */
export async function forkAggregator(folder: string): Promise<AggregatorProcess> {
  const child = fork(cli, ['start', '--data', folder], { silent: true });
  const url = await readyAddress(child);
  return {
    url,
    async invite(plant) {
      const output = await runCommand(['invite', plant, '--data', folder]);
      const invitation = /FEDRECON1-\S+/.exec(output)?.[0];
      if (!invitation) throw new Error(`The aggregator printed no invitation for ${plant}: ${output}`);
      return invitation;
    },
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      const patience = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await gone;
      clearTimeout(patience);
    },
  };
}

/** Runs one administrator's command to its end. @throws Error with what it printed if it fails */
async function runCommand(parameters: string[]): Promise<string> {
  const child = fork(cli, parameters, { silent: true });
  let output = '';
  child.stdout!.on('data', (chunk: Buffer) => {
    output += chunk.toString('utf8');
  });
  child.stderr!.on('data', (chunk: Buffer) => {
    output += chunk.toString('utf8');
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`aggregator ${parameters[0]} failed: ${output.trim()}`);
  return output;
}

/** The address in the line that the aggregator prints once it listens. */
function readyAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const read = (chunk: Buffer) => {
      output += chunk.toString('utf8');
      const address = /https:\/\/[^\s"]+/.exec(output)?.[0];
      if (address) resolve(address);
    };
    child.stdout!.on('data', read);
    child.stderr!.on('data', read);
    child.once('exit', (code) => reject(new Error(`The aggregator ended with ${code}: ${output.trim()}`)));
  });
}

/** Path of the demonstration's plan file. */
export function demoPlanFile(quick: boolean): string {
  return join(
    fileURLToPath(new URL('../../assets/demo/', import.meta.url)),
    quick ? 'plan-quick.json' : 'plan.json',
  );
}
