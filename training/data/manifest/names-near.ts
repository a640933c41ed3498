import { plainName } from '../../cells/series-names.ts';
import type { ImportProblem } from '../problems.ts';

/** Names of columns or channels that differ only in case, width, blanks or underscores: each pair as a note on the table, since they are read as two. */
export function namesNear(names: readonly string[]): ImportProblem[] {
  const known = new Map<string, string>();
  return names.flatMap((name) => {
    const key = plainName(name);
    const other = known.get(key);
    if (other === undefined) known.set(key, name);
    return other === undefined
      ? []
      : [{ row: 1, column: name, code: 'names-near' as const, detail: { name, other } }];
  });
}
