import { join as joinPath } from 'node:path';
import { forkTrainingHost } from '../../../main/jobs/fork-host.ts';
import { createWorkstation } from '../../../main/services/workstation.ts';
import { openHeadquarters } from './headquarters.ts';
import { withTestedDevices } from './tested-devices.ts';
import { importFolder, join, stateWhere } from './workstation.ts';

interface FinishedPlant {
  readonly plan: object;
  readonly has: readonly string[];
  /** Writes what the plant imports into a folder. @returns that folder */
  write(folder: string): Promise<string>;
}

/** Makes the data folder of a plant whose rounds are over, with all that it lacks reconstructed. */
export async function finishedPlant(
  root: string,
  { plan, has, write }: FinishedPlant,
  databaseUrl?: string,
): Promise<string> {
  const headquarters = await openHeadquarters(joinPath(root, 'hq'), plan, databaseUrl);
  const dataFolder = await withTestedDevices(joinPath(root, 'Kobe'));
  const workstation = await createWorkstation({
    ...{ dataFolder, trainingHost: forkTrainingHost(), version: 'test', threads: 1 },
  });
  try {
    await join(workstation, await headquarters.invite('Kobe'), has);
    await importFolder(workstation, await write(joinPath(root, 'data')));
    await workstation.api['round.join']({});
    await stateWhere(workstation, (state) => !state.participating && state.reconstructed !== null);
  } finally {
    await workstation.close();
    await headquarters.close();
  }
  return dataFolder;
}
