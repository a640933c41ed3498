import { channelsOf } from '../../protocol/kinds/index.ts';
import type { Modality, Plan } from '../../protocol/plan.ts';
import { isMissing } from '../cells/numbers.ts';
import { trainingKind } from '../kinds/index.ts';

const idHeaders = new Set(
  ['id', 'part', 'part-id', 'partid', 'part-no', 'part-number', 'serial', 'serial-number'].concat(
    ['部品', '部品番号', '部品id', '製造番号', 'シリアル', 'シリアル番号'], // part, part number, serial number
  ),
);

/**
 * Guesses the role of each column: by the names and labels of the plan, then by usual names, then by what the cells
 * look like. Returns a role for each column (`ignore` for the unknown).
 */
export function guessRoles(
  plan: Plan,
  header: readonly string[],
  rows: readonly (readonly string[])[],
): string[] {
  const names = header.map(plainName);
  const roles: (string | undefined)[] = new Array(header.length).fill(undefined);
  const free = () => roles.flatMap((role, index) => (role === undefined ? [index] : []));
  const open = () =>
    plan.modalities.filter(({ name }) => !roles.some((role) => role?.split(':')[0] === name));
  const cellsOf = (index: number) => rows.map((row) => row[index] ?? '').filter((cell) => !isMissing(cell));

  for (const modality of plan.modalities) byName(modality, names, roles);
  const id = names.findIndex((name, index) => roles[index] === undefined && idHeaders.has(name));
  if (id >= 0) roles[id] = 'id';

  const guesses: readonly ((modality: Modality, index: number) => boolean)[] = [
    (modality, index) => trainingKind(modality).headers.includes(names[index]!),
    (modality, index) => {
      const cells = cellsOf(index);
      const alike = cells.filter((cell) => trainingKind(modality).resembles(modality, cell)).length;
      return cells.length > 0 && alike >= 0.8 * cells.length;
    },
  ];
  for (const fits of guesses)
    for (const modality of open()) {
      const candidates = free().filter((index) => fits(modality, index));
      const rivals = open().filter(({ kind }) => kind === modality.kind);
      if (candidates.length === 1 && rivals.length === 1) roles[candidates[0]!] = modality.name;
    }

  if (!roles.includes('id')) {
    const unique = free().find((index) => rows.length > 1 && isUnique(rows.map((row) => row[index] ?? '')));
    if (unique !== undefined) roles[unique] = 'id';
  }
  return roles.map((role) => role ?? 'ignore');
}

/** True if a column's name is a usual one for the part's id. */
export function isIdHeader(name: string): boolean {
  return idHeaders.has(plainName(name));
}

/**
 * Gives roles to columns named after a modality: `camera`, `camera_file`, `カメラ`; for a signal also `gauge.1`,
 * `gauge_1`, `gauge[1]`, counted from 0 or 1.
 */
function byName(modality: Modality, names: readonly string[], roles: (string | undefined)[]): void {
  const own = [modality.name, modality.label.en, modality.label.ja].map(plainName);
  const suffix = '(-(file|path|image|text|values))?';
  const whole = names.findIndex((name) => own.some((candidate) => matches(name, candidate, suffix)));
  if (whole >= 0) {
    roles[whole] = modality.name;
    return;
  }
  // Channels have names of their own, which columns then have too.
  for (const [place, { name }] of (channelsOf(modality) ?? []).entries()) {
    const column = names.findIndex((own, index) => roles[index] === undefined && own === plainName(name));
    if (column >= 0) roles[column] = `${modality.name}:${place + 1}`;
  }
  const count = trainingKind(modality).columns(modality);
  const indices = names.map((name) => {
    const found = own
      .map((candidate) => matches(name, candidate, String.raw`[-.\[(#]*(\d+)[\])]*`))
      .find(Boolean);
    return found ? Number(found[1]) : undefined;
  });
  const base = indices.includes(0) ? 0 : 1;
  indices.forEach((index, column) => {
    if (index !== undefined && roles[column] === undefined && index - base < count)
      roles[column] = `${modality.name}:${index - base + 1}`;
  });
}

function matches(name: string, own: string, suffix: string): RegExpExecArray | null {
  return name.startsWith(own) ? new RegExp(`^${suffix}$`).exec(name.slice(own.length)) : null;
}

function plainName(name: string): string {
  return name
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-');
}

function isUnique(cells: readonly string[]): boolean {
  return cells.every((cell) => cell !== '') && new Set(cells).size === cells.length;
}
