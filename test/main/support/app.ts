import { forkTrainingHost } from '../../../main/jobs/fork-host.ts';
import { dispatch } from '../../../main/services/dispatch.ts';
import { createWorkstation } from '../../../main/services/workstation.ts';
import { withTestedDevices } from './tested-devices.ts';

/** Whole app without its window in a process of its own, so that it can be killed: calls in, events out. */
const workstation = await createWorkstation({
  dataFolder: await withTestedDevices(process.argv[2]!),
  trainingHost: forkTrainingHost(),
  version: 'test',
  threads: 1,
  log: (line) => console.error(line),
});
workstation.subscribe((event) => process.send!({ event }));
process.on('message', async ({ id, name, input }: { id: number; name: string; input: unknown }) => {
  process.send!({ id, answer: await dispatch(workstation.api, name, input) });
});
process.on('disconnect', () => process.exit(0));
process.send!({ ready: true });
