import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { FedReconError } from '../../protocol/errors.ts';
import { systemWords } from '../../protocol/system-words.ts';
import { writeFileDurably } from './durable-files.ts';

/** Settings of an aggregator, written once by `init`. */
export const settings = z.strictObject({
  format: z.literal('fedrecon-aggregator/1'),
  /** Names and addresses that plants reach this machine by; the first one goes into invitations. */
  hosts: z.array(z.string().min(1)).min(1),
  port: z.int().min(1).max(65_535),
});
export type AggregatorSettings = z.infer<typeof settings>;

const runningServer = z.strictObject({ pid: z.int(), port: z.int() });

/** Data folder of an aggregator, with the paths of all its files. Keys are readable by their owner alone. */
export class DataFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = resolve(path);
  }

  readonly file = (name: FolderEntry): string => join(this.path, folderEntries[name]);

  /** Makes the folder. @throws FedReconError `federation-exists`, `data-folder-unusable` */
  create(): void {
    if (existsSync(this.file('settings')))
      throw new FedReconError('federation-exists', { folder: this.path });
    try {
      mkdirSync(this.path, { recursive: true, mode: 0o700 });
    } catch (cause) {
      throw new FedReconError(
        'data-folder-unusable',
        { folder: this.path, ...systemWords(cause) },
        { cause },
      );
    }
  }

  /** Reads the settings. @throws FedReconError `federation-missing` */
  readSettings(): AggregatorSettings {
    try {
      return settings.parse(JSON.parse(readFileSync(this.file('settings'), 'utf8')));
    } catch (cause) {
      throw new FedReconError('federation-missing', { folder: this.path }, { cause });
    }
  }

  async writeSettings(value: AggregatorSettings): Promise<void> {
    await writeFileDurably(this.file('settings'), `${JSON.stringify(value, null, 2)}\n`);
  }

  /** Port of the server that runs on this folder now, if it runs on this machine. */
  readRunningPort(): number | undefined {
    try {
      const { pid, port } = runningServer.parse(JSON.parse(readFileSync(this.file('running'), 'utf8')));
      process.kill(pid, 0);
      return port;
    } catch {
      return undefined;
    }
  }

  async writeRunningPort(port: number): Promise<void> {
    await writeFileDurably(this.file('running'), JSON.stringify({ pid: process.pid, port }));
  }

  clearRunningPort(): void {
    rmSync(this.file('running'), { force: true });
  }
}

const folderEntries = {
  settings: 'aggregator.json',
  running: 'running.json',
  lock: 'lock',
  database: 'database',
  blobs: 'blobs',
  caCertificate: 'ca.pem',
  caKey: 'ca-key.pem',
  serverCertificate: 'server.pem',
  serverKey: 'server-key.pem',
  adminKey: 'admin-key.pem',
} as const;
type FolderEntry = keyof typeof folderEntries;
