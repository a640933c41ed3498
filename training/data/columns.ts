import { FedReconError } from '../../protocol/errors.ts';
import type { Modality, Plan } from '../../protocol/plan.ts';
import { trainingKind } from '../kinds/index.ts';

/**
 * Role of a column of the manifest, in messages a short text: `id`; `ignore`; `camera`, a modality of the plan;
 * `gauge:12`, the twelfth value of a signal.
 */
type ColumnRole = 'id' | 'ignore' | { readonly modality: Modality; readonly value?: number };

/** Columns of the id and of each modality. */
export interface Binding {
  /** Index of the column with the part's id; without one a part is named after its row. */
  readonly id: number | undefined;
  readonly modalities: readonly BoundModality[];
}

interface BoundModality {
  readonly modality: Modality;
  /** Indices of its columns: a single one, or one for each value in the order of the values. */
  readonly columns: readonly number[];
}

/** Reads a role; undefined where the plan has no such modality or value. */
export function parseRole(plan: Plan, text: string): ColumnRole | undefined {
  if (text === 'id' || text === 'ignore') return text;
  const [name, value] = text.split(/:(?=\d+$)/);
  const modality = plan.modalities.find((entry) => entry.name === name);
  if (!modality) return undefined;
  if (value === undefined) return { modality };
  const index = Number(value);
  return index >= 1 && index <= trainingKind(modality).columns(modality)
    ? { modality, value: index }
    : undefined;
}

/**
 * Binds the columns of a manifest to the plan; columns without a role are ignored.
 * @throws FedReconError `column-missing`, `column-role`, `column-twice`, `signal-columns`, `columns-unusable`
 */
export function bindColumns(
  plan: Plan,
  header: readonly string[],
  roles: Readonly<Record<string, string>>,
): Binding {
  const byRole = new Map<string, number>();
  for (const [column, role] of Object.entries(roles)) {
    const index = header.indexOf(column);
    if (index < 0) throw new FedReconError('column-missing', { column });
    if (parseRole(plan, role) === undefined) throw new FedReconError('column-role', { column, role });
    if (role === 'ignore') continue;
    const other = byRole.get(role);
    if (other !== undefined) throw new FedReconError('column-twice', { column, other: header[other]!, role });
    byRole.set(role, index);
  }
  const modalities = plan.modalities.flatMap((modality) => bindModality(modality, byRole) ?? []);
  if (modalities.length === 0) {
    const names = plan.modalities.map(({ name }) => name).join(', ');
    throw new FedReconError('columns-unusable', { modalities: names });
  }
  return { id: byRole.get('id'), modalities };
}

function bindModality(modality: Modality, byRole: ReadonlyMap<string, number>): BoundModality | undefined {
  const { name } = modality;
  const expected = trainingKind(modality).columns(modality);
  const separate = Array.from({ length: expected }, (_, index) => byRole.get(`${name}:${index + 1}`));
  const whole = byRole.get(name);
  const given = separate.find((index) => index !== undefined);
  if (given === undefined) return whole === undefined ? undefined : { modality, columns: [whole] };
  if (whole !== undefined) throw new FedReconError('column-role', { column: name, role: name });
  const missing = separate.indexOf(undefined) + 1;
  if (missing > 0) throw new FedReconError('signal-columns', { modality: name, expected, missing });
  return { modality, columns: separate as number[] };
}
