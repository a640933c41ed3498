import { spawn } from 'node:child_process';

/** The program that opens an address in the person's browser; undefined where there is no screen to open it on. */
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

/** Opens an address in the person's browser; where there is none nothing happens, as the address is printed anyway. */
export function openAddress(address: string): void {
  const opener = browserOpener(process.platform, process.env);
  if (!opener) return;
  const child = spawn(opener.program, [...opener.parameters, address], { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}
