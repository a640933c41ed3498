/** A line of the result. */
export interface Figure {
  readonly what: string;
  readonly value: number | string;
  readonly unit: string;
}

/** What one part of importing costs. */
export interface ImportBench {
  readonly name: string;
  /** @param quick a twentieth of the work */
  run(quick: boolean): Promise<readonly Figure[]>;
}
