import { FedReconError } from '../../protocol/errors.ts';
import { namedInErrors } from '../../protocol/kinds/named-in-errors.ts';
import type { Modality, Plan } from '../../protocol/plan.ts';
import { trainingKind } from '../kinds/index.ts';
import { someNames } from './said-columns.ts';

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
 * @throws FedReconError `column-missing`, `column-role`, `column-twice`, `signal-count`, `signal-columns`, `columns-unusable`
 */
export function bindColumns(
  plan: Plan,
  header: readonly string[],
  roles: Readonly<Record<string, string>>,
): Binding {
  for (const modality of plan.modalities) checkCount(modality, roles);
  const byRole = new Map<string, number>();
  // Of columns of one name the first is meant.
  const places = new Map(header.map((name, place) => [name, place] as const).reverse());
  for (const [column, role] of Object.entries(roles)) {
    const index = places.get(column);
    if (index === undefined)
      throw new FedReconError('column-missing', { column, columns: someNames(header) });
    if (parseRole(plan, role) === undefined) throw roleUnknown(plan, column, role);
    if (role === 'ignore') continue;
    const other = byRole.get(role);
    if (other !== undefined) throw new FedReconError('column-twice', { column, other: header[other]!, role });
    byRole.set(role, index);
  }
  const modalities = plan.modalities.flatMap((modality) => bindModality(modality, header, byRole) ?? []);
  if (modalities.length === 0) {
    const names = plan.modalities.map(({ name }) => name).join(', ');
    throw new FedReconError('columns-unusable', { modalities: names });
  }
  return { id: byRole.get('id'), modalities };
}

function roleUnknown({ modalities }: Plan, column: string, role: string): FedReconError {
  return new FedReconError('column-role', {
    column,
    role,
    roles: modalities.map(({ name }) => name).join(', '),
  });
}

/** As many columns as the plan has values: of more, nobody can say which of them it means. @throws FedReconError `signal-count` */
function checkCount(modality: Modality, roles: Readonly<Record<string, string>>): void {
  const { name } = modality;
  const expected = trainingKind(modality).columns(modality);
  if (mayBeFewer(modality)) return;
  const own = Object.entries(roles).filter(([, role]) => isValueOf(name, role));
  if (expected === 0 || !own.some(([, role]) => placeIn(role) > expected)) return;
  const last = own.at(-1)![0];
  if (own.length !== expected)
    throw new FedReconError('signal-count', {
      ...{ ...namedInErrors(modality), expected, actual: own.length, first: own[0]![0], last },
    });
  const taken = new Set(own.map(([, role]) => placeIn(role)));
  const missing = Array.from({ length: expected }, (_, index) => index + 1).find(
    (place) => !taken.has(place),
  );
  throw new FedReconError('signal-columns', { ...namedInErrors(modality), expected, missing: missing ?? 0 });
}

function mayBeFewer(modality: Modality): boolean {
  return trainingKind(modality).columnsMayBeFewer?.(modality) ?? false;
}

function isValueOf(modality: string, role: string): boolean {
  return role.startsWith(`${modality}:`) && /:\d+$/.test(role);
}

function placesOf(modality: string, byRole: ReadonlyMap<string, number>): number[] {
  return [...byRole.keys()].filter((role) => isValueOf(modality, role)).map(placeIn);
}

function placeIn(role: string): number {
  return Number(role.slice(role.lastIndexOf(':') + 1));
}

function bindModality(
  modality: Modality,
  header: readonly string[],
  byRole: ReadonlyMap<string, number>,
): BoundModality | undefined {
  const { name } = modality;
  const expected = mayBeFewer(modality)
    ? Math.max(0, ...placesOf(name, byRole))
    : trainingKind(modality).columns(modality);
  const separate = Array.from({ length: expected }, (_, index) => byRole.get(`${name}:${index + 1}`));
  const whole = byRole.get(name);
  const given = separate.find((index) => index !== undefined);
  if (given === undefined) return whole === undefined ? undefined : { modality, columns: [whole] };
  if (whole !== undefined)
    throw new FedReconError('column-twice', { column: header[whole]!, other: header[given]!, role: name });
  const missing = separate.indexOf(undefined) + 1;
  if (missing > 0)
    throw new FedReconError('signal-columns', { ...namedInErrors(modality), expected, missing });
  return { modality, columns: separate as number[] };
}
