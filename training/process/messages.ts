import { z } from 'zod';
import { calibrationPass } from '../../protocol/calibration/lengths.ts';
import type { Evidence } from '../../protocol/evidence.ts';
import { stageName } from '../../protocol/plan.ts';
import type { Neighbour, UnitLabel } from '../explain/facts.ts';
import type { Speed } from '../pilot/facts.ts';

/**
 * Messages between the application and its training process. Bulk data never travels here: it lies in
 * files whose paths are named, so a killed process loses at most the work since its last checkpoint.
 */

const file = z.string().min(1);

export const engineChoice = z.strictObject({
  engine: z.enum(['onnx', 'tensorflow', 'reference']).optional(),
  /** `cpu`, `webgpu`, `dml`, `cuda`, `coreml`; without one the fastest device that passes its self-test. */
  device: z.string().optional(),
  threads: z.int().min(1).max(256).optional(),
});
export type EngineChoice = z.infer<typeof engineChoice>;

/** A module on this disk: name → safetensors file. A module that is absent starts from the plan's seed. */
const moduleFiles = z.record(z.string(), file);

const job = { id: z.string().min(1), plan: z.unknown(), engine: engineChoice.default({}) };

/** Reads a folder with a CSV manifest into one data set file. */
export const importJob = z.strictObject({
  ...job,
  kind: z.literal('import'),
  folder: file,
  manifest: file,
  /** Column of the manifest → what it is; from the preview, as the engineer confirmed it. */
  columns: z.record(z.string(), z.string()),
  /** Folder for `dataset.safetensors` and `parts.json`. */
  output: file,
});

/** Trains this plant's modules for one round. */
export const trainJob = z.strictObject({
  ...job,
  kind: z.literal('train'),
  stage: stageName,
  round: z.int().min(1),
  datasets: z.array(file).min(1),
  modules: moduleFiles,
  /** Optimiser moments of earlier rounds and the checkpoint of this one live here. */
  state: file,
  /** Folder for the trained modules. */
  output: file,
});

/** Reconstructs what the parts lack, with draws for a provisional confidence. */
export const reconstructJob = z.strictObject({
  ...job,
  kind: z.literal('reconstruct'),
  datasets: z.array(file).min(1),
  modules: moduleFiles,
  draws: z.int().min(2).max(256).default(16),
  /** Mappings that are bridges by the model's record, each with the modality that it leads through. */
  bridges: z.record(z.string(), z.string()).default({}),
  /** Files of the model's finished calibration by pass; without it confidences are provisional. */
  calibration: z.record(calibrationPass, file).optional(),
  /** Also reconstruct modalities that a part has (to compare with the measurement). */
  includeMeasured: z.boolean().default(false),
  output: file,
});

/** A model version: its modules, and its mappings that are bridges, each with the modality that it leads through. */
const modelFiles = z.strictObject({
  modules: moduleFiles,
  bridges: z.record(z.string(), z.string()).default({}),
});

/** Judges a model version on this plant's held-out parts, beside the version in use. */
export const evaluateJob = z.strictObject({
  ...job,
  kind: z.literal('evaluate'),
  datasets: z.array(file).min(1),
  model: modelFiles,
  reference: modelFiles.optional(),
  /** Folder for `evaluation.json` and the pictures. */
  output: file,
});

/** Makes a plant's sums of one pass of a model's calibration. */
export const calibrateJob = z.strictObject({
  ...job,
  kind: z.literal('calibrate'),
  pass: calibrationPass,
  /** Names of the routes that are asked for. */
  routes: z.array(z.string()).min(1),
  datasets: z.array(file).min(1),
  modules: moduleFiles,
  /** As many as reconstructions are made with. */
  draws: z.int().min(2).max(256).default(16),
  bridges: z.record(z.string(), z.string()).default({}),
  /** Files of the sums of all plants, of the passes before. */
  sums: z.partialRecord(calibrationPass, file),
  /** Folder for `sums.safetensors`. */
  output: file,
});

