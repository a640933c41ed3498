import { FedReconError } from '../../protocol/errors.ts';
import type { RoundState } from '../../protocol/messages.ts';
import type { Plan } from '../../protocol/plan.ts';
import type { EngineChoice } from '../../training/process/messages.ts';
import type { WorkstationEvent } from '../api/contract.ts';
import type { WorkstationState } from '../api/views.ts';
import type { Supervisor } from '../jobs/supervisor.ts';
import type { Enrolment } from '../store/enrolment.ts';
import type { Store } from '../store/store.ts';
import type { Activity } from './activity.ts';
import type { FilteredQueues } from './filtered-queues.ts';

/** Things that the services of a workstation share. */
export interface Context {
  readonly store: Store;
  readonly supervisor: Supervisor;
  readonly activity: Activity;
  readonly log: (line: string) => void;
  /** Tells the window that something in its snapshot changed. */
  readonly changed: () => void;
  readonly emit: (event: WorkstationEvent) => void;
  readonly state: () => WorkstationState;
  /** True once the app is being closed: what is cut short then is done again at the next start. */
  readonly closing: () => boolean;
  /** Whether what a killed app left undone is done again, but for deletions, which always are. */
  readonly goesOn: boolean;
  /** Running work that the stop button stops. */
  readonly stops: Set<AbortController>;
  /** The order of the queues to review. */
  readonly order: QueueOrder;
  /** The queues as filters leave them. */
  readonly filtered: FilteredQueues;
  /** The engine and device that jobs run on. */
  readonly engine: () => EngineChoice;
}

/** The order of the queues: what is to be looked at first. It is kept in the store, and worked out anew where its grounds have changed. */
export interface QueueOrder {
  /** Resolves once the places of a modality's reconstructions are those of the limits and truths as they are; at once where they are. */
  settled(modality: string): Promise<void>;
  /** The same for every modality, so that nobody has to wait for it who opens a queue. */
  settle(): Promise<void>;
}

/** Names of the small documents in the store's settings. */
export const settingNames = {
  /** How the window looks and what it tells. */
  window: 'window',
  /** Proxy on the way to headquarters; null or absent: none. */
  proxy: 'proxy',
  /** Name and role of who is working here, and since when. */
  person: 'person',
  /** What is kept of people's PINs, by name. */
  pins: 'pins',
  /** The plan that an invitation showed, until the plant joins. */
  offered: 'offered-plan',
  /** Devices as they were tested. */
  devices: 'devices',
  /** The device that a person chose; absent: the fastest. */
  device: 'device',
  /** Taking part in rounds: true or false. */
  participating: 'participating',
  /** The last round state that the aggregator gave, and when. */
  heard: 'heard',
  /** The folder that is imported by itself, and what of it was. */
  watch: 'watch',
  /** What is odd in the data, and of which data that was found. */
  findings: 'findings',
  /** The newest report of a pilot check, with its pictures. */
  pilot: 'pilot',
  /** The folder that an export is written into, until it has its name. */
  exporting: 'exporting',
  /** Views of the queue that were kept under a name. */
  queueViews: 'queue-views',
} as const;

export interface OfferedPlan {
  readonly plan: Plan;
  readonly hash: string;
}

/** Proxy on the way to headquarters; undefined where there is none. */
export function proxyInUse(store: Pick<Store, 'settings'>): string | undefined {
  return store.settings.get<string | null>(settingNames.proxy) ?? undefined;
}

/** The federation that the plant belongs to. @throws FedReconError `not-enrolled` */
export function enrolled(store: Pick<Store, 'enrolment'>): Enrolment {
  const enrolment = store.enrolment.get();
  if (!enrolment) throw new FedReconError('not-enrolled');
  return enrolment;
}

/** The plan that data are read by: the one agreed to, or the one on show before. @throws FedReconError `not-enrolled` */
export function planInUse(store: Store): OfferedPlan {
  const enrolment = store.enrolment.get();
  if (enrolment) return { plan: enrolment.plan, hash: enrolment.planHash };
  const offered = store.settings.get<OfferedPlan>(settingNames.offered);
  if (!offered) throw new FedReconError('not-enrolled');
  return offered;
}

/** Last answer of the aggregator on rounds, and whether it could be reached since. */
export interface HeardRound {
  readonly state?: RoundState;
  readonly at?: string;
  readonly reachable: boolean;
  /** It is asked, and has not answered since the plant began to take part or went on with it. */
  readonly asking?: boolean;
  /** While it cannot be reached: since when, and when it is asked again. */
  readonly lostSince?: string;
  readonly nextTry?: string;
}
