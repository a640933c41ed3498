import { readFile } from 'node:fs/promises';
import { isWords } from '../../../protocol/kinds/index.ts';
import type { ModelManifest } from '../../../protocol/messages.ts';
import { wordsOf } from '../../../training/cells/words.ts';
import {
  type CardExamples,
  type Evaluation,
  evaluation,
  type ModelCard,
} from '../../../training/evaluation/model-card.ts';
import type { EvaluateResult } from '../../../training/process/messages.ts';
import { modelHash } from '../../log/sign-off.ts';
import type { Enrolment } from '../../store/enrolment.ts';
import type { Store } from '../../store/store.ts';

/** Number of words that name a group. */
const wordsShown = 4;
/**
 * Least lift of a naming word: how much more often it stands in a group's notes than in all, as a share of the notes.
 */
const leastLift = 0.15;

/** Makes the card from the findings of the training process, and takes its pictures into the store. */
export async function composeCard(
  store: Store,
  { plant, plan, planHash }: Enrolment,
  manifest: ModelManifest,
  reference: ModelManifest | undefined,
  { report, pictures, rows }: EvaluateResult & { readonly rows: readonly number[] },
): Promise<{ card: Omit<ModelCard, 'examples'>; examples: CardExamples }> {
  const found = evaluation.parse(JSON.parse(await readFile(report, 'utf8')));
  const nameOf = (row: number) => {
    const part = rows[row];
    return (part !== undefined && store.parts.get(part)?.name) || String(row);
  };
  const shown = [
    ...found.targets.flatMap(({ worst }) => worst.map(({ part }) => part)),
    ...(found.groups?.examples ?? []),
  ];
  const texts = plan.modalities.filter(isWords).map(({ name }) => name);
  const card = {
    format: 'fedrecon-model-card/1' as const,
    ...{ plant, planHash, version: manifest.version, round: manifest.round },
    modelHash: modelHash(manifest),
    reference: reference ? { version: reference.version, modelHash: modelHash(reference) } : null,
    evaluatedAt: new Date().toISOString(),
    backing: manifest.backing,
    evaluation: found,
  };
  const examples = {
    partNames: Object.fromEntries([...new Set(shown)].map((row) => [String(row), nameOf(row)])),
    groupWords: groupWords(store, found, rows, texts),
    pictures: (await store.files.adopt(pictures)).sha256,
  };
  return { card, examples };
}

/** Words that a group's notes have and the others' have less, for each group. */
function groupWords(
  store: Store,
  { groups }: Evaluation,
  rows: readonly number[],
  texts: readonly string[],
): string[][] {
  if (!groups) return [];
  const notes = groups.members.map((members) =>
    members.map((row) => {
      const part = rows[row];
      const measured = part === undefined ? undefined : store.parts.measurements(part);
      const written = texts.map((name) => measured?.get(name)).filter((value) => typeof value === 'string');
      return new Set(written.flatMap((text) => wordsOf(text, 64)));
    }),
  );
  const all = sharesOf(notes.flat());
  return notes.map((own) =>
    [...sharesOf(own)]
      .map(([word, share]) => ({ word, lift: share - all.get(word)! }))
      .filter(({ lift }) => lift >= leastLift)
      .sort((a, b) => b.lift - a.lift)
      .slice(0, wordsShown)
      .map(({ word }) => word),
  );
}

/** Share of the notes in which each word stands. */
function sharesOf(notes: readonly ReadonlySet<string>[]): Map<string, number> {
  const shares = new Map<string, number>();
  for (const word of notes.flatMap((words) => [...words]))
    shares.set(word, (shares.get(word) ?? 0) + 1 / notes.length);
  return shares;
}
