/**
 * Fields that a plan once had elsewhere, by their old path, and what to write instead. Whoever brings an older plan is told
 * the cure here; a number that kept its name and only stands under `research` now needs no row.
 */
const cures: ReadonlyMap<string, string> = new Map([
  ['mapping.input', 'it has moved: write research.mappingInput'],
  ['completion', 'there is no such section any more: leave it out'],
  ['completion.refine', 'it has moved: write research.refine'],
  ['completion.distillation', 'it has moved: write research.refineDistillation'],
  ['completion.cycle', 'it has moved: write research.cycle'],
  ['continual.distillation', 'it has moved: write research.mappingDistillation'],
  [
    'server',
    'other rules than momentum are no option any more: leave it out, or write research.serverMomentum',
  ],
  ['server.momentum', 'it has moved: write research.serverMomentum, and leave "server" out'],
  ['serverByRole', 'one rule holds for all modules now: leave it out, or write research.serverMomentum'],
  [
    'reconstruction.fusion',
    'how sources are fused is one number now: leave it out, or write research.errorCorrelation above 0',
  ],
  ['training.contrastiveTemperature', 'it is no option any more: leave it out'],
  ['training.distributionDistance', 'it is no option any more: leave it out'],
]);

/** Old paths of fields, as in `mapping.input`. */
export const movedFields: readonly string[] = [...cures.keys()];

/**
 * What to do about a field that stood at `path` in an older plan and had `value`; of a section that is gone, about the first
 * of its fields that has moved. Undefined where no plan ever had such a field.
 */
export function movedField(
  path: string,
  value: unknown,
): { readonly field: string; readonly problem: string } | undefined {
  const inside = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  const field = [...inside.map((key) => `${path}.${key}`), path].find((known) => cures.has(known));
  return field === undefined ? undefined : { field, problem: cures.get(field)! };
}
