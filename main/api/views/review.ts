import type { QueueFilter } from '../queue-filter.ts';
import type { TrustView } from './trust.ts';

/** Decision of a person on a reconstruction. */
export type PartDecision = 'accept' | 'flag' | 'reject';

export interface ReviewItem {
  readonly part: number;
  readonly id: string;
  readonly modality: string;
  /** Probability of being within the tolerance where there is a verdict, else 0…1 and provisional. */
  readonly confidence: number;
  /** Verdict; absent where no plant calibrated this way to reconstruct. */
  readonly verdict?: TrustView['verdict'];
  /** Decision on this very reconstruction. */
  readonly decision: PartDecision | null;
  readonly earlier: EarlierDecision | null;
}

/** Decision on the reconstruction whose place another took: it holds no more, and somebody is to look again. */
export interface EarlierDecision {
  readonly decision: PartDecision;
  readonly modelVersion: number;
}

/** How many reconstructions of a modality there are, those that were decided on, and those to look at again, which count as undecided. */
export interface QueueCounters {
  readonly total: number;
  readonly decided: number;
  readonly again: number;
}

/** Page of the queue of a modality. */
export interface ReviewQueue extends QueueCounters {
  readonly modality: string;
  /** Modalities that were reconstructed, to choose from. */
  readonly modalities: readonly string[];
  readonly items: readonly ReviewItem[];
  /** Place of the first item in the queue, counted from 0, and the number of items in the whole queue. */
  readonly first: number;
  readonly length: number;
  /** Place among the items of the part that was asked for, or of what follows where it stood. */
  readonly at: number;
  /** What the pages before and after are asked by; null where there is none. */
  readonly previous: string | null;
  readonly next: string | null;
  /** As in the workstation's state: another text whenever another queue is shown. */
  readonly revision: string;
}

/** View of a queue that was kept under a name. */
export interface KeptView {
  readonly name: string;
  readonly undecidedOnly: boolean;
  readonly filter: QueueFilter;
}

export interface QueueViews {
  /** Names of all who decided here, in their order. */
  readonly people: readonly string[];
  /** By name. */
  readonly kept: readonly KeptView[];
}

/**
 * Where a part that somebody looks for is: in the queue on show, decided on and therefore not in it, not what the filter asks for, or without a reconstruction of
 * this measurement: it has another one's, was measured, or nothing was reconstructed of it yet.
 */
export type FoundWhere = 'here' | 'decided' | 'filtered' | 'elsewhere' | 'measured' | 'not-reconstructed';

/** Part that somebody looks for. */
export interface FoundPart {
  readonly part: number;
  readonly id: string;
  readonly where: FoundWhere;
  /** Measurement whose reconstruction can be shown of it: the one asked for where it has that; null: none. */
  readonly modality: string | null;
  readonly decision: PartDecision | null;
}

/** How many decisions of one kind a person made in an hour; `undo` counts those taken back. */
export interface DecidedHour {
  /** Beginning of the hour, RFC 3339, UTC. */
  readonly at: string;
  /** Name; empty where nobody said who was working. */
  readonly person: string;
  readonly decision: PartDecision | 'undo';
  readonly count: number;
}

/** Reconstruction of a part as a small picture of it shows it. */
export interface Thumbnail {
  readonly part: number;
  readonly value: ValueView;
  readonly modelVersion: number;
}

/** What deciding on many reconstructions at once would do. */
export interface BulkEffect {
  /** Those that would be decided on: none that somebody has decided on already. */
  readonly count: number;
  /** Those that were asked for and would stay as they are. */
  readonly left: number;
  /** Among these, those whose way to reconstruct no plant calibrated. */
  readonly uncalibrated: number;
  /** Share of those decided on that is expected to be beyond the tolerance; null where that cannot be said of all, or there is none. */
  readonly expectedErrors: number | null;
  /** Queue that this is said of: another one is not decided on by it. */
  readonly revision: string;
}

/** Many decisions that were made at once, as the log knows them. */
export interface Bulk {
  readonly id: string;
  /** Numbers of the first and the last entry that may be of it. */
  readonly first: number;
  readonly last: number;
  readonly modality: string;
}

/** Outcome of deciding on many at once, or of taking that back. */
export interface BulkOutcome {
  readonly bulk: Bulk;
  readonly decided: number;
  /** True where somebody stopped it before the end. */
  readonly isStopped: boolean;
}

/** Outcome of a decision: the item as it stands now, and the counters of its queue. */
export interface DecisionOutcome {
  readonly item: ReviewItem;
  readonly decision: ReviewPart['decision'];
  readonly counters: QueueCounters;
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
    }
  | {
      readonly kind: 'category';
      /** Value as it was written, or the likeliest; null: one that the plan does not list. */
      readonly value: string | null;
      readonly isListed: boolean;
      /** Shares of all values by a model, the likeliest first; null stands for all that the plan does not list. */
      readonly shares?: readonly { readonly value: string | null; readonly share: number }[];
    };

/** Place in a table that a measurement was read from. */
export interface MeasuredSource {
  readonly table: string;
  /** As a spreadsheet counts it: the header is row 1. */
  readonly row: number;
}

export interface ReviewPart {
  readonly part: number;
  readonly id: string;
  readonly modality: string;
  readonly measured: readonly {
    readonly modality: string;
    readonly value: ValueView;
    readonly source: MeasuredSource;
  }[];
  readonly reconstructed: ValueView;
  /** Image: the map of uncertainty, colour-coded; legend from `low` to `high` in fractions of full scale. */
  readonly uncertainty?: { readonly src: string; readonly low: number; readonly high: number };
  /** Channels that the model's card found no better reconstructed than by their mean, the worst first. */
  readonly weakChannels: readonly string[];
  readonly confidence: number;
  readonly trust?: TrustView;
  /** Measured modalities that it rests on, their shares, and what a bridge leads through if one was needed. */
  readonly sources: readonly {
    readonly modality: string;
    readonly share: number;
    readonly through?: string;
  }[];
  readonly modelVersion: number;
  readonly reconstructedAt: string;
  /** Fingerprint of the reconstruction: a decision is on it and no other. */
  readonly reconstruction: string;
  readonly decision: {
    readonly decision: PartDecision;
    readonly reason: string;
    readonly at: string;
  } | null;
  readonly earlier: EarlierDecision | null;
}
