/** Package that the product is made of, and under which licence. */
export interface Licence {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  /** Its text; empty where the package has none, or is of another system. */
  readonly text: string;
}

/** All of them, by name; the build puts in what the lock file names (`build/licences.ts`). */
export const licences: readonly Licence[] = [];
