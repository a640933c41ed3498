import type { ErrorView } from './general.ts';

export interface DeviceView {
  readonly engine: 'onnx' | 'tensorflow';
  readonly device: string;
  readonly ok: boolean;
  readonly reason?: string;
  readonly milliseconds?: number;
  readonly threads?: number;
  readonly chosen: boolean;
}

/** What the workstation is doing now. */
export interface JobView {
  readonly id: string;
  readonly kind:
    | 'import'
    | 'train'
    | 'reconstruct'
    | 'evaluate'
    | 'calibrate'
    | 'probe'
    | 'exchange'
    | 'export'
    | 'pilot';
  readonly state: 'running' | 'stopping' | 'done' | 'stopped' | 'failed';
  /** For the window to translate. */
  readonly phase:
    | 'starting'
    | 'reading'
    | 'checking'
    | 'timing'
    | 'compiling'
    | 'training'
    | 'reconstructing'
    | 'evaluating'
    | 'calibrating'
    | 'writing'
    | 'probing'
    | 'downloading'
    | 'uploading'
    | 'waiting';
  readonly round?: number;
  readonly stage?: 'generators' | 'mappings' | 'completion';
  readonly epoch?: number;
  readonly epochs?: number;
  readonly samplesPerSecond?: number;
  readonly fraction: number;
  readonly remainingSeconds?: number;
  readonly error?: ErrorView;
}

/** One point of the loss curve: mean losses by term since the point before. */
export interface LossPoint {
  readonly round: number;
  /** Position in the whole schedule, in rounds: 3.5 is half through round 4. */
  readonly position: number;
  readonly losses: Readonly<Record<string, number>>;
}
