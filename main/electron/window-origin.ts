import type { WebPreferences } from 'electron';

/** Scheme of the window, whose origin is `app://window/`. */
export const scheme = 'app';
export const origin = `${scheme}://window`;

/** True for pages and files of the window itself, false for everything else in the world. */
export function isOwn(address: string): boolean {
  try {
    const url = new URL(address);
    return url.protocol === `${scheme}:` && url.host === 'window' && url.username === '' && url.port === '';
  } catch {
    return false;
  }
}

/** Preferences of every window: no Node, own world for the preload script, sandboxed, nothing embedded. */
export function webPreferences(preload: string): WebPreferences {
  return {
    preload,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    nodeIntegrationInWorker: false,
    sandbox: true,
    webSecurity: true,
    webviewTag: false,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    navigateOnDragDrop: false,
    spellcheck: false,
  };
}

/** Sender of a message: only the main frame of a window of ours, on our own page, is heard. */
interface Sender {
  readonly url: string;
  readonly isMainFrame: boolean;
  readonly isOwnWindow: boolean;
}

export function isTrusted(sender: Sender | undefined): boolean {
  return sender?.isMainFrame === true && sender.isOwnWindow && isOwn(sender.url);
}
