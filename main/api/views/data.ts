import type { ErrorView } from './general.ts';

export interface ModalityCount {
  readonly modality: string;
  readonly present: number;
  readonly missing: number;
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