/** Times real rounds of the plan on the engine, on a plant's own parts. */
export const speedJob = z.strictObject({ ...job, kind: z.literal('speed'), datasets: z.array(file).min(1) });

/** What a plant's imported folder is good for: inventory, findings, and what training on it alone reaches. */
export const pilotJob = z.strictObject({
  ...job,
  kind: z.literal('pilot'),
  folder: file,
  dataset: file,
  /** The import's `parts.json`. */
  parts: file,
  /** Columns of the manifest that mean nothing to the plan. */
  unused: z.array(z.string()),
  /** Training stops after so many seconds. */
  seconds: z
    .number()
    .positive()
    .max(24 * 3600),
  /** The facts (`training/pilot/facts.ts`) are written to this file. */
  output: file,
});

const inspection = {
  ...job,
  datasets: z.array(file).min(1),
  modules: moduleFiles,
  bridges: z.record(z.string(), z.string()).default({}),
  /** The modality that was reconstructed, and the part's row in the data sets, one after the other. */
  modality: z.string().min(1),
  part: z.int().min(0),
  /** Source → the modality of the composed bridge that was chosen when it was reconstructed. */
  through: z.record(z.string(), z.string()).default({}),
};

/** Explains one reconstruction; the model and the parts stay open for the next question. */
export const explainJob = z.strictObject({
  ...inspection,
  kind: z.literal('explain'),
  /** What was pointed at, in pixels; of a signal its values, as an image one pixel high. */
  region: z
    .strictObject({
      left: z.int().min(0),
      top: z.int().min(0),
      width: z.int().min(1),
      height: z.int().min(1),
    })
    .optional(),
  /** The part's texts as they were written: what the model sees of them names no word. */
  texts: z.record(z.string(), z.string()).default({}),
  /** How many of the plant's own parts to show beside it. */
  neighbours: z.int().min(0).max(16).default(4),
});

/** Reconstructs a part anew with something changed of what was measured. */
export const whatIfJob = z.strictObject({
  ...inspection,
  kind: z.literal('what-if'),
  changes: z
    .array(
      z.union([
        z
          .strictObject({
            modality: z.string(),
            first: z.int().min(0),
            last: z.int().min(0),
            by: z.number().min(-1).max(1),
          })
          .refine(({ first, last }) => first <= last, { path: ['last'], error: 'it lies before the first' }),
        z.strictObject({ modality: z.string(), words: z.array(z.string()).max(10_000) }),
      ]),
    )
    .max(64),
});

/** Names the devices worth testing on this machine. */
export const devicesJob = z.strictObject({ ...job, kind: z.literal('devices') });

/** Tests and times one device. A graphics driver may end the process or never answer: run it in one of its own. */
export const probeJob = z.strictObject({
  ...job,
  kind: z.literal('probe'),
  candidate: z.strictObject({ engine: z.enum(['onnx', 'tensorflow']), device: z.string().min(1) }),
});
export type Candidate = z.infer<typeof probeJob>['candidate'];

export const jobSpec = z.discriminatedUnion('kind', [
  importJob,
  trainJob,
  reconstructJob,
  evaluateJob,
  calibrateJob,
  speedJob,
  pilotJob,
  explainJob,
  whatIfJob,
  devicesJob,
  probeJob,
]);
export type JobSpec = z.infer<typeof jobSpec>;
export type ImportJob = z.infer<typeof importJob>;
export type TrainJob = z.infer<typeof trainJob>;
export type ReconstructJob = z.infer<typeof reconstructJob>;
export type EvaluateJob = z.infer<typeof evaluateJob>;
export type CalibrateJob = z.infer<typeof calibrateJob>;
export type SpeedJob = z.infer<typeof speedJob>;
export type PilotJob = z.infer<typeof pilotJob>;
export type ExplainJob = z.infer<typeof explainJob>;
export type WhatIfJob = z.infer<typeof whatIfJob>;
export type JobKind = JobSpec['kind'];

