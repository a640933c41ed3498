/** One row of the error table. `{name}` in a text is filled from the error's detail. */
export interface ErrorEntry {
  /** HTTP status that the error travels under. */
  readonly status: number;
  readonly en: { readonly title: string; readonly cure: string };
  readonly ja: { readonly title: string; readonly cure: string };
}
