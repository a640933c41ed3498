import type { StageName } from '../../protocol/schedule.ts';
import type { ChannelQuality } from '../evaluation/channel-quality.ts';
import { oddityCodes, type Shown, type Summary } from '../kinds/looking.ts';
import type { MeasureName } from '../measures/measure-table.ts';

/**
 * Facts of a pilot check about a plant's own folder, as plain JSON: no tensors and no words for people. The training
 * process writes them; the application makes the report from them.
 */
export interface PilotFacts {
  readonly inventory: Inventory;
  readonly findings: readonly Finding[];
  readonly groups: FoundGroups | null;
  /** Quality on held-out parts, with an entry for each modality that could be hidden and reconstructed. */
  readonly holdout: Holdout;
}

/** Inventory: how many parts have each measurement, and how many lack it. */
export interface Inventory {
  readonly parts: number;
  /** Number of parts with every modality that this plant measures at all. */
  readonly complete: number;
  /** Number of parts with two modalities or more, which teach mappings. */
  readonly paired: number;
  readonly modalities: readonly InventoryEntry[];
  /** Number of parts that have both, for each unordered pair of modalities that this plant measures. */
  readonly pairs: readonly { readonly one: string; readonly other: string; readonly parts: number }[];
}

export interface InventoryEntry extends Summary {
  readonly name: string;
  readonly present: number;
  readonly missing: number;
  /** A few parts, evenly spread. */
  readonly shown: readonly Shown[];
}

/** Finding about the data that a person should know or repair; texts, cures and minutes are `main/pilot`'s. */
export interface Finding {
  readonly code: FindingCode;
  /** Modality that it is about; empty where it is about the manifest as a whole. */
  readonly modality: string;
  /** Number of parts, cells, rows, channels or files that it is about. */
  readonly count: number;
  /** Total that `count` is a number of. */
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
  /** Modality by which the groups were found. */
  readonly by: string;
  /** Groups, the largest first. */
  readonly list: readonly {
    readonly parts: number;
    /** Number of these that teach a mapping, since they have another measurement too. */
    readonly paired: number;
    /** Part nearest to the middle of the group, as its image where there is one. */
    readonly shown: Shown;
  }[];
}

/** Result of training on this plant alone, on held-out parts with one modality hidden. */
export interface Holdout {
  readonly seconds: number;
  /** Passes over the parts, by stage. */
  readonly epochs: Readonly<Partial<Record<StageName, number>>>;
  /** True if the time was over before the plan's schedule. */
  readonly cutShort: boolean;
  readonly qualities: readonly HoldoutQuality[];
}

export interface HoldoutQuality {
  readonly modality: string;
  /** Number of held-out parts that have this modality and another. */
  readonly parts: number;
  /** Number of parts that taught a mapping to it. */
  readonly trainedOn: number;
  /** Figures by measure, the leading one first. */
  readonly figures: readonly HoldoutFigure[];
  /** Qualities of unlike channels, the worst first; empty where values are judged together. */
  readonly channels: readonly ChannelQuality[];
  /** Examples from worst to best. */
  readonly examples: readonly HoldoutExample[];
}

export interface HoldoutFigure {
  readonly measure: MeasureName;
  readonly reconstructed: number;
  /** Figure of the mean over the parts trained on, which must be beaten. */
  readonly mean: number;
}

interface HoldoutExample {
  readonly id: string;
  readonly truth: Shown;
  readonly reconstructed: Shown;
}

/** Speed: seconds that one round of each stage takes on one device. */
export interface Speed {
  readonly stages: readonly StageSpeed[];
}

export interface StageSpeed {
  readonly stage: StageName;
  readonly seconds: number;
  /** Number of parts that were really trained on; fewer than the plant has where the rest was extrapolated. */
  readonly measuredParts: number;
  readonly measuredSeconds: number;
}
