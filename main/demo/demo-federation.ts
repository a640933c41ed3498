import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Plan, parsePlan } from '../../protocol/plan.ts';
import type { TrainingHost } from '../jobs/training-connection.ts';
import { ended } from '../services/follow.ts';
import { createWorkstation, type Workstation } from '../services/workstation.ts';
import {
  type AggregatorProcess,
  demoPlanFile,
  forkAggregator,
  initialiseAggregator,
} from './aggregator-process.ts';
import { type DemoPlant, writeDemoPlants } from './plants.ts';

/**
 * The demonstration federation: a real aggregator in its own process and three plants, each a whole
 * workstation with its own data folder and its own training process. Nothing here is a short cut:
 * plants paste an invitation, import a folder and press Join round, by the calls the window makes.
 */
export interface DemoFederation {
  readonly aggregator: AggregatorProcess;
  readonly plan: Plan;
  readonly plants: readonly DemoPlant[];
  readonly workstations: ReadonlyMap<string, Workstation>;
  close(): Promise<void>;
}

interface DemoOptions {
  readonly quick: boolean;
  readonly trainingHost: TrainingHost;
  /** CPU threads of each plant's training process; all plants share this machine. */
  readonly threads?: number;
  /** Number of parts a plant, about; absent: as many as the garments allow. */
  readonly partsPerPlant?: number;
  readonly version: string;
  /** Signal that ends what was started and rejects. */
  readonly abort?: AbortSignal;
}

/** Folder of a plant's workstation inside the demonstration's folder. */
export function workstationFolder(folder: string, plant: string): string {
  return join(folder, 'workstations', plant);
}

/** Writes the plants' data, makes the aggregator, starts everything, enrols and imports. */
export async function createDemoFederation(folder: string, options: DemoOptions): Promise<DemoFederation> {
  await mkdir(folder, { recursive: true });
  const headquarters = join(folder, 'aggregator');
  const [plants] = await Promise.all([
    writeDemoPlants(
      join(folder, 'plants'),
      options.partsPerPlant ? { partsPerPlant: options.partsPerPlant } : {},
    ),
    initialiseAggregator(headquarters, demoPlanFile(options.quick)),
  ]);
  options.abort?.throwIfAborted();
  const aggregator = await forkAggregator(headquarters);
  const workstations = new Map<string, Workstation>();
  const federation: DemoFederation = {
    aggregator,
    plan: parsePlan(JSON.parse(await readFile(demoPlanFile(options.quick), 'utf8'))),
    plants,
    workstations,
    async close() {
      await Promise.all([...workstations.values()].map((workstation) => workstation.close()));
      await aggregator.close();
    },
  };
  try {
    await Promise.all(
      plants.map(async (plant) => {
        options.abort?.throwIfAborted();
        const workstation = await createWorkstation({
          dataFolder: workstationFolder(folder, plant.name),
          trainingHost: options.trainingHost,
          ...(options.threads !== undefined && { threads: options.threads }),
          demo: true,
          version: options.version,
        });
        workstations.set(plant.name, workstation);
        await enrol(workstation, await aggregator.invite(plant.name), plant);
      }),
    );
  } catch (error) {
    await federation.close();
    throw error;
  }
  return federation;
}

async function enrol(workstation: Workstation, invitation: string, plant: DemoPlant): Promise<void> {
  const { api } = workstation;
  const offer = await api['enrolment.preview']({ invitation });
  await api['enrolment.join']({ invitation, planHash: offer.plan.hash, has: [...plant.has] });
  const preview = await api['data.preview']({ folder: plant.folder });
  const columns = Object.fromEntries(preview.columns.map((column) => [column.name, column.role]));
  await ended(workstation, () =>
    api['data.import']({ folder: preview.folder, manifest: preview.manifest, columns }),
  );
}
