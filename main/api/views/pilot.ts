import type { Picture, Shown, Summary } from '../../../training/kinds/looking.ts';
import type { DataPreview } from './data.ts';
import type { ErrorView, Label } from './general.ts';
import type { ChannelView, MeasureView } from './measures.ts';

/**
 * The report of a pilot check: everything that the terminal, the page and the PDF draw, in the words that they draw it
 * with. What one of them shows, all of them say.
 */
export interface PilotReport {
  readonly id: string;
  readonly words: Readonly<Record<PilotWord, Label>>;
  /** Time at which the report was made, RFC 3339. */
  readonly madeAt: string;
  readonly folder: string;
  readonly plan: Label;
  readonly decision: 'go' | 'conditions' | 'not-yet';
  readonly headline: Label;
  readonly reason: Label;
  /** Rules that the decision follows: no unmet `needed` one, and for `go` no unmet one at all. */
  readonly rules: readonly PilotRule[];
  readonly tiles: readonly { readonly label: Label; readonly value: Label; readonly note: Label }[];
  readonly data: {
    readonly summary: Label;
    readonly modalities: readonly PilotModality[];
    readonly pairs: readonly { readonly label: Label; readonly parts: number }[];
    readonly groups: readonly {
      readonly parts: number;
      readonly paired: number;
      readonly shown: PilotShown;
    }[];
  };
  /** Findings, the gravest first. */
  readonly findings: readonly PilotFinding[];
  readonly quality: {
    readonly summary: Label;
    readonly modalities: readonly PilotQuality[];
    readonly published: Label;
  };
  readonly speed: {
    readonly summary: Label;
    readonly stages: readonly Label[];
    readonly devices: readonly {
      readonly name: string;
      readonly chosen: boolean;
      /** Duration of a round, by stage. */
      readonly rounds: readonly Label[];
    }[];
  };
  readonly traffic: {
    readonly summary: Label;
    readonly stages: readonly { readonly label: Label; readonly up: Label; readonly down: Label }[];
    readonly lines: readonly { readonly label: Label; readonly round: Label; readonly schedule: Label }[];
  };
  readonly effort: { readonly summary: Label; readonly lines: readonly PilotEffort[] };
  readonly risks: readonly Label[];
  readonly privacy: Label;
}

/** Headings, and the words between the figures. */
export type PilotWord =
  | 'rule'
  | 'data'
  | 'groups'
  | 'findings'
  | 'noFindings'
  | 'quality'
  | 'true'
  | 'reconstructed'
  | 'mean'
  | 'channels'
  | 'speed'
  | 'device'
  | 'line'
  | 'round'
  | 'allRounds'
  | 'effort'
  | 'risks';

export interface PilotRule {
  readonly text: Label;
  /** Fact that the folder gave. */
  readonly fact: Label;
  readonly met: boolean;
  /** True if the answer is "not yet" without it; the others are conditions. */
  readonly needed: boolean;
}

export interface PilotModality extends Summary {
  readonly name: string;
  readonly label: Label;
  readonly present: number;
  readonly missing: number;
  readonly unit: string;
  readonly shown: readonly PilotShown[];
}

/** Measurement in the report; pictures lie beside the report, under their number. */
export type PilotShown = Kept<Shown>;
type Kept<S> = S extends { readonly picture: Picture }
  ? Omit<S, 'picture'> & { readonly picture: number }
  : S;

export interface PilotFinding {
  /** Gravity: `repair` spoils what is learned; `look` may be right, a person must say; `note` is good to know. */
  readonly severity: 'repair' | 'look' | 'note';
  readonly title: Label;
  readonly cure: Label;
  readonly examples: readonly { readonly label: string; readonly shown?: PilotShown }[];
}

export interface PilotQuality {
  readonly label: Label;
  readonly summary: Label;
  /** Figures, that of the leading measure first. */
  readonly figures: readonly {
    readonly measure: MeasureView;
    readonly reconstructed: number;
    /** Figure of the mean over the parts trained on, which must be beaten. */
    readonly mean: number;
    /** True if the reconstruction is better than the mean. */
    readonly better: boolean;
  }[];
  /** Qualities of unlike channels, the worst first; empty where values are judged together. */
  readonly channels: readonly ChannelView[];
  /** Names of the channels that are no better than the mean, in words; null where there are none. */
  readonly caution: Label | null;
  readonly unit: string;
  readonly examples: readonly {
    readonly id: string;
    readonly truth: PilotShown;
    readonly reconstructed: PilotShown;
  }[];
}

/** One line of the estimate. */
export interface PilotEffort {
  readonly text: Label;
  /** Arithmetic of the line: `10 + 41 × 0.5 = 31 min`. */
  readonly arithmetic: Label;
  readonly minutes: number;
}

/** A folder as a pilot check would read it. */
export interface PilotLook {
  readonly data: DataPreview;
  /** What each column is taken for, in the words in which a person says it: a role under the plan that was joined, else a kind. */
  readonly roles: Readonly<Record<string, string>>;
  /** Number of values of each signal, by the measurement that the columns of `data` name. */
  readonly lengths: Readonly<Record<string, number>>;
}

/** State of the pilot check in the window. */
export interface PilotState {
  /** The newest report; null before the first. */
  readonly report: PilotReport | null;
  /** Reason why the newest check failed; null where it did not. */
  readonly failure: ErrorView | null;
}
