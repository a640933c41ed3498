import { type SurveyedRow, surveyManifest } from '../../../training/data/survey.ts';
import type { CheckedInput } from '../../api/contract.ts';
import type { ImportEffect, ModalityEffect } from '../../api/views.ts';
import type { Store } from '../../store/store.ts';
import { planInUse } from '../context.ts';

/** What an import would do to what is here, counted over the whole manifest. Reads, and writes nothing. */
export async function importEffect(
  store: Store,
  { folder, manifest, columns, reading }: CheckedInput<'data.effect'>,
): Promise<ImportEffect> {
  const { plan } = planInUse(store);
  const counts = new Map<string, { -readonly [Count in keyof ModalityEffect]: ModalityEffect[Count] }>();
  const of = (modality: string) => {
    const known = counts.get(modality) ?? { modality, added: 0, replaced: 0, blank: 0, unreadable: 0 };
    counts.set(modality, known);
    return known;
  };
  let [rows, known] = [0, 0];
  for await (const some of surveyManifest({ plan, folder, manifest, columns, reading })) {
    const held = store.parts.heldOf(some.map(({ id }) => id));
    rows += some.length;
    for (const row of some) {
      const own = held.get(row.id);
      if (own) known += 1;
      count(row, own ?? new Set(), of);
    }
    // A long list must not hold up the window.
    await new Promise(setImmediate);
  }
  const inOrder = plan.modalities.flatMap(({ name }) => counts.get(name) ?? []);
  return { parts: { known, new: rows - known }, modalities: inOrder };
}

function count(
  { present, blank, unreadable }: SurveyedRow,
  held: ReadonlySet<string>,
  of: (modality: string) => { added: number; replaced: number; blank: number; unreadable: number },
): void {
  for (const modality of present) of(modality)[held.has(modality) ? 'replaced' : 'added'] += 1;
  // Of what is not there, an empty cell says nothing new.
  for (const modality of blank) if (held.has(modality)) of(modality).blank += 1;
  for (const modality of unreadable) if (held.has(modality)) of(modality).unreadable += 1;
}
