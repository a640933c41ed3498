import { type SurveyedRow, surveyManifest } from '../../../training/data/survey.ts';
import type { CheckedInput } from '../../api/contract.ts';
import type { ImportEffect, ModalityEffect, ProblemView } from '../../api/views.ts';
import type { Store } from '../../store/store.ts';
import { planInUse } from '../context.ts';
import { problemView } from './problem-view.ts';

/** A person reads no more. */
const problemsShown = 1000;

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
  let [read, parts, known, problemCount] = [0, 0, 0, 0];
  const problems: ProblemView[] = [];
  for await (const some of surveyManifest({ plan, folder, manifest, columns, reading })) {
    const held = store.parts.heldOf(some.parts.map(({ id }) => id));
    read += some.read;
    parts += some.parts.length;
    for (const row of some.parts) {
      const own = held.get(row.id);
      if (own) known += 1;
      count(row, own ?? new Set(), of);
    }
    problemCount += some.problems.length;
    problems.push(...some.problems.slice(0, problemsShown - problems.length).map(problemView));
    // A long list must not hold up the window.
    await new Promise(setImmediate);
  }
  const inOrder = plan.modalities.flatMap(({ name }) => counts.get(name) ?? []);
  return {
    parts: { known, new: parts - known },
    modalities: inOrder,
    ...{ read, problems, problemCount },
  };
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
