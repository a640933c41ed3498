import type { StageName } from '../../protocol/schedule.ts';
import { oddityCodes, type Shown, type Summary } from '../kinds/looking.ts';
import type { MeasureName } from '../measures/measure-table.ts';

/**
 * What a pilot check found out about a plant's own folder, as plain JSON: no tensors and no words for people. The
 * training process writes it; the application makes the report from it.
 */
export interface PilotFacts {
  readonly inventory: Inventory;
  readonly findings: readonly Finding[];
  readonly groups: FoundGroups | null;
  /** One entry a modality that could be hidden and reconstructed. */
  readonly holdout: Holdout;
}

/** What is there, and what is missing. */
export interface Inventory {
  readonly parts: number;
  /** Parts with every modality that this plant measures at all. */
  readonly complete: number;
  /** Parts with two modalities or more: they teach mappings. */
  readonly paired: number;
  readonly modalities: readonly InventoryEntry[];
  /** Parts that have both, for each unordered pair of modalities that this plant measures. */
  readonly pairs: readonly { readonly one: string; readonly other: string; readonly parts: number }[];
}

export interface InventoryEntry extends Summary {
  readonly name: string;
  readonly present: number;
  readonly missing: number;
  /** A few parts, evenly spread. */
  readonly shown: readonly Shown[];
}

/** Something about the data that a person should know or repair; words, cures and minutes are `main/pilot`'s. */
export interface Finding {
  readonly code: FindingCode;
  /** Empty where it is about the manifest as a whole. */
  readonly modality: string;
  /** Parts, cells, rows, channels or files that it is about. */
  readonly count: number;
  /** Of how many. */
  readonly of: number;
  readonly detail: Readonly<Record<string, string | number>>;
  /** A few of the parts, by their ids. */
  readonly examples: readonly { readonly id: string; readonly row: number; readonly shown?: Shown }[];
}

const findingCodes = [
  'cells-unreadable',
  'rows-unused',
  'column-unused',
  'files-unlisted',
  ...oddityCodes,
] as const;
export type FindingCode = (typeof findingCodes)[number];

/** Groups of alike parts, found without labels. */
export interface FoundGroups {
  /** The modality that they were told apart by. */
  readonly by: string;
  /** The largest first. */
  readonly list: readonly {
    readonly parts: number;
    /** Of these, those that teach a mapping: they have another measurement too. */
    readonly paired: number;
    /** The part nearest to the middle of the group, as its picture where there is one. */
    readonly shown: Shown;
  }[];
}

/** What training on this plant alone reached on parts it was not trained on, with one modality hidden. */
export interface Holdout {
  readonly seconds: number;
  /** Passes over the parts, by stage. */
  readonly epochs: Readonly<Partial<Record<StageName, number>>>;
  /** True when the time was over before the plan's schedule. */
  readonly cutShort: boolean;
  readonly qualities: readonly HoldoutQuality[];
}

export interface HoldoutQuality {
  readonly modality: string;
  /** Parts that were held out and had this modality and another. */
  readonly parts: number;
  /** Parts that taught a mapping to it. */
  readonly trainedOn: number;
  /** The leading measure first. */
  readonly figures: readonly HoldoutFigure[];
  /** From worst to best. */
  readonly examples: readonly HoldoutExample[];
}

export interface HoldoutFigure {
  readonly measure: MeasureName;
  readonly reconstructed: number;
  /** The same of the mean over the parts trained on, which knows nothing of the part. */
  readonly mean: number;
}

interface HoldoutExample {
  readonly id: string;
  readonly truth: Shown;
  readonly reconstructed: Shown;
}

/** Seconds that one round takes on one device. */
export interface Speed {
  readonly stages: readonly StageSpeed[];
}

export interface StageSpeed {
  readonly stage: StageName;
  readonly seconds: number;
  /** Parts that were really trained on; fewer than the plant has where the rest was extrapolated. */
  readonly measuredParts: number;
  readonly measuredSeconds: number;
}
