import type { Plan } from '../../protocol/plan.ts';
import { type ImportPreview, preview } from '../../training/data/preview.ts';
import { rolesWith } from '../../training/data/said-columns.ts';
import { standardPlan } from '../../training/pilot/standard-plan.ts';
import type { PilotLook } from '../api/views/pilot.ts';
import type { PilotRequest } from './pilot-check.ts';

/** Folder as a pilot check would read it, with its problems as they are kept. */
interface FoundInFolder extends Pick<PilotLook, 'roles' | 'lengths'> {
  readonly found: ImportPreview;
}

/**
 * Looks at a folder as {@link checkPilot} would read it, so that a person can correct it first; nothing is written.
 * @throws FedReconError what a folder that cannot be read is refused for
 */
export async function lookAtFolder({
  folder,
  manifest,
  reading,
  said = { columns: {}, id: undefined },
  plan: given,
}: Pick<PilotRequest, 'folder' | 'manifest' | 'reading' | 'said' | 'plan'>): Promise<FoundInFolder> {
  if (given) {
    const first = await preview(given.plan, folder, manifest, {}, { reading });
    const roles = rolesWith(first.columns, said);
    const found = await preview(given.plan, folder, first.manifest, roles, { reading });
    return { found, roles, lengths: lengthsOf(given.plan) };
  }
  const {
    plan,
    manifest: table,
    columns,
  } = await standardPlan(folder, manifest, reading, { least: 0, said });
  const found = await preview(plan, folder, table, columns, { reading });
  const kinds = new Map<string, string>(plan.modalities.map(({ name, kind }) => [name, kind]));
  const roles = Object.entries(columns).map(([name, role]): [string, string] => [
    name,
    kinds.get(role.split(':')[0]!) ?? role,
  ]);
  return { found, roles: Object.fromEntries(roles), lengths: lengthsOf(plan) };
}

function lengthsOf({ modalities }: Plan): Record<string, number> {
  return Object.fromEntries(
    modalities.flatMap((one) =>
      'length' in one && typeof one.length === 'number' ? [[one.name, one.length]] : [],
    ),
  );
}
