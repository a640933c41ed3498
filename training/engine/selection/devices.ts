/** A device worth testing on this machine. */
export interface DeviceCandidate {
  readonly engine: 'onnx' | 'tensorflow';
  readonly device: string;
}

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
