import type { DeviceReason } from './device-reason.ts';

/** Candidate: a device worth testing on this machine. */
export interface DeviceCandidate {
  readonly engine: 'onnx' | 'tensorflow';
  readonly device: string;
}

/** Probe of one candidate: the result of its test. */
export interface Probe {
  readonly ok: boolean;
  /** Reason for a refusal. */
  readonly reason?: DeviceReason;
  /** Milliseconds of one training step. */
  readonly milliseconds?: number;
  /** Number of CPU threads that the probe found worth using. */
  readonly threads?: number;
}

/** Report on one device as it was tested at start. */
export interface DeviceReport {
  readonly engine: 'onnx' | 'tensorflow';
  readonly device: string;
  readonly ok: boolean;
  /** Reason for a refusal, or a remark (`software adapter`). */
  readonly reason?: DeviceReason;
  /** Milliseconds of one training step of the fixed probe. */
  readonly milliseconds?: number;
  /** Number of CPU threads that the probe found worth using. */
  readonly threads?: number;
  readonly chosen: boolean;
}
