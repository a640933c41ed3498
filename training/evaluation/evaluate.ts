import { hasPlaces } from '../../protocol/kinds/index.ts';
import { modalityOf, type Plan } from '../../protocol/plan.ts';
import type { HostTensors } from '../../protocol/tensors.ts';
import { type Dataset, partsWith } from '../learning/datasets.ts';
import { encodeParts } from '../learning/inference.ts';
import { meanRow, row, type Table } from '../learning/row-table.ts';
import { gainOf } from '../measures/measure-table.ts';
import { mean } from '../measures/statistics.ts';
import { bootstrapMean } from './bootstrap.ts';
import { type ChannelQuality, channelQualities } from './channel-quality.ts';
import { comparisonOf, overallComparison } from './comparison.ts';
import { type Group, groupParts } from './groups.ts';
import type { Evaluation, Score, SourceSet, TargetCard } from './model-card.ts';
import { worstFirst } from './part-scores.ts';
import { type ModelVersion, type ScoredSet, scoreModel } from './score.ts';
import { cardTrustOf, unknownTrust } from './trust.ts';

/** Number of worst cases of each target that are kept as pictures. */
const worstShown = 6;

export interface Evaluated {
  /** Evaluation, with parts numbered as in the data set. */
  readonly evaluation: Omit<Evaluation, 'parts'>;
  /**
   * Pictures as tensors `worst/<target>/true`, `…/reconstructed` and `…/sigma`, and `examples`, with a row for each
   * case.
   */
  readonly pictures: HostTensors;
}

/** Parts of a plant, by whether the model was trained on them here. */
interface EvaluationParts {
  readonly held: Dataset;
  readonly learned: Dataset;
}

/**
 * Evaluates a model version on parts that it was not trained on here, beside the version in use.
 * @param wanted modalities that the plant has reconstructed, the one that most parts lack first
 */
export async function evaluate(
  candidate: ModelVersion,
  reference: ModelVersion | undefined,
  { held: dataset, learned }: EvaluationParts,
  wanted: readonly string[],
  progress: (fraction: number) => void,
): Promise<Evaluated> {
  const half = reference ? 0.5 : 1;
  const own = await scoreModel(candidate, dataset, (fraction) => progress(fraction * half));
  const before = reference ? await scoreModel(reference, dataset, (f) => progress(half + f * half)) : [];
  const targets = [...new Set(own.map(({ target }) => target))];
  const { by, groups } = await groupsOf(candidate, dataset, targets);
  const pictures: HostTensors = {};
  const cards: TargetCard[] = [];
  for (const target of targets) {
    const sets = own.filter((set) => set.target === target);
    const first = sets[0]!;
    const old = counterpart(first, before);
    const worst = worstFirst(first.scores[0])
      .slice(0, worstShown)
      .map((place) => first.parts[place]!);
    Object.assign(pictures, picturesOf(dataset, first, worst));
    const described = sets.map((set) => describe(set, counterpart(set, before)));
    const [main] = described[0]!.scores as [Score];
    const isWanted = wanted.includes(target);
    cards.push({
      modality: target,
      wanted: isWanted,
      sets: described,
      comparison: comparisonOf(main, first.parts.length),
      channels: channelsOfSet(candidate.frozen.plan, first, dataset, learned),
      ...(isWanted ? await cardTrustOf(candidate, first, learned, dataset) : unknownTrust),
      byGroup: groups.map(({ members }) => groupScore(members, first, old)),
      worst: worst.map((part) => ({
        part,
        value: scoreOf(first, part)!,
        reference: old ? (scoreOf(old, part) ?? null) : null,
      })),
    });
  }
  if (by !== undefined)
    pictures.examples = rowsOf(
      dataset.modalities[by]!.values,
      groups.map(({ example }) => example),
    );
  return {
    evaluation: {
      targets: cards,
      unevaluated: wanted.filter((name) => !targets.includes(name)),
      groups:
        by === undefined
          ? null
          : {
              by,
              members: groups.map(({ members }) => [...members]),
              examples: groups.map(({ example }) => example),
            },
      comparison: overallComparison(cards, wanted),
    },
    pictures,
  };
}

