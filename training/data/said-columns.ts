import { FedReconError } from '../../protocol/errors.ts';
import type { ReadingSettings } from './manifest/reading-settings.ts';

/** What a person has said of the columns of a table. */
export interface SaidColumns {
  /** By column name, what it is: a role under a plan, else a kind of measurement, `id` or `ignore`. */
  readonly columns: Readonly<Record<string, string>>;
  /** Column of the part's id; null: the parts have none. Undefined where nothing was said. */
  readonly id: string | null | undefined;
}

/** Names of columns that a refusal lists. */
const mostNamed = 12;

/** Some names as a refusal lists them. */
export function someNames(names: readonly string[]): string {
  return names.slice(0, mostNamed).join(', ') + (names.length > mostNamed ? ', …' : '');
}

/** Refuses a name that no column has: what was said of it would count for nothing. @throws FedReconError `column-missing` */
export function checkNames(header: readonly string[], { columns, id }: SaidColumns): void {
  const named = [...Object.keys(columns), ...(typeof id === 'string' ? [id] : [])];
  const column = named.find((name) => !header.includes(name));
  if (column !== undefined) throw new FedReconError('column-missing', { column, columns: someNames(header) });
}

/**
 * Roles of all columns: as found, but for those that a person has given; at most one of them is the id.
 * @throws FedReconError `column-missing`
 */
export function rolesWith(
  found: readonly { readonly name: string; readonly role: string }[],
  said: SaidColumns,
): Record<string, string> {
  checkNames(
    found.map(({ name }) => name),
    said,
  );
  const { columns, id } = said;
  const roles = found.map(({ name, role }): [string, string] => {
    if (Object.hasOwn(columns, name)) return [name, columns[name]!];
    if (id === undefined || (role !== 'id' && name !== id)) return [name, role];
    return [name, name === id ? 'id' : 'ignore'];
  });
  return Object.fromEntries(roles);
}

/** How a table is read whose column of ids a person has named: what follows from ids rests on that column. */
export function readingBy(
  reading: ReadingSettings | undefined,
  id: string | null | undefined,
): ReadingSettings | undefined {
  return typeof id !== 'string' || reading?.partColumn !== undefined
    ? reading
    : { ...reading, partColumn: id };
}

/** Column that has the role of the id. */
export function idIn(columns: Readonly<Record<string, string>>): string | undefined {
  return Object.keys(columns).find((name) => columns[name] === 'id');
}
