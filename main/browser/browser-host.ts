import { forkTrainingHost } from '../jobs/fork-host.ts';
import { createWorkstation } from '../services/workstation.ts';
import { appVersion } from '../window/version.ts';
import { windowService } from '../window/window-service.ts';
import { type BrowserHost, startBrowserHost } from './window-server.ts';

/**
 * Opens the workstation of a data folder for a browser of this machine.
 * @throws FedReconError if the data folder cannot be used
 */
export async function runBrowserHost(options: {
  dataFolder: string;
  windowFolder: string;
  port: number;
  demo: boolean;
}): Promise<BrowserHost> {
  const { dataFolder, windowFolder, port, demo } = options;
  const workstation = await createWorkstation({
    dataFolder,
    demo,
    trainingHost: forkTrainingHost(),
    version: appVersion(),
  });
  try {
    const host = await startBrowserHost({ service: windowService(workstation), folder: windowFolder, port });
    return {
      ...host,
      async close() {
        await host.close();
        await workstation.close();
      },
    };
  } catch (thrown) {
    await workstation.close();
    throw thrown;
  }
}
