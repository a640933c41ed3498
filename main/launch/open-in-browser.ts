import { spawn } from 'node:child_process';

/** The program that opens a page in the person's browser; undefined where there is no screen to open it on. */
export function browserOpener(
  platform: NodeJS.Platform,
  environment: NodeJS.ProcessEnv,
): { program: string; parameters: string[] } | undefined {
  switch (platform) {
    case 'darwin':
      return { program: 'open', parameters: [] };
    case 'win32':
      return { program: 'rundll32', parameters: ['url.dll,FileProtocolHandler'] };
    default:
      return environment.DISPLAY || environment.WAYLAND_DISPLAY
        ? { program: 'xdg-open', parameters: [] }
        : undefined;
  }
}

/** The machine that a browser is opened on. */
interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  /** Starts a program that outlives this one. */
  start(program: string, parameters: readonly string[]): void;
}

const thisMachine: Machine = {
  platform: process.platform,
  env: process.env,
  start(program, parameters) {
    const child = spawn(program, parameters, { stdio: 'ignore', detached: true });
    child.on('error', () => {});
    child.unref();
  },
};

/**
 * Opens a page in the person's browser; where there is no screen nothing happens.
 * @param page writes the page and answers with its path: what stands in a command line can be read by everybody on this machine, so
 * no address with a secret does
 * @throws what `page` throws
 */
export async function openInBrowser(page: () => Promise<string>, machine = thisMachine): Promise<void> {
  const opener = browserOpener(machine.platform, machine.env);
  if (opener) machine.start(opener.program, [...opener.parameters, await page()]);
}
