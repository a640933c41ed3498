import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { linkOfRunningHost } from '../../main/browser/running-host.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));

/** App as a person starts it: `npm start -- --browser`. */
export interface App {
  /** A start link, new each time, as `npm start` shows it when it is run again. */
  link(): Promise<string>;
  readonly origin: string;
  readonly dataFolder: string;
  /** Text that it printed so far. */
  output(): string;
  close(): Promise<void>;
}

/** Starts an app and waits until it can be opened. @param dataFolder stays when the app is closed */
export async function openApp(dataFolder: string): Promise<App> {
  const child = spawn(process.execPath, ['main/start.ts', '--browser', '--data', dataFolder], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'pipe'],
    // No screen: the caller's own browser opens the page.
    env: { ...process.env, NODE_OPTIONS: '', DISPLAY: '', WAYLAND_DISPLAY: '' },
  });
  const ended = once(child, 'exit');
  let output = '';
  const address = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString('utf8');
      const found = /http:\/\/127\.0\.0\.1:\d+\/#\S+/.exec(output)?.[0];
      if (found) resolve(found);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => reject(new Error(`The app ended with ${code}: ${output}`)));
  });
  return {
    link: async () => {
      const link = await linkOfRunningHost(dataFolder);
      if (link === undefined) throw new Error(`The app gives no link: ${output}`);
      return link;
    },
    origin: new URL(address).origin,
    dataFolder,
    output: () => output,
    async close() {
      child.kill('SIGINT');
      await ended;
    },
  };
}
