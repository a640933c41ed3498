import { isWords, type Modality } from '../../protocol/kinds/index.ts';
import { modalityOf } from '../../protocol/plan.ts';
import { likelyWords, vocabularyOf } from '../cells/likely-words.ts';
import { channelQualities } from '../evaluation/channel-quality.ts';
import { scoreParts, worstFirst } from '../evaluation/part-scores.ts';
import type { ScoredSet } from '../evaluation/score.ts';
import { type Dataset, heldModalities, partsWith } from '../learning/datasets.ts';
import { meanRow, row } from '../learning/row-table.ts';
import { mean } from '../measures/statistics.ts';
import type { HoldoutQuality } from './pilot-facts.ts';
import { type PlantParts, shownValues } from './show.ts';

/** Parts that a model was trained on here, and parts that it is evaluated on. */
export interface HoldoutParts {
  readonly given: PlantParts;
  readonly training: Dataset;
  readonly test: Dataset;
  /** Row in the plant's data set of a part of `test`. */
  rowOf(part: number): number;
}

const examplesShown = 4;

/** Places of the examples in the order from the worst to the best part, as shares of it. */
const places = [0.05, 0.35, 0.65, 0.95] as const;

/** Quality of one modality's reconstruction beside that of the mean over the parts trained on. */
export function qualityFacts(
  { given, training, test, rowOf }: HoldoutParts,
  { target: name, parts, mean: means, scores }: ScoredSet,
): HoldoutQuality {
  const modality = modalityOf(given.plan, name);
  const { values } = test.modalities[name]!;
  const average = meanRow(training.modalities[name]!.values, partsWith(training, name));
  const averaged = scoreParts(
    modality,
    parts,
    (part) => row(values, part),
    () => average,
  );
  const order = worstFirst(scores[0]);
  const chosen = [...new Set(places.map((place) => order[Math.floor(place * order.length)]!))];
  const others = heldModalities(given.plan, training).filter((other) => other !== name);
  const taught = partsWith(training, name).filter((part) =>
    others.some((other) => training.modalities[other]!.present[part] === 1),
  );
  const words = notesIn(given, modality);
  return {
    modality: name,
    parts: parts.length,
    trainedOn: taught.length,
    figures: scores.map(({ measure, values: own }, place) => ({
      measure,
      reconstructed: mean(own),
      mean: mean(averaged[place]!.values),
    })),
    channels: channelQualities(
      modality,
      Array.from(parts, (part) => row(values, part)),
      Array.from(parts, (part) => row(means, part)),
      average,
    ),
    examples: chosen.slice(0, examplesShown).map((index) => {
      const part = parts[index]!;
      const record = given.records[rowOf(part)]!;
      const written = record.values[name];
      const text = typeof written === 'string' ? written : '';
      const guess = row(means, part);
      return {
        id: record.id,
        truth: shownValues(modality, row(values, part), text),
        reconstructed: shownValues(modality, guess, words(guess)),
      };
    }),
  };
}

const wordsShown = 6;
/** Probability from which a word is shown. */
const likely = 0.4;

/** Text of reconstructed notes: the words of this plant that are likely in them; empty for other kinds. */
function notesIn({ records }: PlantParts, modality: Modality): (guess: Float32Array) => string {
  if (!isWords(modality)) return () => '';
  const notes = records.flatMap(({ values: { [modality.name]: note } }) =>
    typeof note === 'string' ? note : [],
  );
  const vocabulary = vocabularyOf(notes, modality);
  return (guess) => {
    const found = likelyWords(vocabulary, modality, guess).filter(({ probability }) => probability > likely);
    return found
      .slice(0, wordsShown)
      .map(({ word }) => word)
      .join(' · ');
  };
}
