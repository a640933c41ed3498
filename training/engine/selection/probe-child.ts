import { once } from 'node:events';
import type { DeviceCandidate } from './devices.ts';
import { probeHere } from './probe.ts';

/** Child process of `probeApart`: takes one candidate, answers with its probe, ends. */
const [{ candidate, threads }] = (await once(process, 'message')) as [
  { candidate: DeviceCandidate; threads?: number },
];
const probe = await probeHere(candidate, threads);
// A driver may hang or crash while it is unloaded: the answer is out by then, and nothing waits for it.
process.send?.(probe, () => process.kill(process.pid, 'SIGKILL'));
