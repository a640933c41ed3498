import { z } from 'zod';
import type { stageName } from '../../protocol/schedule.ts';
import { type CalibrateResult, calibrateJob } from './messages/calibrate-messages.ts';
import { type DevicesResult, devicesJob, type ProbeResult, probeJob } from './messages/device-messages.ts';
import { type EvaluateResult, evaluateJob } from './messages/evaluate-messages.ts';
import { type ExplainResult, explainJob, type WhatIfResult, whatIfJob } from './messages/explain-messages.ts';
import { type ImportResult, importJob } from './messages/import-messages.ts';
import {
  type FindingsResult,
  findingsJob,
  type PilotResult,
  pilotJob,
  type SpeedResult,
  speedJob,
} from './messages/pilot-messages.ts';
import { type ReconstructResult, reconstructJob } from './messages/reconstruct-messages.ts';
import { type TrainResult, trainJob } from './messages/train-messages.ts';

/**
 * Messages between the application and its training process. Bulk data never travels here: it lies in
 * files whose paths are named, so a killed process loses at most the work since its last checkpoint.
 */

export type { DeviceCandidate, DeviceReport, Probe } from '../engine/selection/devices.ts';
export * from './messages/calibrate-messages.ts';
export * from './messages/device-messages.ts';
export * from './messages/evaluate-messages.ts';
export * from './messages/explain-messages.ts';
export * from './messages/import-messages.ts';
export { type EngineChoice, engineChoice } from './messages/job-messages.ts';
export * from './messages/pilot-messages.ts';
export * from './messages/reconstruct-messages.ts';
export * from './messages/train-messages.ts';

const jobSpec = z.discriminatedUnion('kind', [
  importJob,
  trainJob,
  reconstructJob,
  evaluateJob,
  calibrateJob,
  speedJob,
  pilotJob,
  findingsJob,
  explainJob,
  whatIfJob,
  devicesJob,
  probeJob,
]);
export type JobSpec = z.infer<typeof jobSpec>;

export type JobKind = JobSpec['kind'];

/**
 * Commands from the application to the training process. One job at a time; the process exits when its channel closes.
 */
export const trainingCommand = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('start'), job: jobSpec }),
  /** Stops the job within a second; a train job leaves a checkpoint and answers `stopped`. */
  z.strictObject({ type: z.literal('stop') }),
]);
export type TrainingCommand = z.infer<typeof trainingCommand>;

/** Progress of a job. */
export interface Progress {
  /** Phase of the work, for the window to translate. */
  readonly phase:
    | 'reading'
    | 'compiling'
    | 'training'
    | 'reconstructing'
    | 'evaluating'
    | 'calibrating'
    | 'checking'
    | 'timing'
    | 'writing'
    | 'probing';
  readonly stage?: z.infer<typeof stageName>;
  readonly epoch?: number;
  readonly epochs?: number;
  readonly batch?: number;
  readonly batches?: number;
  /** Mean losses by term since the last message: `camera/likelihood`, `camera/kl`, `camera←gauge/latent`, … */
  readonly losses?: Readonly<Record<string, number>>;
  readonly samplesPerSecond?: number;
  /** Share of the whole job that is done, 0…1. */
  readonly fraction: number;
  readonly remainingSeconds?: number;
}

export type JobResult =
  | ImportResult
  | TrainResult
  | ReconstructResult
  | EvaluateResult
  | CalibrateResult
  | SpeedResult
  | PilotResult
  | FindingsResult
  | ExplainResult
  | WhatIfResult
  | DevicesResult
  | ProbeResult;

/** Events from the training process to the application. */
export type TrainingEvent =
  | { readonly type: 'device'; readonly engine: string; readonly device: string }
  | { readonly type: 'progress'; readonly job: string; readonly progress: Progress }
  | { readonly type: 'done'; readonly job: string; readonly result: JobResult }
  | { readonly type: 'stopped'; readonly job: string }
  | {
      readonly type: 'failed';
      readonly job: string;
      readonly error: { code: string; detail: Record<string, string | number> };
    };
