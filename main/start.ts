import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describeError, FedReconError } from '../protocol/errors.ts';
import { runBrowserHost } from './browser/browser-host.ts';
import { build, windowFolder } from './launch/build.ts';
import { findElectron } from './launch/electron-binary.ts';
import { systemLanguage } from './launch/language.ts';
import { openAddress } from './launch/open-address.ts';
import { type LaunchOptions, launchUsage, readOptions, UsageError } from './launch/options.ts';
import { defaultDataFolder } from './window/data-folder.ts';
import { appVersion } from './window/version.ts';

/** `npm start`: opens the app in Electron where it can, else says why and opens it in a browser. */
const project = fileURLToPath(new URL('..', import.meta.url));

/** Things to end before this process may. */
const open: { close(): Promise<void> }[] = [];

async function start(options: LaunchOptions): Promise<void> {
  await build('window');
  let dataFolder = options.dataFolder ?? defaultDataFolder();
  if (options.demo) {
    const { openDemo } = await import('./demo/open-demo.ts');
    console.log('Starting the demonstration federation (the first time takes about a minute) …');
    const demo = await openDemo(appVersion(), options.dataFolder);
    open.push(demo);
    dataFolder = demo.dataFolder;
  }
  const electron = options.browser ? undefined : await findElectron(console.log);
  if (electron && 'path' in electron) return runElectron(electron.path, dataFolder, options.demo);
  if (electron) console.log(`Electron is not used: ${electron.reason}. The app opens in a browser instead.`);
  const { port, demo } = options;
  const host = await runBrowserHost({ dataFolder, windowFolder, port, demo });
  open.push(host);
  console.log(`FedRecon Workstation is at ${host.address} (Ctrl-C ends it)`);
  openAddress(host.address);
}

/** Runs Electron until its window is closed. */
async function runElectron(program: string, dataFolder: string, demo: boolean): Promise<void> {
  await build('electron');
  const child = spawn(program, [project, '--data', dataFolder, ...(demo ? ['--demo'] : [])], {
    stdio: 'inherit',
  });
  const ended = once(child, 'exit');
  open.push({
    async close() {
      child.kill('SIGTERM');
      await ended;
    },
  });
  await ended;
  await end(child.exitCode ?? 0);
}

/** Ends everything that was opened, the newest first. */
async function end(code: number): Promise<never> {
  for (const opened of open.splice(0).reverse()) await opened.close();
  process.exit(code);
}

function explain(thrown: unknown): string {
  if (!(thrown instanceof FedReconError)) return thrown instanceof Error ? thrown.message : String(thrown);
  const { title, cure } = describeError(thrown.code, thrown.detail, systemLanguage());
  return `${title}. ${cure} [${thrown.code}]`;
}

let ending = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    // Whoever asks twice does not want to wait.
    if (ending) process.exit(130);
    ending = true;
    end(0).catch((thrown: unknown) => {
      console.error(explain(thrown));
      process.exit(1);
    });
  });

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) console.log(launchUsage);
  else await start(options);
} catch (thrown) {
  console.error(explain(thrown));
  if (ending) process.exit(1);
  await end(thrown instanceof UsageError ? 2 : 1);
}
