import type { ErrorView } from './general.ts';
import type { PilotFinding } from './pilot.ts';

/** Whether findings are of the data as they are: `outdated` ones are of data as they were. */
export type FindingsState = 'none' | 'looking' | 'current' | 'outdated' | 'failed';

/** Something odd in the imported data, in words. */
export interface DataFinding extends Omit<PilotFinding, 'examples'> {
  /** Where: a part by its name, or a row of the table of an import. */
  readonly examples: readonly {
    readonly name: string;
    /** Row of the table of that name; 0: it is a part. */
    readonly row: number;
    /** Id of the part that is here under that name. */
    readonly part: number | null;
  }[];
}

export interface DataFindings {
  readonly state: FindingsState;
  /** Time at which they were found, RFC 3339. */
  readonly at: string | null;
  /** The gravest first. */
  readonly findings: readonly DataFinding[];
  readonly failure: ErrorView | null;
}
