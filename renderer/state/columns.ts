import type { DataPreview, ReadingSettings } from '../../main/api/views.ts';

/** Group of columns that are read together: one column, or a run of columns that each hold one value of a signal. */
export interface ColumnGroup {
  /** Name on show, `gauge.1 … gauge.56` for a run. */
  readonly name: string;
  readonly columns: readonly string[];
  /** The roles as first understood, column by column. */
  readonly guessed: readonly string[];
  /** The modality of a run of columns; undefined for a single column. */
  readonly modality?: string;
  /** Unit that the table says; empty where it says none or several. */
  readonly unit: string;
  readonly examples: readonly string[];
}

/** Whoever reads a table anew when a person corrects how it is read. */
export interface TableReader {
  /** True while it is read. */
  readonly busy: boolean;
  readonly groups: readonly ColumnGroup[];
  /** Reads it as the person says; what is undefined is found. */
  readAs(change: ReadingSettings): Promise<void>;
  /** Names the column of the ids; null: there is none. */
  identify(column: string | null): Promise<void>;
}

const oneValue = /^([a-z][a-z0-9-]*):\d+$/;
const numbered = /^(.*?)[-_. [(#]*(\d+)[\])]*$/;

/** Smallest run of numbered columns without a role that is shown as one. */
const leastAlike = 3;

/**
 * Columns of the preview in groups, so that the table stays readable: runs of single values of one signal, and runs of
 * numbered columns that nothing is known of. Columns that are numbered as a signal and are not as many as its values stay
 * apart.
 * @param lengths number of values of each signal, by its name
 */
export function columnGroups(
  columns: DataPreview['columns'],
  lengths: ReadonlyMap<string, number>,
): ColumnGroup[] {
  const counts = new Map<string, number>();
  for (const { role } of columns) {
    const modality = oneValue.exec(role)?.[1];
    if (modality !== undefined) counts.set(modality, (counts.get(modality) ?? 0) + 1);
  }
  const runs: { key: string; modality: string | undefined; columns: DataPreview['columns'][number][] }[] = [];
  for (const column of columns) {
    const modality = oneValue.exec(column.role)?.[1];
    const isWhole = modality !== undefined && counts.get(modality) === lengths.get(modality);
    const stem = column.role === 'ignore' ? numbered.exec(column.name)?.[1] : undefined;
    const key = isWhole ? `:${modality}` : stem ? `#${stem}` : column.name;
    const before = runs.at(-1);
    if (before && before.key === key && (isWhole || stem)) before.columns.push(column);
    else runs.push({ key, modality, columns: [column] });
  }
  return runs.flatMap(({ columns: own, modality }) =>
    modality === undefined && own.length < leastAlike
      ? own.map((column) => groupOf([column], modality))
      : [groupOf(own, modality)],
  );
}

function groupOf(columns: DataPreview['columns'], modality: string | undefined): ColumnGroup {
  const [first, last] = [columns[0]!, columns.at(-1)!];
  const examples = columns.length === 1 ? first.examples : columns.map((column) => column.examples[0] ?? '');
  return {
    name: columns.length === 1 ? first.name : `${first.name} … ${last.name}`,
    columns: columns.map(({ name }) => name),
    guessed: columns.map(({ role }) => role),
    unit: columns.every(({ unit }) => unit === first.unit) ? first.unit : '',
    examples: examples.slice(0, 4),
    ...(modality === undefined ? {} : { modality }),
  };
}

/** The modalities that some column holds, in the order of the plan. */
export function modalitiesHeld(
  roles: Readonly<Record<string, string>>,
  planned: readonly string[],
): string[] {
  const held = new Set(Object.values(roles).map((role) => role.split(':')[0]));
  return planned.filter((modality) => held.has(modality));
}
