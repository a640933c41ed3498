/** Size of the letters and length of the lists; the first density that fits the page is taken. */
export interface Density {
  readonly size: number;
  readonly findings: number;
  readonly risks: number;
  readonly efforts: number;
  readonly examples: number;
}
