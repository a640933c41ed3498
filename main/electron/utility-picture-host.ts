import { utilityProcess } from 'electron';
import { pictureProcessOptions } from '../../training/cells/images/reader/picture-bounds.ts';
import type { PictureHost } from '../../training/cells/images/reader/picture-host.ts';

/**
 * The process that reads pictures as Electron's utility process, ended with the app.
 * @param entry the bundled program
 */
export function utilityPictureHost(entry: string): PictureHost {
  return {
    start() {
      const child = utilityProcess.fork(entry, [], {
        serviceName: 'FedRecon pictures',
        stdio: 'ignore',
        execArgv: pictureProcessOptions,
      });
      return {
        send: (message) => child.postMessage(message),
        onMessage: (listener) => {
          child.on('message', listener);
        },
        onExit: (listener) => {
          child.once('exit', (code) => listener(`exit ${code}`));
        },
        // Electron's own `kill` asks; a decoder that hangs does not hear.
        kill: () => {
          if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
        },
        // The app's windows decide when it ends.
        hold: () => {},
      };
    },
  };
}