/** Set of the other version with the same target and sources. */
function counterpart(set: ScoredSet, others: readonly ScoredSet[]): ScoredSet | undefined {
  return others.find(({ target, sources }) => target === set.target && `${sources}` === `${set.sources}`);
}

function describe(set: ScoredSet, old: ScoredSet | undefined): SourceSet {
  return {
    sources: [...set.sources],
    bridges: { ...set.bridges },
    parts: set.parts.length,
    scores: set.scores.map(({ measure, values }, place): Score => {
      const reference = old?.scores[place]?.values;
      return {
        measure,
        value: bootstrapMean(values),
        reference: reference ? mean(reference) : null,
        gain: reference
          ? bootstrapMean(values.map((value, place) => gainOf(measure, value, reference[place]!)))
          : null,
      };
    }),
  };
}

/** Qualities of the unlike channels, beside the mean over the parts trained on; over those held out where there are none. */
function channelsOfSet(
  plan: Plan,
  { target, parts, mean: means }: ScoredSet,
  held: Dataset,
  learned: Dataset,
): ChannelQuality[] {
  const truth = held.modalities[target]!.values;
  const taught = partsWith(learned, target);
  const known = learned.modalities[target];
  const average = known && taught.length > 0 ? meanRow(known.values, taught) : meanRow(truth, parts);
  const rowsIn = (table: Table) => Array.from(parts, (part) => row(table, part));
  return channelQualities(modalityOf(plan, target), rowsIn(truth), rowsIn(means), average);
}

/** Leading score of a part, by which worst cases and groups go; undefined if the set lacks it. */
function scoreOf({ parts, scores }: ScoredSet, part: number): number | undefined {
  return scores[0].values[parts.indexOf(part)];
}

/** Groups of parts by the modality that a person recognises best: an image, else the first target. */
async function groupsOf(
  { frozen, fetched }: ModelVersion,
  dataset: Dataset,
  targets: readonly string[],
): Promise<{ by: string | undefined; groups: Group[] }> {
  const { plan } = frozen;
  const shown = targets.filter((name) => fetched.has(`encoder/${name}`));
  const by = shown.find((name) => hasPlaces(modalityOf(plan, name))) ?? shown[0];
  if (by === undefined) return { by, groups: [] };
  const parts = partsWith(dataset, by);
  const { mean } = await encodeParts(frozen, by, dataset.modalities[by]!.values, parts);
  const groups = groupParts(mean, [...parts], plan.training.seed);
  return { by: groups.length > 0 ? by : undefined, groups };
}

function groupScore(
  members: readonly number[],
  set: ScoredSet,
  old: ScoredSet | undefined,
): TargetCard['byGroup'][number] {
  const values = members.flatMap((part) => scoreOf(set, part) ?? []);
  const before = old ? members.flatMap((part) => scoreOf(old, part) ?? []) : [];
  return {
    parts: values.length,
    value: values.length > 0 ? mean(values) : null,
    reference: before.length > 0 ? mean(before) : null,
  };
}

function picturesOf(
  dataset: Dataset,
  { target, mean, sigma }: ScoredSet,
  parts: readonly number[],
): HostTensors {
  return {
    [`worst/${target}/true`]: rowsOf(dataset.modalities[target]!.values, parts),
    [`worst/${target}/reconstructed`]: rowsOf(mean, parts),
    [`worst/${target}/sigma`]: rowsOf(sigma, parts),
  };
}

function rowsOf(table: Table, parts: readonly number[]): HostTensors[string] {
  const data = new Float32Array(parts.length * table.width);
  for (const [place, part] of parts.entries()) data.set(row(table, part), place * table.width);
  return { shape: [parts.length, table.width], data };
}
