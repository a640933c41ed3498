import type { StageName } from '../../../protocol/schedule.ts';
import type { ModalityCount } from './data.ts';
import type { FindingsState } from './data-findings.ts';
import type { Person, RefusalView, Settings } from './general.ts';
import type { DeviceView, JobView, LossPoint } from './jobs.ts';
import type { PlanView } from './plan.ts';
import type { PromiseView } from './promises.ts';

/** Status of a plant towards its federation, with the one thing that a person can do then. */
export interface PlantStatus {
  readonly is:
    | 'never-contacted'
    | 'apart'
    | 'connecting'
    | 'lost'
    | 'connected'
    | 'round-open'
    | 'waiting-for-others'
    | 'calibrating'
    | 'extra-round'
    | 'finished';
  readonly action: 'join' | 'stop' | 'review';
  /** Where it is lost: since when, and when headquarters is asked again, RFC 3339. */
  readonly since?: string | null;
  readonly nextTry?: string | null;
}

export interface WorkstationState {
  /** Number that grows from snapshot to snapshot, over restarts too: an older one that arrives late shows the past. */
  readonly revision: number;
  readonly settings: Settings;
  readonly person: Person | null;
  /**
   * Refusals by call: why whoever works here may not make it, or is answered without reconstructions. A call that is
   * not here is open to them.
   */
  readonly refusals: Readonly<Record<string, RefusalView>>;
  readonly demo: boolean;
  /** Folder that a file is saved in unless a person says otherwise. */
  readonly saveFolder: string;
  readonly version: string;
  /** Federation that the plant belongs to; undefined before enrolment. */
  readonly federation?: {
    readonly plant: string;
    readonly aggregator: string;
    readonly plan: PlanView;
    readonly has: readonly string[];
    readonly lacks: readonly string[];
    /** What the round that is on counts this plant for, as last heard; null where nothing was heard yet. */
    readonly countedFor: readonly string[] | null;
    /** Round that the federation is in, as last heard. */
    readonly round: number;
    readonly stage: StageName;
    readonly roundState: 'open' | 'waiting' | 'finished' | 'unreachable';
    readonly plants: { readonly enrolled: number; readonly contributed: number };
    readonly contributedRounds: number;
    readonly lastContact: string | null;
    readonly status: PlantStatus;
  };
  readonly data: {
    readonly parts: number;
    readonly problems: number;
    readonly counts: readonly ModalityCount[];
  };
  /** Where the search for what is odd in the data stands, and when it last came to an end. */
  readonly findings: { readonly state: FindingsState; readonly at: string | null };
  readonly model: { readonly version: number; readonly round: number; readonly receivedAt: string } | null;
  readonly adoption: {
    /** The version that reconstructions are made with, and whether its sign-off holds. */
    readonly inUse: number | null;
    readonly isGenuine: boolean;
    /** The newest version that was judged, where it waits for a person or was held back. */
    readonly pending: { readonly version: number; readonly state: 'evaluated' | 'held' } | null;
  };
  /** Another text whenever a version of the model was judged or decided about. */
  readonly judged: string;
  /** Another text whenever another queue is shown to review, its order included; decisions do not change it. */
  readonly queue: string;
  /** The newest model that the reconstructions on show were made with. */
  readonly reconstructed: {
    readonly modelVersion: number;
    readonly parts: number;
    readonly at: string;
  } | null;
  /** Deletion of the newest reconstructions because the plan says so; null where there was none. */
  readonly deleted: { readonly at: string; readonly retentionDays: number } | null;
  readonly engine: { readonly devices: readonly DeviceView[]; readonly automatic: boolean };
  /** True from Join round until the schedule ends or it is stopped. */
  readonly participating: boolean;
  readonly job: JobView | null;
  readonly traffic: { readonly bytesDown: number; readonly bytesUp: number; readonly bytesFullModel: number };
  readonly losses: readonly LossPoint[];
  /** Promises by modality, once a part was measured after it had been reconstructed. */
  readonly promises: readonly PromiseView[];
}
