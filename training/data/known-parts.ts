import { areNear, idKey, inWriting } from './near-ids.ts';
import { type ImportProblem, inTable } from './problems.ts';

/** Id that is nearly another one. */
export interface NearId {
  readonly row: number;
  /** Table that the row stands in, where several are read as one. */
  readonly table?: string;
  readonly id: string;
  /** The other one. */
  readonly known: string;
  /** Where the other one stands above in the same import; absent where it is the id of a part that is here. */
  readonly first?: { readonly row: number; readonly table?: string };
  /** Both as a person can tell them apart. */
  readonly written: { readonly id: string; readonly known: string };
}

/** How the ids of a table meet the parts that are here already. */
export interface KnownParts {
  /** Ids that are here: the table measures these parts again, or something else of them. */
  readonly known: number;
  /** Ids that are not. */
  readonly new: number;
  /** Of the new ones, those that differ from an id that is here (or in the table, above) in the way they are written alone. */
  readonly near: number;
  /** First of those. */
  readonly nearest: readonly NearId[];
}

/** Where an id stands. */
interface Place {
  readonly id: string;
  readonly row?: number;
  readonly table?: string | undefined;
}

const nearestShown = 20;

/** Compares the ids of a table, one after the other, with those that are here. */
export function knownParts(here: Iterable<string>): {
  /** Another id that is here. */
  know(id: string): void;
  add(row: number, id: string, table?: string): void;
  result(): KnownParts;
} {
  const ids = new Set<string>();
  const byKey = new Map<string, Place>();
  const know = (id: string) => {
    ids.add(id);
    byKey.set(idKey(id), { id });
  };
  for (const id of here) know(id);
  const met = new Set<string>();
  const nearest: NearId[] = [];
  let known = 0;
  let near = 0;
  return {
    know,
    add(row, id, table) {
      if (met.has(id)) return;
      met.add(id);
      if (ids.has(id)) {
        known++;
        return;
      }
      const key = idKey(id);
      const other = byKey.get(key);
      if (other === undefined) byKey.set(key, { id, row, table });
      else if (areNear(other.id, id)) {
        near++;
        if (nearest.length < nearestShown) nearest.push(nearId({ id, row, table }, other));
      }
    },
    result: () => ({ known, new: met.size - known, near, nearest }),
  };
}

function nearId({ id, row, table }: Place & { readonly row: number }, other: Place): NearId {
  const first = other.row !== undefined && {
    row: other.row,
    ...(other.table !== undefined && { table: other.table }),
  };
  return {
    ...{ row, id, known: other.id, written: inWriting(id, other.id) },
    ...(table !== undefined && { table }),
    ...(first && { first }),
  };
}

/** Ids that are nearly others, as problems: an import takes them, and a person should look. @param column that holds the ids */
export function nearProblems({ near, nearest }: KnownParts, column: string): ImportProblem[] {
  return nearest.map(({ row, table, first, written }, at) => {
    const more = at === nearest.length - 1 ? near - nearest.length : 0;
    const detail = { ...written, ...(first && placeOf(first)) };
    const code = more > 0 ? 'ids-near' : first ? 'id-near-row' : 'id-near';
    return inTable({ row, column, code, detail: more > 0 ? { ...written, more } : detail }, table);
  });
}

/** A row in words of both languages. */
function placeOf({ row, table }: { readonly row: number; readonly table?: string }) {
  return table === undefined
    ? { first: `row ${row}`, firstJa: `${row} 行目` }
    : { first: `row ${row} of ${table}`, firstJa: `${table} の ${row} 行目` };
}
