/**
 * What the window is given to show. Plain JSON; images are addresses (`/images/…`) that the host serves,
 * never bytes. Times are RFC 3339, sizes bytes.
 */

import type { TellingKind } from '../../training/confidence/signals.ts';
import type { PromiseView } from './promises.ts';

/** Carries an output type without a value: outputs are made by our own code and need no checking. */
export interface Output<T> {
  readonly type?: T;
}
export function of<T>(): Output<T> {
  return {};
}

/** A modality's or a plan's name in both languages. */
export interface Label {
  readonly en: string;
  readonly ja: string;
}

export interface ErrorView {
  readonly code: string;
  readonly detail: Readonly<Record<string, string | number>>;
  readonly en: { readonly title: string; readonly cure: string };
  readonly ja: { readonly title: string; readonly cure: string };
}

export interface Settings {
  readonly language: 'en' | 'ja';
  readonly theme: 'system' | 'light' | 'dark';
}

export type Role = 'operator' | 'engineer' | 'administrator';

/** Who said to be working at the workstation. A name is what was typed, and no proof. */
export interface Person {
  readonly name: string;
  readonly role: Role;
  readonly since: string;
}

export interface ModalityView {
  readonly name: string;
  readonly label: Label;
  readonly kind: 'image' | 'signal' | 'text';
  /** Image: pixels. Signal: values and unit. */
  readonly width?: number;
  readonly height?: number;
  readonly channels?: number;
  readonly length?: number;
  readonly unit?: string;
  readonly range?: readonly [number, number];
}

export interface PlanView {
  readonly hash: string;
  readonly name: string;
  readonly purpose: string;
  readonly policy: PolicyView;
  readonly modalities: readonly ModalityView[];
  readonly stages: readonly {
    readonly stage: 'generators' | 'mappings' | 'completion';
    readonly rounds: number;
  }[];
  readonly scheduledRounds: number;
  readonly parameters: number;
}

/** What the plan says of the use of reconstructions, nothing left open. */
export interface PolicyView {
  readonly uses: string;
  readonly retentionDays: number;
  readonly seenBy: readonly Role[];
  readonly decisions: readonly ('triage' | 'in-process-check' | 'final-acceptance')[];
  readonly exportBy: readonly Role[];
  readonly adoption: 'automatic' | 'signed';
  readonly signOffBy: readonly Role[];
}

export interface EnrolmentPreview {
  readonly plant: string;
  readonly aggregator: string;
  readonly caFingerprint: string;
  readonly expires: string;
  readonly plan: PlanView;
}

export interface ModalityCount {
  readonly modality: string;
  readonly present: number;
  readonly missing: number;
}

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

export interface WorkstationState {
  /** Grows from snapshot to snapshot, over restarts too: an older one that arrives late shows the past. */
  readonly revision: number;
  readonly settings: Settings;
  readonly person: Person | null;
  readonly demo: boolean;
  readonly version: string;
  /** Undefined before enrolment. */
  readonly federation?: {
    readonly plant: string;
    readonly aggregator: string;
    readonly plan: PlanView;
    readonly has: readonly string[];
    readonly lacks: readonly string[];
    /** Where the rounds stand, as last heard. */
    readonly round: number;
    readonly stage: 'generators' | 'mappings' | 'completion';
    readonly roundState: 'open' | 'waiting' | 'finished' | 'unreachable';
    readonly plants: { readonly enrolled: number; readonly contributed: number };
    readonly contributedRounds: number;
    readonly lastContact: string | null;
  };
  readonly data: {
    readonly parts: number;
    readonly problems: number;
    readonly counts: readonly ModalityCount[];
  };
  readonly model: { readonly version: number; readonly round: number; readonly receivedAt: string } | null;
  readonly adoption: {
    /** The version that reconstructions are made with, and whether its sign-off holds. */
    readonly inUse: number | null;
    readonly isGenuine: boolean;
    /** The newest version that was judged, where it waits for a person or was held back. */
    readonly pending: { readonly version: number; readonly state: 'evaluated' | 'held' } | null;
  };
  /** The newest model that the reconstructions on show were made with. */
  readonly reconstructed: {
    readonly modelVersion: number;
    readonly parts: number;
    readonly at: string;
  } | null;
  /** Set when the newest reconstructions were deleted because the plan says so. */
  readonly deleted: { readonly at: string; readonly retentionDays: number } | null;
  readonly engine: { readonly devices: readonly DeviceView[]; readonly automatic: boolean };
  /** True from Join round until the schedule ends or it is stopped. */
  readonly participating: boolean;
  readonly job: JobView | null;
  readonly traffic: { readonly bytesDown: number; readonly bytesUp: number; readonly bytesFullModel: number };
  readonly losses: readonly LossPoint[];
  /** By modality, once a part was measured after it had been reconstructed. */
  readonly promises: readonly PromiseView[];
}

export interface ImportProblem {
  readonly row: number;
  readonly column: string;
  readonly error: ErrorView;
}

export interface DataPreview {
  readonly folder: string;
  readonly manifest: string;
  readonly encoding: string;
  readonly delimiter: ',' | ';' | '\t';
  readonly decimalComma: boolean;
  readonly rows: number;
  /** True when only the first rows were read. */
  readonly partial: boolean;
  readonly columns: readonly {
    readonly name: string;
    readonly role: string;
    readonly examples: readonly string[];
  }[];
  readonly counts: readonly ModalityCount[];
  /** Modalities of the plan that no column holds: what this plant will see reconstructed. */
  readonly absent: readonly string[];
  readonly problems: readonly ImportProblem[];
}

