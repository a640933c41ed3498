import { mean } from '../../../../training/measures/statistics.ts';
import { methodNamed } from '../methods/index.ts';
import type { SourceSet } from '../setting.ts';
import type { Column } from './columns.ts';
import type { ComparedRow } from './compare.ts';

/** A figure over the seeds. */
export interface Spread {
  readonly mean: number;
  /** Sample standard deviation; undefined for a single seed. */
  readonly deviation: number | undefined;
  readonly count: number;
}

/** The rows of one method from one source set, over the seeds. */
export interface Entry {
  readonly method: string;
  readonly rows: readonly ComparedRow[];
}

/** One place of the tables: methods side by side on the same data. */
export interface Group {
  readonly alpha: number;
  readonly missing: number;
  readonly source: SourceSet;
  readonly entries: readonly Entry[];
}

/** Rows by alpha, missing share and source set, in the order in which they come. */
export function groupsOf(rows: readonly ComparedRow[]): Group[] {
  const places = Map.groupBy(rows, ({ alpha, missing, source }) => `${alpha} ${missing} ${source}`);
  return [...places.values()].map((own) => {
    const { alpha, missing, source } = own[0]!;
    const entries = [...Map.groupBy(own, ({ method }) => method)];
    return { alpha, missing, source, entries: entries.map(([method, rows]) => ({ method, rows })) };
  });
}

/** A figure's mean and deviation over an entry's rows; undefined where the method has no such figure. */
export function spreadOf({ rows }: Entry, figure: Column['figure']): Spread | undefined {
  const values = rows.map((row) => row[figure]).filter((value): value is number => typeof value === 'number');
  // A figure that only some seeds have, such as rounds to a goal that was not always reached, has no honest mean.
  if (values.length < rows.length || values.length === 0) return undefined;
  const centre = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  const deviation = values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : undefined;
  return { mean: centre, deviation, count: values.length };
}

/** Whether a method competes: it is federated and has no more than the federation has. */
export function competes(name: string): boolean {
  const method = methodNamed(name);
  return method !== undefined && method.outside === undefined;
}

/** Whether a method is federated but learns from labels, which the others do not have. */
export function isLabelled(name: string): boolean {
  return methodNamed(name)?.outside === 'labels';
}

/** The competing entries from the best to the worst by a figure; those of which it says nothing are left out. */
export function ranked(entries: readonly Entry[], column: Column): Entry[] {
  return byFigure(
    entries.filter((entry) => competes(entry.method)),
    column,
  );
}

/** Entries from the best to the worst by a figure. */
export function byFigure(entries: readonly Entry[], { figure, better, trained }: Column): Entry[] {
  const sign = better === 'lower' ? -1 : 1;
  const value = (entry: Entry) => spreadOf(entry, figure)?.mean;
  return entries
    .filter((entry) => value(entry) !== undefined && !(trained && isUntrained(entry)))
    .sort((a, b) => sign * (value(b)! - value(a)!));
}

/** What is there after its first and only round. */
function isUntrained({ rows }: Entry): boolean {
  return rows.every(({ course }) => course.length <= 1);
}

/** `17.61 ± 0.12`, `17.61` of one seed or where all seeds have exactly the same, or `–` */
export function cellText(spread: Spread | undefined, { scale, decimals }: Column): string {
  if (!spread) return '–';
  const text = (value: number) => (scale * value).toFixed(decimals).replace(/^-(?=[0.]*$)/, '');
  return !spread.deviation ? text(spread.mean) : `${text(spread.mean)} ± ${text(spread.deviation)}`;
}
