import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { defaultDataFolder } from '../window/data-folder.ts';

/** Options of the command line. */
export interface LaunchOptions {
  readonly help: boolean;
  /** True to open the browser host even where Electron could be had. */
  readonly browser: boolean;
  /** True to open a plant of the demonstration federation. */
  readonly demo: boolean;
  /** Data folder; absent: the platform's own place. */
  readonly dataFolder?: string;
  /** Port of the browser host from now on; 0 takes any free one; absent: the one that it had before. */
  readonly port?: number;
}

export const launchUsage = `FedRecon Workstation

  npm start [-- OPTION…]

  --browser      open in a browser of this machine, not in Electron
  --data DIR     keep everything in this folder (${defaultDataFolder()})
  --port N       port of the browser host on 127.0.0.1 from now on (kept in the folder)
  --demo         open Hanoi of the demonstration federation, its aggregator running
  --help         show this`;

/** Command line that makes no sense; the message is for a person. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Reads the options of a command line. @throws UsageError */
export function readOptions(parameters: readonly string[]): LaunchOptions {
  const { help, browser, demo, data, port } = parsed(parameters);
  const number = port === undefined ? undefined : Number(port);
  if (number !== undefined && (!Number.isInteger(number) || number < 0 || number > 65_535))
    throw new UsageError(`--port takes a number from 0 to 65535, not "${port}".`);
  return {
    ...{ help, browser, demo },
    ...(number !== undefined && { port: number }),
    ...(data !== undefined && { dataFolder: resolve(data) }),
  };
}

function parsed(parameters: readonly string[]) {
  try {
    return parseArgs({
      args: [...parameters],
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        browser: { type: 'boolean', default: false },
        demo: { type: 'boolean', default: false },
        data: { type: 'string' },
        port: { type: 'string' },
      },
    }).values;
  } catch (thrown) {
    const problem = (thrown as Error).message.replace(/\.?$/, '.');
    throw new UsageError(`${problem} See npm start -- --help.`);
  }
}
