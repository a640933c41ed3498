import { z } from 'zod';
import type { DeviceCandidate, Probe } from '../../engine/selection/devices.ts';
import { job } from './job-messages.ts';

/** Job to list the devices worth testing on this machine. */
export const devicesJob = z.strictObject({ ...job, kind: z.literal('devices') });

export interface DevicesResult {
  readonly kind: 'devices';
  /** Candidates, the CPU last. */
  readonly candidates: readonly DeviceCandidate[];
}

/** Job to test and time one device. A graphics driver may end the process or never answer: run it in one of its own. */
export const probeJob = z.strictObject({
  ...job,
  kind: z.literal('probe'),
  candidate: z.strictObject({
    engine: z.enum(['onnx', 'tensorflow']),
    device: z.string().min(1),
  }) satisfies z.ZodType<DeviceCandidate>,
});

export interface ProbeResult {
  readonly kind: 'probe';
  readonly probe: Probe;
}
