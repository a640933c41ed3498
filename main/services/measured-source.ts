import { basename } from 'node:path';
import type { MeasuredSource } from '../api/views.ts';
import type { Layer } from '../store/parts.ts';
import type { Store } from '../store/store.ts';

/** Where in which table a measurement stood when it was imported. */
export function measuredSource(
  { imports }: Pick<Store, 'imports'>,
  { import: id, table, row }: Layer,
): MeasuredSource {
  return { table: table ?? basename(imports.get(id)?.manifest ?? ''), row };
}
