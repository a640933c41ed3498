import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { forkTrainingHost } from '../jobs/fork-host.ts';
import { createWorkstation } from '../services/workstation.ts';
import { appVersion } from '../window/version.ts';
import { windowService } from '../window/window-service.ts';
import { readHostNote, writeHostNote } from './host-note.ts';
import { startPageIn } from './start-page.ts';
import { type BrowserHost, startBrowserHost } from './window-server.ts';

/** Browser host over the workstation of a data folder. */
interface RunningHost extends BrowserHost {
  /** Port that this window has otherwise, where another program has taken it; undefined: it has its own. */
  readonly taken: number | undefined;
}

/**
 * Opens the workstation of a data folder for a browser of this machine, on the port that it had the last time.
 * @param options.port the port from now on; undefined: the one kept in the data folder
 * @throws FedReconError if the data folder cannot be used
 */
export async function runBrowserHost(options: {
  dataFolder: string;
  windowFolder: string;
  port?: number | undefined;
  demo: boolean;
}): Promise<RunningHost> {
  const { dataFolder, windowFolder, demo } = options;
  const workstation = await createWorkstation({
    dataFolder,
    demo,
    trainingHost: forkTrainingHost(),
    version: appVersion(),
  });
  try {
    const secret = randomBytes(32).toString('base64url');
    const wanted = options.port ?? (await readHostNote(dataFolder))?.port;
    const service = windowService(workstation);
    const host = await startBrowserHost({ service, folder: windowFolder, port: wanted, secret });
    const { port } = host;
    await writeHostNote(dataFolder, { port, secret });
    return {
      ...host,
      taken: wanted === undefined || wanted === 0 || wanted === port ? undefined : wanted,
      async close() {
        await host.close();
        // A port that was only lent is not the window's own.
        await writeHostNote(dataFolder, { port: wanted || port }).catch(() => {});
        await rm(startPageIn(dataFolder), { force: true }).catch(() => {});
        await workstation.close();
      },
    };
  } catch (thrown) {
    await workstation.close();
    throw thrown;
  }
}