/** What plants that have the truth let one say of a reconstruction. */
export interface TrustView {
  /** Probability that the error is within the tolerance: a counted frequency. */
  readonly confidence: number;
  readonly verdict: 'use' | 'check' | 'no-ground';
  /** Root mean squared errors in shares of full scale: what still serves, and what is expected. */
  readonly tolerance: number;
  readonly expectedError: number;
  /** Share of known parts that are at least as far from what was learned. */
  readonly familiarity: number;
  /** So few that nothing is said of it. */
  readonly isUnfamiliar: boolean;
  /** The worst first. */
  readonly suspicions: readonly (
    | { readonly kind: 'strange'; readonly source: string }
    | { readonly kind: 'contradiction'; readonly sources: readonly string[] }
  )[];
  /** Why: what is furthest from usual, and of which sources. */
  readonly telling: readonly { readonly kind: TellingKind; readonly of: readonly string[] }[];
  /** Share of values that its intervals may miss, that they missed on held-out parts, and at the worst plant. */
  readonly interval:
    | { readonly level: number; readonly missed: number; readonly worst: number }
    | { readonly missingParts: number };
  /** Plants and held-out parts that it was counted on. */
  readonly plants: number;
  readonly parts: number;
  /** Parts of this plant that were reconstructed alike and measured later, and by what factor they widened the intervals. */
  readonly own?: { readonly parts: number; readonly widening: number };
}

/** What the engineer decides for a modality. */
export interface TrustRulesView {
  readonly use: number;
  readonly check: number;
  readonly familiarity: number;
  /** Null: what four of five known parts meet. */
  readonly tolerance: number | null;
}

/** What the rules leave of the reconstructions in the queue. */
export interface RiskView {
  /** For each threshold of confidence: share of the parts that would be used, and share of these that are expected to be beyond the tolerance. */
  readonly points: readonly {
    readonly threshold: number;
    readonly coverage: number;
    readonly risk: number;
  }[];
  readonly verdicts: Readonly<Record<TrustView['verdict'], number>>;
  /** Of what is used by the rules as they are. */
  readonly risk: number;
  readonly rules: TrustRulesView;
}

export interface ReviewItem {
  readonly part: number;
  readonly id: string;
  readonly modality: string;
  /** Probability of being within the tolerance where there is a verdict, else 0…1 and provisional. */
  readonly confidence: number;
  /** Absent where no plant calibrated this way to reconstruct. */
  readonly verdict?: TrustView['verdict'];
  readonly decision: 'accept' | 'flag' | 'reject' | null;
}

export interface ReviewQueue {
  readonly modality: string;
  /** Modalities that were reconstructed, to choose from. */
  readonly modalities: readonly string[];
  readonly items: readonly ReviewItem[];
  readonly total: number;
  readonly decided: number;
}

/** A measured or reconstructed value of a part, ready to draw. */
export type ValueView =
  | { readonly kind: 'image'; readonly src: string }
  | {
      readonly kind: 'signal';
      readonly values: readonly number[];
      readonly low?: readonly number[];
      readonly high?: readonly number[];
    }
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly words?: readonly { readonly word: string; readonly probability: number }[];
    };

export interface ReviewPart {
  readonly part: number;
  readonly id: string;
  readonly modality: string;
  readonly measured: readonly { readonly modality: string; readonly value: ValueView }[];
  readonly reconstructed: ValueView;
  /** Image: the map of uncertainty, colour-coded; legend from `low` to `high` in fractions of full scale. */
  readonly uncertainty?: { readonly src: string; readonly low: number; readonly high: number };
  readonly confidence: number;
  readonly trust?: TrustView;
  /** Which measured modalities it rests on, their share, and what a bridge leads through if one was needed. */
  readonly sources: readonly {
    readonly modality: string;
    readonly share: number;
    readonly through?: string;
  }[];
  readonly modelVersion: number;
  readonly reconstructedAt: string;
  readonly decision: {
    readonly decision: 'accept' | 'flag' | 'reject';
    readonly reason: string;
    readonly at: string;
  } | null;
}

export interface LedgerEntry {
  readonly at: string;
  readonly direction: 'up' | 'down';
  /** `module`, `calibration`, `contribution`, `plan`, `enrolment`, `round`. */
  readonly what: string;
  readonly name: string;
  readonly bytes: number;
  readonly round: number | null;
}

/** Everything that is written into the log. */
export type LogAction =
  | 'person.entered'
  | 'person.left'
  | 'federation.joined'
  | 'model.received'
  | 'calibration.sent'
  | 'model.evaluated'
  | 'model.signed'
  | 'model.held'
  | 'model.rolled-back'
  | 'reconstruction.made'
  | 'reconstruction.deleted'
  | 'decision.accept'
  | 'decision.flag'
  | 'decision.reject'
  | 'decision.undo'
  | 'trust.rules'
  | 'truth.arrived'
  | 'export.begun'
  | 'export.done'
  | 'export.refused'
  | 'log.exported';

export interface LogEntryView {
  readonly sequence: number;
  readonly at: string;
  readonly actor: { readonly name: string; readonly role: Role | 'workstation' | 'unnamed' };
  readonly action: string;
  /** SHA-256 of what it was done to, or empty. */
  readonly object: string;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly previous: string;
  readonly hash: string;
}

export interface LogPage {
  readonly entries: readonly LogEntryView[];
  /** Entries that fit the search, those on other pages included. */
  readonly total: number;
}

export interface LogState {
  readonly entries: number;
  /** Hash of the last entry. */
  readonly head: string;
  /** The first entry that was changed, or that one before it is missing; `null`: the chain is whole. */
  readonly brokenAt: number | null;
}

/** Files that were written for somebody else. */
export interface Exported {
  readonly path: string;
  readonly entries: number;
}
