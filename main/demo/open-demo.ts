import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { forkTrainingHost } from '../jobs/fork-host.ts';
import { createWorkstation, type Workstation } from '../services/workstation.ts';
import { defaultDataFolder } from '../window/data-folder.ts';
import { forkAggregator } from './aggregator-process.ts';
import { createDemoFederation, workstationFolder } from './demo-federation.ts';

/** The demonstration federation around one window: Hanoi's, which has never had a camera. */
interface OpenDemo {
  /** Hanoi's data folder, enrolled and filled, for a host to open. */
  readonly dataFolder: string;
  close(): Promise<void>;
}

const shown = 'Hanoi';
const others = ['Osaka', 'Porto'] as const;
const marker = 'complete';
const threads = 1;

const demoFolder = () => `${defaultDataFolder()}-demo`;

/** Data folder of the plant whose window is opened. */
export function shownFolder(folder = demoFolder()): string {
  return workstationFolder(folder, shown);
}

/**
 * Starts the aggregator and the other two plants, which take part by themselves; makes the federation first
 * if `folder` holds none. What was trained before is still there.
 */
export async function openDemo(version: string, folder = demoFolder()): Promise<OpenDemo> {
  if (!existsSync(join(folder, marker))) await make(folder, version);
  const aggregator = await forkAggregator(join(folder, 'aggregator'));
  const workstations: Workstation[] = [];
  const close = async () => {
    await Promise.all(workstations.map((workstation) => workstation.close()));
    await aggregator.close();
  };
  try {
    for (const plant of others) {
      const workstation = await createWorkstation({
        dataFolder: workstationFolder(folder, plant),
        trainingHost: forkTrainingHost(),
        demo: true,
        threads,
        version,
      });
      workstations.push(workstation);
      await workstation.api['round.join']({});
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { dataFolder: shownFolder(folder), close };
}

/** A folder without the marker was cut short while it was made, and is made again. */
async function make(folder: string, version: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  const federation = await createDemoFederation(folder, {
    quick: false,
    trainingHost: forkTrainingHost(),
    threads,
    version,
  });
  await federation.close();
  await writeFile(join(folder, marker), '');
}
