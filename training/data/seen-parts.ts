import { createHash } from 'node:crypto';
import { type ImportProblem, inTable } from './problems.ts';

/** Part in a row: its id, and where the row stands. */
export interface PlacedPart {
  readonly id: string;
  readonly row: number;
  /** Table of several that the row stands in. */
  readonly table?: string | undefined;
}

interface SeenPart {
  readonly row: number;
  readonly table: string | undefined;
  readonly digest: string;
}

/** Digest of a row's cells, by which it is known again in another table of a stack; empty where none can hold it. */
export function rowDigest(row: {
  readonly cells: readonly string[];
  readonly table?: string | undefined;
  readonly isUnrepeated?: boolean;
}): string {
  if (row.table === undefined || row.isUnrepeated) return '';
  const cells = row.cells.slice(0, row.cells.findLastIndex((cell) => cell !== '') + 1);
  return createHash('sha256').update(cells.map(plainCell).join('\u001f')).digest('base64').slice(0, 24);
}

/** What a cell says, whichever program wrote it: `1`, `1.0` and `1.00` are the same. */
export function plainCell(cell: string): string {
  return fraction.test(cell) ? cell.replace(/(?<!0)0+$/, '').replace(/\.$/, '') : cell;
}

const fraction = /^[-+]?\d+\.\d*0$/;

/** Ids that were met in a table or in several, each with the first row that was taken. */
export interface SeenParts {
  /**
   * Tells whether a row's part was there before: `same` for the same row in another table, which is no problem; else the problem.
   */
  before(part: PlacedPart, digest: string): ImportProblem | 'same' | undefined;
  /** The part of this row is taken. */
  take(part: PlacedPart, digest: string): void;
}

export function seenParts(): SeenParts {
  // Of one table a number is enough, and a large table has millions of rows.
  const first = new Map<string, number | SeenPart>();
  // Ids that rise from row to row, as those of many tables do, are looked up only once one does not.
  let rising: PlacedPart[] | undefined = [];
  const listAll = () => {
    for (const part of rising ?? []) first.set(part.id, part.row);
    rising = undefined;
  };
  const lookUp = ({ id, table }: PlacedPart) => {
    const last = rising?.at(-1);
    if (rising && table === undefined && (!last || id > last.id)) return undefined;
    listAll();
    return first.get(id);
  };
  return {
    before(part, digest) {
      const known = lookUp(part);
      const { id, row, table } = part;
      if (known === undefined) return undefined;
      if (typeof known === 'number' || known.table === table) {
        const before = typeof known === 'number' ? known : known.row;
        return inTable({ row, column: '', code: 'part-duplicate', detail: { id, first: before } }, table);
      }
      if (known.digest === digest) return 'same';
      const detail = { id, first: known.row, other: known.table ?? '' };
      return inTable({ row, column: '', code: 'part-repeated', detail }, table);
    },
    take({ id, row, table }, digest) {
      if (table !== undefined) listAll();
      if (rising) rising.push({ id, row });
      else first.set(id, table === undefined ? row : { row, table, digest });
    },
  };
}
