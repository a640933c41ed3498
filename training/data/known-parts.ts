import { idKey } from './part-identity.ts';

/** How the ids of a table meet the parts that are here already. */
export interface KnownParts {
  /** Ids that are here: the table measures these parts again, or something else of them. */
  readonly known: number;
  /** Ids that are not. */
  readonly new: number;
  /** Of the new ones, those that differ from an id that is here (or in the table, above) in the way they are written alone. */
  readonly near: number;
  /** First of those. */
  readonly nearest: readonly { readonly row: number; readonly id: string; readonly known: string }[];
}

const nearestShown = 20;

/** Compares the ids of a table, one after the other, with those that are here. */
export function knownParts(here: Iterable<string>): {
  add(row: number, id: string): void;
  result(): KnownParts;
} {
  const ids = new Set(here);
  const byKey = new Map<string, string>();
  for (const id of ids) byKey.set(idKey(id), id);
  const met = new Set<string>();
  const nearest: { row: number; id: string; known: string }[] = [];
  let known = 0;
  let near = 0;
  return {
    add(row, id) {
      if (met.has(id)) return;
      met.add(id);
      if (ids.has(id)) {
        known++;
        return;
      }
      const key = idKey(id);
      const other = byKey.get(key);
      if (other === undefined) byKey.set(key, id);
      else if (other !== id) {
        near++;
        if (nearest.length < nearestShown) nearest.push({ row, id, known: other });
      }
    },
    result: () => ({ known, new: met.size - known, near, nearest }),
  };
}
