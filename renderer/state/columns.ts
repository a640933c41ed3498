import type { DataPreview } from '../../main/api/views.ts';

/** Group of columns that are read together: one column, or a run of columns that each hold one value of a signal. */
export interface ColumnGroup {
  /** Name on show, `gauge.1 … gauge.56` for a run. */
  readonly name: string;
  readonly columns: readonly string[];
  /** The roles as first understood, column by column. */
  readonly guessed: readonly string[];
  /** The modality of a run of columns; undefined for a single column. */
  readonly modality?: string;
  readonly examples: readonly string[];
}

const oneValue = /^([a-z][a-z0-9-]*):\d+$/;

/** Groups of the preview's columns: runs of single values are taken together so that the table stays readable. */
export function columnGroups(columns: DataPreview['columns']): ColumnGroup[] {
  const groups: ColumnGroup[] = [];
  for (const { name, role, examples } of columns) {
    const modality = oneValue.exec(role)?.[1];
    const before = groups.at(-1);
    if (before && modality !== undefined && before.modality === modality) {
      groups[groups.length - 1] = {
        ...before,
        name: `${before.columns[0]} … ${name}`,
        columns: [...before.columns, name],
        guessed: [...before.guessed, role],
        examples: [...before.examples, ...examples.slice(0, 1)].slice(0, 4),
      };
    } else {
      groups.push({ name, columns: [name], guessed: [role], examples, ...(modality ? { modality } : {}) });
    }
  }
  return groups;
}

/** The modalities that some column holds, in the order of the plan. */
export function modalitiesHeld(
  roles: Readonly<Record<string, string>>,
  planned: readonly string[],
): string[] {
  const held = new Set(Object.values(roles).map((role) => role.split(':')[0]));
  return planned.filter((modality) => held.has(modality));
}
