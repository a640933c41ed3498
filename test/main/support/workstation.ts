import { onTestFinished } from 'vitest';
import type { JobView, WorkstationState } from '../../../main/api/views.ts';
import { forkTrainingHost } from '../../../main/jobs/fork-host.ts';
import { createWorkstation, type Workstation } from '../../../main/services/workstation.ts';
import { withTestedDevices } from './tested-devices.ts';

/** Opens a whole workstation on one thread, which is closed after the test. */
export async function openWorkstation(dataFolder: string, log: string[] = []): Promise<Workstation> {
  return openUntestedWorkstation(await withTestedDevices(dataFolder), log);
}

/** As {@link openWorkstation}, but a new one tests the devices of this machine first. */
export async function openUntestedWorkstation(dataFolder: string, log: string[] = []): Promise<Workstation> {
  const workstation = await createWorkstation({
    dataFolder,
    trainingHost: forkTrainingHost(),
    version: 'test',
    threads: 1,
    log: (line) => log.push(line),
  });
  let open = true;
  const close = async () => {
    if (open) await workstation.close();
    open = false;
  };
  onTestFinished(close);
  return { ...workstation, close };
}

/** Resolves with the first state that fits; rejects when a job fails before. */
export function stateWhere(
  { api, subscribe }: Workstation,
  fits: (state: WorkstationState) => boolean,
): Promise<WorkstationState> {
  return new Promise((resolve, reject) => {
    const look = (state: WorkstationState) => {
      if (fits(state)) resolve(state);
      else if (state.job?.state === 'failed')
        reject(new Error(`${state.job.kind} failed: ${state.job.error?.code}`));
      else return;
      end();
    };
    const end = subscribe((event) => {
      if (event.type === 'state') look(event.state);
    });
    api['workstation.state']({}).then(look, reject);
  });
}

/** Imports a folder as the window does: preview, then import, then wait for its end. */
export async function importFolder(workstation: Workstation, folder: string): Promise<WorkstationState> {
  const { api } = workstation;
  const { manifest, columns } = await api['data.preview']({ folder });
  const done = jobEnd(workstation, 'import');
  await await api['data.import']({
    folder,
    manifest,
    columns: Object.fromEntries(columns.map(({ name, role }) => [name, role])),
  });
  const { state, error } = await done;
  if (state !== 'done') throw new Error(`import ${state}: ${error?.code}`);
  return api['workstation.state']({});
}

/** Resolves with the last view of the next job of a kind that ends. */
export function jobEnd({ subscribe }: Workstation, kind: JobView['kind']): Promise<JobView> {
  return new Promise((resolve) => {
    const end = subscribe((event) => {
      if (event.type !== 'progress' || event.job.kind !== kind) return;
      if (event.job.state === 'running' || event.job.state === 'stopping') return;
      end();
      resolve(event.job);
    });
  });
}

/** Joins as the window does: reads the invitation, agrees to the plan that it shows. */
export async function join(
  { api }: Workstation,
  invitation: string,
  has: readonly string[],
): Promise<WorkstationState> {
  const { plan } = await api['enrolment.preview']({ invitation });
  return api['enrolment.join']({ invitation, planHash: plan.hash, has: [...has] });
}
