import { z } from 'zod';
import { modalityName } from '../../protocol/kinds/fields.ts';
import { moduleBacking, moduleNameText, sha256Hex } from '../../protocol/messages.ts';
import { measureNames } from '../measures/measure-table.ts';
import { channelQuality } from './channel-quality.ts';

/**
 * Model card: a plant's evaluation of a model version on its own parts, none of which it was trained on here. It is
 * made at the plant, signed there and stays there.
 */

export const comparison = z.enum(['better', 'as-good', 'worse', 'cannot-tell']);
export type Comparison = z.infer<typeof comparison>;

const count = z.int().nonnegative();
const share = z.number().min(0).max(1);
/** Row of a part in the data sets, one after the other, at the time of the evaluation. */
const partRow = z.int().nonnegative();

/** Estimate: a mean over parts, with the bootstrap's 95 % interval. */
export const estimate = z.strictObject({ mean: z.number(), low: z.number(), high: z.number() });
export type Estimate = z.infer<typeof estimate>;

const score = z.strictObject({
  measure: z.enum(measureNames),
  value: estimate,
  /** Value of the version in use, on the same parts. */
  reference: z.number().nullable(),
  /** Gain over the version in use, part by part: above 0 is better for every measure. */
  gain: estimate.nullable(),
});
export type Score = z.infer<typeof score>;

/** Scores of a target reconstructed from some sources. */
const sourceSet = z.strictObject({
  sources: z.array(modalityName).min(1),
  /** Modality that a bridge leads through, by source. */
  bridges: z.record(modalityName, modalityName),
  parts: count,
  /** Scores by measure; the comparison rests on the first. */
  scores: z.array(score).min(1),
});
export type SourceSet = z.infer<typeof sourceSet>;

/**
 * Coverage: mean share of a part's values within the interval that should hold `nominal` of them, calibrated on one
 * half of the plant's held-out parts and counted on the other.
 */
const coverage = z.strictObject({ nominal: share, share, parts: count });

/**
 * Calibration of the confidence: in bins of equally many parts by confidence, the mean confidence and the share whose
 * error really was within `tolerance` (root mean square, in shares of full scale; of texts and categories in nats).
 */
const calibration = z.strictObject({
  tolerance: z.number().positive(),
  bins: z.array(z.strictObject({ confidence: share, within: share, parts: count })).min(1),
});

const target = z.strictObject({
  modality: modalityName,
  /** True if some part of this plant lacks it, so that it is reconstructed here. */
  wanted: z.boolean(),
  /** Sets of sources: all together first, then each alone. */
  sets: z.array(sourceSet).min(1),
  comparison,
  /** Qualities of unlike channels, from all sources together, the worst first; empty where values are judged together. */
  channels: z.array(channelQuality),
  coverage: coverage.nullable(),
  calibration: calibration.nullable(),
  /** Mean of the first measure in each group of the card; null where no part of the group has this modality. */
  byGroup: z.array(
    z.strictObject({ parts: count, value: z.number().nullable(), reference: z.number().nullable() }),
  ),
  /** Worst cases, the worst first; place k is row k of the pictures. */
  worst: z.array(z.strictObject({ part: partRow, value: z.number(), reference: z.number().nullable() })),
});
export type TargetCard = z.infer<typeof target>;

export const evaluation = z.strictObject({
  parts: z.strictObject({ heldOut: count, used: count }),
  targets: z.array(target),
  /** Modalities that are reconstructed here, but cannot be evaluated on held-out parts. */
  unevaluated: z.array(modalityName),
  /** Groups of parts that look alike to the model, found without labels. Place k is row k of the examples' pictures. */
  groups: z
    .strictObject({
      by: modalityName,
      members: z.array(z.array(partRow).min(1)),
      examples: z.array(partRow),
    })
    .nullable(),
  comparison,
});
export type Evaluation = z.infer<typeof evaluation>;

/**
 * What a card shows of single parts. It stands beside the card, which names its hash: when one of the parts is deleted it goes,
 * and the card with its figures stays as it was signed.
 */
export const cardExamples = z.strictObject({
  /** Names at this plant of the parts that the evaluation shows, by row. */
  partNames: z.record(z.string(), z.string()),
  /** Words that set each group's notes apart. */
  groupWords: z.array(z.array(z.string())),
  /** SHA-256 of the file of pictures. */
  pictures: sha256Hex,
});
export type CardExamples = z.infer<typeof cardExamples>;

export const modelCard = z.strictObject({
  format: z.literal('fedrecon-model-card/1'),
  plant: z.string(),
  planHash: sha256Hex,
  version: z.int().nonnegative(),
  round: z.int().nonnegative(),
  /** SHA-256 over the hashes of all modules that reconstruct. */
  modelHash: sha256Hex,
  /** Version in use at that time, or null. */
  reference: z.strictObject({ version: z.int().nonnegative(), modelHash: sha256Hex }).nullable(),
  evaluatedAt: z.iso.datetime(),
  backing: z.record(moduleNameText, moduleBacking),
  evaluation,
  /** SHA-256 of the canonical JSON of its examples. */
  examples: sha256Hex,
});
export type ModelCard = z.infer<typeof modelCard>;
