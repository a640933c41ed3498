import type { StageName } from '../../../protocol/schedule.ts';
import type { DeviceReport, JobKind, Progress } from '../../../training/process/messages.ts';
import type { ErrorView } from './general.ts';

/** A device as it was tested. */
export type DeviceView = DeviceReport;

/** The job on show: what the workstation is doing now, or did last. */
export interface JobView {
  readonly id: string;
  readonly kind:
    | Extract<JobKind, 'import' | 'train' | 'reconstruct' | 'evaluate' | 'calibrate' | 'probe' | 'pilot'>
    | 'exchange'
    | 'undo'
    | 'delete'
    | 'export'
    | 'decide';
  readonly state: 'running' | 'stopping' | 'done' | 'stopped' | 'failed';
  /** Step that the job is in, for the window to translate. */
  readonly phase:
    | Progress['phase']
    | 'starting'
    | 'removing'
    | 'deciding'
    | 'downloading'
    | 'uploading'
    | 'waiting';
  readonly round?: number;
  readonly stage?: StageName;
  readonly epoch?: number;
  readonly epochs?: number;
  readonly samplesPerSecond?: number;
  readonly fraction: number;
  readonly remainingSeconds?: number;
  readonly error?: ErrorView;
}

/** Point of the loss curve: mean losses by term since the point before. */
export interface LossPoint {
  readonly round: number;
  /** Position in the whole schedule, in rounds: 3.5 is half through round 4. */
  readonly position: number;
  readonly losses: Readonly<Record<string, number>>;
}