/** Application → training process. One job at a time; the process exits when its channel closes. */
export const trainingCommand = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('start'), job: jobSpec }),
  /** Stops within a second; a train job leaves a checkpoint and answers `stopped`. */
  z.strictObject({ type: z.literal('stop') }),
]);
export type TrainingCommand = z.infer<typeof trainingCommand>;

/** Where a job stands. */
export interface Progress {
  /** What is being done, for the window to translate. */
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
  /** 0…1 of the whole job. */
  readonly fraction: number;
  readonly remainingSeconds?: number;
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

export interface TrainedModule {
  readonly name: string;
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
  /** Parts that taught it: its weight in the federated average. */
  readonly samples: number;
  readonly evidence: Evidence;
}

export interface ImportResult {
  readonly kind: 'import';
  readonly dataset: string;
  readonly parts: string;
  readonly accepted: number;
  readonly problems: number;
}
export interface TrainResult {
  readonly kind: 'train';
  readonly modules: readonly TrainedModule[];
  readonly metrics: Readonly<Record<string, number>>;
  readonly samplesPerSecond: number;
}
export interface ReconstructResult {
  readonly kind: 'reconstruct';
  /** One safetensors file a modality that something was reconstructed in. */
  readonly files: Readonly<Record<string, string>>;
}
export interface EvaluateResult {
  readonly kind: 'evaluate';
  /** The evaluation as JSON. */
  readonly report: string;
  /** Worst cases and examples as a safetensors file. */
  readonly pictures: string;
}
export interface SpeedResult {
  readonly kind: 'speed';
  readonly speed: Speed;
}
export interface PilotResult {
  readonly kind: 'pilot';
  /** File with the facts. */
  readonly facts: string;
}
export interface CalibrateResult {
  readonly kind: 'calibrate';
  /** The sums as a safetensors file; null: no route has enough parts. */
  readonly sums: string | null;
  /** How many numbers there are in them, of how many parts at most. */
  readonly numbers: number;
  readonly parts: number;
  /** Routes that are left out, each with the number of parts that it lacks. */
  readonly missing: Readonly<Record<string, number>>;
}
export interface DevicesResult {
  readonly kind: 'devices';
  /** The CPU last. */
  readonly candidates: readonly Candidate[];
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
export interface ProbeResult {
  readonly kind: 'probe';
  readonly probe: Probe;
}
/** What `Explanation` says, as plain numbers. */
export interface ExplainResult {
  readonly kind: 'explain';
  readonly value: number;
  readonly baselineValue: number;
  readonly residue: number;
  readonly agreement: number | null;
  readonly sources: readonly {
    readonly modality: string;
    /** Of each of its values. */
    readonly attribution: readonly number[];
    readonly change: number;
    readonly share: number;
  }[];
  readonly units: readonly {
    readonly modality: string;
    readonly label: UnitLabel;
    readonly attribution: number;
    readonly occlusion: number;
  }[];
  readonly neighbours: readonly (Neighbour & { readonly values: readonly number[] })[];
}
export interface WhatIfResult {
  readonly kind: 'what-if';
  readonly values: readonly number[];
  readonly change: number;
  readonly beyond: readonly string[];
}
export type JobResult =
  | ImportResult
  | TrainResult
  | ReconstructResult
  | EvaluateResult
  | CalibrateResult
  | SpeedResult
  | PilotResult
  | ExplainResult
  | WhatIfResult
  | DevicesResult
  | ProbeResult;

/** Training process → application. */
export type TrainingEvent =
  | { readonly type: 'ready' }
  | { readonly type: 'device'; readonly engine: string; readonly device: string }
  | { readonly type: 'progress'; readonly job: string; readonly progress: Progress }
  | { readonly type: 'checkpoint'; readonly job: string; readonly path: string }
  | { readonly type: 'done'; readonly job: string; readonly result: JobResult }
  | { readonly type: 'stopped'; readonly job: string }
  | {
      readonly type: 'failed';
      readonly job: string;
      readonly error: { code: string; detail: Record<string, string | number> };
    };
