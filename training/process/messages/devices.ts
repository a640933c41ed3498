import { z } from 'zod';
import { job } from './job.ts';

/** Names the devices worth testing on this machine. */
export const devicesJob = z.strictObject({ ...job, kind: z.literal('devices') });

export interface DevicesResult {
  readonly kind: 'devices';
  /** The CPU last. */
  readonly candidates: readonly DeviceCandidate[];
}

/** Tests and times one device. A graphics driver may end the process or never answer: run it in one of its own. */
export const probeJob = z.strictObject({
  ...job,
  kind: z.literal('probe'),
  candidate: z.strictObject({ engine: z.enum(['onnx', 'tensorflow']), device: z.string().min(1) }),
});
export type DeviceCandidate = z.infer<typeof probeJob>['candidate'];

/** What became of one candidate. */
export interface Probe {
  readonly ok: boolean;
  /** Why it was refused. */
  readonly reason?: string;
  /** Time of one training step. */
  readonly milliseconds?: number;
  /** CPU threads that it paid to use. */
  readonly threads?: number;
}

export interface ProbeResult {
  readonly kind: 'probe';
  readonly probe: Probe;
}

/** One device as it was tested at start. */
export interface DeviceReport {
  readonly engine: 'onnx' | 'tensorflow';
  readonly device: string;
  readonly ok: boolean;
  /** Why it was refused, or what is remarkable (`software adapter`). */
  readonly reason?: string;
  /** Time of the fixed probe. */
  readonly milliseconds?: number;
  /** CPU threads that it paid to use. */
  readonly threads?: number;
  readonly chosen: boolean;
}
