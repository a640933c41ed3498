import { channelsOf } from '../../protocol/kinds/index.ts';
import type { Modality, Plan } from '../../protocol/plan.ts';
import { usuallyNothing } from '../cells/nothing.ts';
import { plainName } from '../cells/series-names.ts';
import { trainingKind } from '../kinds/index.ts';
import { isOrderName } from './names.ts';
import { findIdentity, type Identity } from './part-identity.ts';

/** What each column seems to be (`ignore` for the unknown), and by what parts are told apart. */
export interface GuessedColumns {
  readonly roles: readonly string[];
  readonly identity: Identity;
}

/**
 * Guesses what each column is: by the names and labels of the plan, then by usual names, then by what the
 * cells look like. Columns that are numbered as the values of a signal keep their numbers, whether or not they fit: that there are
 * too many is for `bindColumns` to refuse.
 */
export function guessColumns(
  plan: Plan,
  header: readonly string[],
  rows: readonly (readonly string[])[],
): GuessedColumns {
  const names = header.map(plainName);
  const roles: (string | undefined)[] = new Array(header.length).fill(undefined);
  const free = () => roles.flatMap((role, index) => (role === undefined ? [index] : []));
  const open = () =>
    plan.modalities.filter(({ name }) => !roles.some((role) => role?.split(':')[0] === name));
  const cellsOf = (index: number) =>
    rows.map((row) => row[index] ?? '').filter((cell) => !usuallyNothing.inReading(cell));

  const areAlike = (modality: Modality, index: number, least: number) => {
    const cells = cellsOf(index);
    const alike = cells.filter((cell) => trainingKind(modality).resembles(modality, cell)).length;
    return cells.length > 0 && alike >= least * cells.length;
  };

  for (const modality of plan.modalities) asWhole(modality, names, roles);
  for (const modality of open()) asChannels(modality, names, roles);
  for (const modality of open()) asNumbered(modality, names, roles);
  const named = findIdentity(header, rows, (column) => roles[column] === undefined);
  if (named.reason === 'name') roles[named.column!] = 'id';

  const guesses: readonly ((modality: Modality, index: number) => boolean)[] = [
    (modality, index) => {
      const { headers, headersAreVague = false } = trainingKind(modality);
      return headers.includes(names[index]!) && (!headersAreVague || areAlike(modality, index, 0.5));
    },
    (modality, index) => !isOrderName(header[index]!) && areAlike(modality, index, 0.8),
  ];
  for (const fits of guesses)
    for (const modality of open()) {
      const candidates = free().filter((index) => fits(modality, index));
      const rivals = open().filter(({ kind }) => kind === modality.kind);
      if (candidates.length === 1 && rivals.length === 1) roles[candidates[0]!] = modality.name;
    }

  const identity =
    named.reason === 'name' ? named : findIdentity(header, rows, (column) => roles[column] === undefined);
  if (identity.column !== undefined) roles[identity.column] = 'id';
  return { roles: roles.map((role) => role ?? 'ignore'), identity };
}

function ownNames({ name, label }: Modality): string[] {
  return [name, label.en, label.ja].map(plainName);
}

/** `camera`, `camera_file`, `カメラ`. */
function asWhole(modality: Modality, names: readonly string[], roles: (string | undefined)[]): void {
  const suffix = '(-(file|path|image|text|values))?';
  const whole = names.findIndex(
    (name, index) =>
      roles[index] === undefined && ownNames(modality).some((candidate) => matches(name, candidate, suffix)),
  );
  if (whole >= 0) roles[whole] = modality.name;
}

/** Columns named as the channels of a signal, which have names of their own. */
function asChannels(modality: Modality, names: readonly string[], roles: (string | undefined)[]): void {
  for (const [place, { name }] of (channelsOf(modality) ?? []).entries()) {
    const column = names.findIndex((own, index) => roles[index] === undefined && own === plainName(name));
    if (column >= 0) roles[column] = `${modality.name}:${place + 1}`;
  }
}

/** `gauge.1`, `gauge_1`, `gauge[1]`, counted from 0 or 1, or by an even step (`gauge_400`, `gauge_405`, …). */
function asNumbered(modality: Modality, names: readonly string[], roles: (string | undefined)[]): void {
  if (trainingKind(modality).columns(modality) === 0) return;
  const found = names.flatMap((name, column) => {
    if (roles[column] !== undefined) return [];
    const match = ownNames(modality)
      .map((candidate) => matches(name, candidate, String.raw`[-.\[(#]*(\d+)[\])]*`))
      .find(Boolean);
    return match ? [{ column, number: Number(match[1]) }] : [];
  });
  const numbers = found.map(({ number }) => number).sort((a, b) => a - b);
  const [first = 1, second = first + 1] = numbers;
  const isEven = numbers.every((number, index) => number === first + index * (second - first));
  const placeOf = (number: number) => {
    if (first > 1 && numbers.length > 1 && isEven) return (number - first) / (second - first) + 1;
    return first === 0 ? number + 1 : number;
  };
  for (const { column, number } of found) roles[column] = `${modality.name}:${placeOf(number)}`;
}

function matches(name: string, own: string, suffix: string): RegExpExecArray | null {
  return own !== '' && name.startsWith(own) ? new RegExp(`^${suffix}$`).exec(name.slice(own.length)) : null;
}
