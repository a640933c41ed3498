import { randomUUID } from 'node:crypto';
import type { ImportSettings } from '../../../main/store/imports.ts';
import type { Measurement } from '../../../main/store/parts.ts';
import { atOnce } from '../../../main/store/slices.ts';
import type { Store } from '../../../main/store/store.ts';

interface TestImport {
  readonly folder?: string;
  readonly planHash?: string;
  /** SHA-256 of its tensors. */
  readonly file: string;
  readonly settings?: ImportSettings;
  /** Names with what was measured; row k of the file is part k. */
  readonly parts: readonly (readonly [name: string, values: Readonly<Record<string, Measurement>>])[];
  /** Table of several that the parts stand in. */
  readonly table?: string;
  /** Where values of a modality stand, in a table of their own. */
  readonly places?: Readonly<Record<string, { readonly row: number; readonly table: string }>>;
  /** Modalities whose cell was empty, by part. */
  readonly empty?: Readonly<Record<string, readonly string[]>>;
}

/** An import that is complete and not yet in use. @returns its id */
export function beginImport(
  store: Store,
  { file, parts, empty = {}, folder = '/data', planHash = 'plan', settings, table, places }: TestImport,
): number {
  const id = store.imports.begin({
    job: randomUUID(),
    ...{ folder, manifest: 'parts.csv', by: { name: 'Lan', role: 'engineer' }, planHash, file },
    settings: settings ?? { columns: {}, empty: {} },
    rows: parts.length,
  });
  store.imports.addParts(
    id,
    parts.map(([name, values], position) => ({
      position,
      row: position + 2,
      table,
      places,
      name,
      values,
      empty: empty[name] ?? [],
    })),
  );
  return id;
}

/** An import that is in use. @returns its id */
export function putImport(store: Store, given: TestImport): number {
  const id = beginImport(store, given);
  atOnce(store.imports.activate(id));
  return id;
}
