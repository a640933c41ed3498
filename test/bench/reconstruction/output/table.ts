import { type Column, headOf } from './columns.ts';
import { cellText, type Entry, ranked, spreadOf } from './summary.ts';

/** A table before it is text, Markdown or HTML. */
export interface Grid {
  readonly head: readonly string[];
  readonly body: readonly { readonly method: string; readonly cells: readonly GridCell[] }[];
}

export interface GridCell {
  readonly text: string;
  /** Whether it is the best of the competing methods, or shows the same. */
  readonly best: boolean;
}

/** A line a method and a column a figure; a column in which nobody has a figure is left out. */
export function gridOf(entries: readonly Entry[], all: readonly Column[]): Grid {
  const columns = all.filter(({ figure }) => entries.some((entry) => spreadOf(entry, figure)));
  const bests = columns.map((column) => {
    const [first] = column.better === undefined ? [] : ranked(entries, column);
    return first && spreadOf(first, column.figure)!.mean;
  });
  const shown = (value: number, { scale, decimals }: Column) => (scale * value).toFixed(decimals);
  return {
    head: columns.map(headOf),
    body: entries.map((entry) => ({
      method: entry.method,
      cells: columns.map((column, place) => {
        const spread = spreadOf(entry, column.figure);
        const best = bests[place];
        return {
          text: cellText(spread, column),
          best:
            spread !== undefined &&
            best !== undefined &&
            ranked([entry], column).length > 0 &&
            shown(spread.mean, column) === shown(best, column),
        };
      }),
    })),
  };
}
