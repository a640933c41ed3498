import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describeError, FedReconError } from '../protocol/errors.ts';
import { runBrowserHost } from './browser/browser-host.ts';
import { linkOfRunningHost } from './browser/running-host.ts';
import { linkMinutes } from './browser/session.ts';
import { writeStartPage } from './browser/start-page.ts';
import { build, windowFolder } from './launch/build.ts';
import { findElectron } from './launch/electron-binary.ts';
import { systemLanguage } from './launch/language.ts';
import { openInBrowser } from './launch/open-in-browser.ts';
import { type LaunchOptions, launchUsage, readOptions, UsageError } from './launch/options.ts';
import { startWords } from './launch/start-words.ts';
import { defaultDataFolder } from './window/data-folder.ts';
import { appVersion } from './window/version.ts';

/** `npm start`: opens the app in Electron where it can, else says why and opens it in a browser. */
const project = fileURLToPath(new URL('..', import.meta.url));

const words = startWords[systemLanguage()];

/** Things to end before this process may. */
const open: { close(): Promise<void> }[] = [];

async function start(options: LaunchOptions): Promise<void> {
  let dataFolder = options.dataFolder ?? defaultDataFolder();
  const demonstration = options.demo ? await import('./demo/open-demo.ts') : undefined;
  const running = await linkOfRunningHost(demonstration?.shownFolder(options.dataFolder) ?? dataFolder);
  if (running !== undefined) {
    console.log(words.runsAlready(running, linkMinutes));
    await openLink(demonstration?.shownFolder(options.dataFolder) ?? dataFolder, running);
    return end(0);
  }
  await build('window');
  if (demonstration) {
    console.log('Starting the demonstration federation (the first time takes about a minute) …');
    const demo = await demonstration.openDemo(appVersion(), options.dataFolder);
    open.push(demo);
    dataFolder = demo.dataFolder;
  }
  const electron = options.browser ? undefined : await findElectron(console.log);
  if (electron && 'path' in electron) return runElectron(electron.path, dataFolder, options.demo);
  if (electron) console.log(`Electron is not used: ${electron.reason}. The app opens in a browser instead.`);
  const { port, demo } = options;
  const host = await runBrowserHost({ dataFolder, windowFolder, port, demo });
  open.push(host);
  if (host.taken !== undefined) console.log(words.taken(host.taken, host.port));
  console.log(words.open(host.origin, host.link(), linkMinutes));
  // Who pipes nothing in can press Enter.
  if (process.stdin.isTTY) {
    console.log(words.enter);
    process.stdin.on('data', () => console.log(words.open(host.origin, host.link(), linkMinutes)));
  }
  await openLink(dataFolder, host.link());
}

/** Opens a start link in the person's browser, where there is one: the link is printed anyway. */
async function openLink(dataFolder: string, link: string): Promise<void> {
  await openInBrowser(() => writeStartPage(dataFolder, link)).catch((thrown: unknown) =>
    console.error(explain(thrown)),
  );
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
