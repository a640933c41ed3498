/** What became of what was said of reconstructions of a modality, of parts that were measured later. */
export interface PromiseView {
  readonly modality: string;
  /** Absent where none of them had a range. */
  readonly range?:
    | {
        /** Parts, at most the newest thousand. */
        readonly parts: number;
        /** Share of a part's values that the range promised to hold. */
        readonly held: number;
        /** Share of values inside the range that was on show, over the parts shortly before each. */
        readonly curve: readonly { readonly part: number; readonly inside: number }[];
        /** The same of the newest parts. */
        readonly recent: { readonly parts: number; readonly inside: number };
        /** Whether the newest parts miss more than chance lets one promise in a hundred miss. */
        readonly isBroken: boolean;
        /** How many times as wide as calibrated it is now, of the ways to reconstruct it the one that is widest. */
        readonly widening: number;
      }
    | undefined;
  /** Absent where no confidence was shown. */
  readonly likely?:
    | {
        /** At most the newest hundred. */
        readonly parts: number;
        /** Mean probability of being within the tolerance, and the share of parts that were. */
        readonly said: number;
        readonly cameTrue: number;
        readonly isBroken: boolean;
      }
    | undefined;
}
