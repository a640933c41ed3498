import { isIdHeader } from '../../names.ts';

/** Share of a table's rows that columns behind an empty one fill at least where they are part of it. */
const mostlyFilled = 0.5;

/** Columns that stand side by side, from 0, the last one not among them. */
interface ColumnBlock {
  readonly from: number;
  readonly to: number;
  /** Rows down to the last one that says something there. */
  readonly rows: number;
}

/**
 * Number of columns that belong to the table of a sheet. Behind an empty column another table may stand, which has an id of its own, or notes and
 * figures, which have no names or end above the middle of the table: their rows are not those of its parts.
 * @param rows below the names
 */
export function columnsOfTable(names: readonly string[], rows: readonly (readonly string[])[]): number {
  const blocks = blocksIn(names, rows);
  const namesOf = ({ from, to }: ColumnBlock) => names.slice(from, to);
  const isWithId = (block: ColumnBlock) => namesOf(block).some(isIdHeader);
  const place = Math.max(0, blocks.some(isWithId) ? blocks.findIndex(isWithId) : 0);
  const own = blocks[place];
  if (!own) return names.length;
  const apart = blocks
    .slice(place + 1)
    .find(
      (block) =>
        (isWithId(block) && isWithId(own)) ||
        namesOf(block).every((name) => name === '') ||
        block.rows < mostlyFilled * own.rows,
    );
  return apart ? (blocks[blocks.indexOf(apart) - 1]?.to ?? names.length) : names.length;
}

function blocksIn(names: readonly string[], rows: readonly (readonly string[])[]): ColumnBlock[] {
  const blocks: ColumnBlock[] = [];
  for (const [column, name] of names.entries()) {
    const filled = rows.findLastIndex((cells) => (cells[column] ?? '') !== '') + 1;
    if (name === '' && filled === 0) continue;
    const last = blocks.at(-1);
    if (last?.to !== column) blocks.push({ from: column, to: column + 1, rows: filled });
    else blocks.splice(-1, 1, { ...last, to: column + 1, rows: Math.max(last.rows, filled) });
  }
  return blocks;
}

/** Letters of a column: of that in place 27 `AB`. @param column from 0 */
export function columnLetters(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : `${columnLetters(Math.floor(column / 26) - 1)}${last}`;
}
