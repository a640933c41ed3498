import { z } from 'zod';
import { documentHash } from './canonical-json.ts';
import { FedReconError } from './errors.ts';
import { issueWords, type ProblemWords } from './issue-words.ts';
import { layers } from './kinds/fields.ts';
import { type Modality, modality } from './kinds/index.ts';
import { formatCure, movedField } from './moved-fields.ts';
import { policy } from './policy.ts';
import { fillPreset } from './presets.ts';
import { research } from './research.ts';
import { stages } from './schedule.ts';

export { canonicalJson } from './canonical-json.ts';
export type {
  CategoryModality,
  ImageModality,
  Modality,
  ModalityKind,
  SignalModality,
  TextModality,
} from './kinds/index.ts';

/**
 * The federation plan: the one human-readable document that headquarters writes and every plant
 * agrees to before it takes part. Architecture, training and rules come from here and nowhere else.
 */
export const plan = z
  .strictObject({
    format: z.literal('fedrecon-plan/2'),
    name: z.string().min(1).max(120),
    /** Purpose of the federation in plain words, for the plant that is asked to agree. */
    purpose: z.string().max(2000).default(''),
    modalities: z.array(modality).min(2).max(16),
    mapping: z.strictObject({
      hidden: layers,
      /**
       * Largest target, in values, for which mappings have a residual: what the target's latent cannot say, added to
       * the decoder's output. It is as wide as the target, so for large images it would outweigh all else; 0: none has
       * one.
       */
      residual: z.int().min(0).max(65_536).default(4096),
    }),
    training: z
      .strictObject({
        batch: z.int().min(4).max(1024).default(64),
        /** Passes over a plant's own parts in one round. */
        localEpochs: z.int().min(1).max(1000).default(2),
        learningRate: z.number().positive().max(0.1).default(2e-3),
        seed: z.int().min(0).default(1),
      })
      .prefault({}),
    continual: z
      .strictObject({
        /**
         * Parts that a plant trains on once others have arrived. `all`: every one, in every round. A number: the newest
         * arrivals and that many of the earlier ones, drawn evenly, so that a round's work stays bounded while parts
         * keep coming; 0 leaves the newest alone, and forgets.
         */
        reservoir: z.union([z.literal('all'), z.int().min(0).max(1_000_000)]).default('all'),
      })
      .prefault({}),
    reconstruction: z
      .strictObject({
        /**
         * True: a pair that no plant holds is bridged through a third modality. A plant then also fetches the encoders
         * of what it lacks and the mappings from there.
         */
        bridges: z.boolean().default(false),
      })
      .prefault({}),
    evaluation: z
      .strictObject({
        /** Share of the parts with two modalities or more that a plant never trains on and judges models by. */
        holdOut: z.number().min(0).max(0.5).default(0.15),
      })
      .prefault({}),
    stages,
    rounds: z
      .strictObject({
        /** Number of contributions that close a round at its deadline; those of all enrolled plants close it sooner. */
        quorum: z.int().min(1).default(2),
        deadlineSeconds: z.number().positive().default(900),
        /** Opening of rounds. `automatic`: the next round opens when one closes, until the schedule is over. */
        opening: z.enum(['manual', 'automatic']).default('manual'),
      })
      .prefault({}),
    /**
     * Data-use policy: who may see and export reconstructions, what they may help to decide, how long they are kept.
     */
    policy: policy.prefault({}),
    research: research.prefault({}),
  })
  .superRefine((value, context) => {
    const seen = new Set<string>();
    value.modalities.forEach((entry, index) => {
      if (seen.has(entry.name))
        context.addIssue({
          code: 'custom',
          path: ['modalities', index, 'name'],
          message: `"${entry.name}" is named twice`,
          params: { problemJa: `「${entry.name}」が 2 回あります` },
        });
      seen.add(entry.name);
    });
  });

export type Plan = z.infer<typeof plan>;

/**
 * Checks a plan document and fills in its preset's numbers, if it names a `preset` ({@link fillPreset}), and its defaults.
 * @throws FedReconError `plan-invalid` naming the first wrong field
 */
export function parsePlan(document: unknown): Plan {
  const result = plan.safeParse(fillPreset(document), { reportInput: true });
  if (result.success) return result.data;
  throw new FedReconError('plan-invalid', wrongField(result.error.issues[0]!, document));
}

/** Field that an issue is about, with its cure; of a field that has moved, its new place. */
function wrongField(issue: z.core.$ZodIssue, document: unknown): { readonly field: string } & ProblemWords {
  if (issue.code !== 'unrecognized_keys') {
    const field = issue.path.join('.') || 'plan';
    return { field, ...(field === 'format' ? formatCure(valueAt(document, issue.path)) : issueWords(issue)) };
  }
  const key = issue.keys[0]!;
  const path = [...issue.path, key];
  const field = path.join('.');
  const moved = movedField(field, valueAt(document, path));
  if (moved) return moved;
  return Object.hasOwn(research.shape, key)
    ? {
        field,
        problem: `it stands under "research": write research.${key}`,
        problemJa: `「research」の中の項目です。research.${key} と書いてください`,
      }
    : {
        field,
        problem: 'a plan has no such field; look for a misspelling, or leave it out',
        problemJa: '計画書にこの項目はありません。綴りを確かめるか、削除してください',
      };
}

function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], document);
}

/** Hash of a plan, by which messages name it: SHA-256 (hex) of it with defaults filled in and keys sorted. */
export function planHash(value: Plan): string {
  return documentHash(value);
}

/** Modality of a plan by its name. @throws FedReconError `modality-unknown` */
export function modalityOf(value: Plan, name: string): Modality {
  const found = value.modalities.find((entry) => entry.name === name);
  if (!found) {
    const known = value.modalities.map((entry) => entry.name).join(', ');
    throw new FedReconError('modality-unknown', { modality: name, known });
  }
  return found;
}
