/** How large the letters are and how much is listed; the first that fits is taken. */
export interface Density {
  readonly size: number;
  readonly findings: number;
  readonly risks: number;
  readonly efforts: number;
  readonly examples: number;
}
