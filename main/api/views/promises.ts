/** Comparison of what was promised of a modality's reconstructions with the parts that were measured later. */
export interface PromiseView {
  readonly modality: string;
  /** Check of the ranges; absent where none of the parts had one. */
  readonly range?:
    | {
        /** Number of parts, at most the newest thousand. */
        readonly parts: number;
        /** Share of a part's values that the range promised to hold. */
        readonly held: number;
        /** Share of values inside the range that was on show, over the parts shortly before each. */
        readonly curve: readonly { readonly part: number; readonly inside: number }[];
        /** Number of the newest parts, and their mean share of values inside the range. */
        readonly recent: { readonly parts: number; readonly inside: number };
        /** True if the newest parts miss more than chance lets one promise in a hundred miss. */
        readonly isBroken: boolean;
        /** Factor by which intervals are wider now than calibrated, of the route where it is largest. */
        readonly widening: number;
      }
    | undefined;
  /** Check of the confidences; absent where none was shown. */
  readonly likely?:
    | {
        /** Number of parts, at most the newest hundred. */
        readonly parts: number;
        /** Mean probability of being within the tolerance, and the share of parts that were. */
        readonly said: number;
        readonly cameTrue: number;
        readonly isBroken: boolean;
      }
    | undefined;
}
