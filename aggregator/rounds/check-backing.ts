import type { Backing } from '../../protocol/backing.ts';
import { FedReconError } from '../../protocol/errors.ts';
import { type ModuleName, parseModuleName } from '../../protocol/modules.ts';
import type { StageName } from '../../protocol/schedule.ts';

/**
 * Checks that this plant can have the backing it claims, so that bridges are marked correctly: a pair is measured only
 * where both are held, and a part is completed only in stage 3, for a mapping, by another source that is held.
 * @throws FedReconError `backing-refused` naming the field
 */
export function checkBacking(
  module: ModuleName,
  stage: StageName,
  has: readonly string[],
  { measured, completed }: Backing,
): void {
  const role = parseModuleName(module);
  const teachers = Object.keys(completed);
  const canComplete = (teacher: string) =>
    role?.role === 'mapping' &&
    stage === 'completion' &&
    has.includes(teacher) &&
    teacher !== role.source &&
    teacher !== role.target;
  const holdsPair = role?.role !== 'mapping' || (has.includes(role.target) && has.includes(role.source));
  const wrong =
    measured > 0 && !holdsPair ? 'measured' : teachers.every(canComplete) ? undefined : 'completed';
  if (wrong) throw new FedReconError('backing-refused', { module, field: wrong });
}
