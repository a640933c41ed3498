import { z } from 'zod';
import { documentHash } from './canonical-json.ts';
import { FedReconError } from './errors.ts';
import { layers } from './kinds/fields.ts';
import { type Modality, modality } from './kinds/index.ts';
import { policy } from './policy.ts';
import { fillPreset } from './presets.ts';

export { canonicalJson } from './canonical-json.ts';
export type {
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

export const stageNames = ['generators', 'mappings', 'completion'] as const;
export const stageName = z.enum(stageNames);

/**
 * How stage 1 keeps the global generator from being carried away by the plants of a round. `distillation`: encoder
 * and decoder are held near the round's frozen global ones, on draws from the prior, with a weight. `alternating`:
 * in every second round of the stage decoders are frozen, and encoders alone are trained and sent. `warm-up`:
 * decoders are frozen after the stage's first rounds; a modality that comes later finds its decoder untrained.
 */
const freezing = z.discriminatedUnion('rule', [
  z.strictObject({ rule: z.literal('none') }),
  z.strictObject({ rule: z.literal('distillation'), weight: z.number().positive().max(1000).default(1) }),
  z.strictObject({ rule: z.literal('alternating') }),
  z.strictObject({ rule: z.literal('warm-up'), rounds: z.int().min(1).max(10_000).default(20) }),
]);

const training = z.strictObject({
  batch: z.int().min(4).max(1024).default(64),
  /** Passes over a plant's own parts in one round. */
  localEpochs: z.int().min(1).max(1000).default(2),
  learningRate: z.number().positive().max(0.1).default(2e-3),
  /** Weight of the KL term once warmed up. */
  beta: z.number().min(0).max(10).default(0.1),
  /** Rounds over which the KL weight rises from 0 to `beta`. */
  betaWarmupRounds: z.int().min(0).default(5),
  /** Nats a latent dimension may carry before the KL term holds it back: free bits. */
  freeBits: z.number().min(0).max(10).default(0),
  /** Whether a plant's optimiser moments live on from round to round or start afresh in each. */
  moments: z.enum(['kept', 'reset']).default('kept'),
  /** Weight μ of FedProx's pull towards the round's global parameters; 0 is plain federated averaging. */
  proximal: z.number().min(0).max(1000).default(0),
  /** Stage 1, freezing of the global generator. */
  freezing: freezing.default({ rule: 'distillation', weight: 1 }),
  /** Stage 2, weight of the target's likelihood through its decoder. */
  decoderWeight: z.number().min(0).default(1),
  /** Stage 2, weight λ of the regression to the mean of the target's posterior. */
  latentWeight: z.number().min(0).default(2),
  /** Stage 2, weight of telling a part's own latent from those of the other parts in the batch. */
  contrastiveWeight: z.number().min(0).default(0),
  contrastiveTemperature: z.number().min(0.05).max(10).default(0.1),
  /** Stage 2, weight of the distance between the mapped Gaussian and the target's posterior. */
  distributionWeight: z.number().min(0).default(0),
  distributionDistance: z.enum(['kl', 'wasserstein']).default('kl'),
  /** Moving average a round of the modules that reconstruct: share that stays. */
  servingEma: z.number().min(0).max(0.99).default(0.5),
  seed: z.int().min(0).default(1),
});

const adaptive = {
  learningRate: z.number().positive().max(10).default(0.01),
  beta1: z.number().min(0).max(0.999).default(0.9),
  beta2: z.number().min(0).max(0.9999).default(0.99),
  /** τ of the paper: the smaller, the more every parameter moves alike. */
  epsilon: z.number().positive().max(1).default(1e-3),
};

/**
 * What the aggregator does with the plants' mean change of a module. `average`: takes it as it is (FedAvg).
 * `momentum`: FedAvgM, Hsu et al. 2019, arXiv 1909.06335. `adam`, `yogi`: FedAdam and FedYogi with the defaults of
 * Reddi et al. 2021, arXiv 2003.00295.
 */
export const serverRule = z.discriminatedUnion('rule', [
  z.strictObject({ rule: z.literal('average') }),
  z.strictObject({
    rule: z.literal('momentum'),
    learningRate: z.number().positive().max(10).default(1),
    momentum: z.number().min(0).max(0.999).default(0.9),
  }),
  z.strictObject({ rule: z.literal('adam'), ...adaptive }),
  z.strictObject({ rule: z.literal('yogi'), ...adaptive }),
]);

const completion = z.strictObject({
  /** Whether plants that measure a modality beside others go on training its encoder and decoder in stage 3. */
  refine: z.boolean().default(false),
  /** Weight of what then holds them near the round's global ones, on draws from the prior. */
  distillation: z.number().min(0).default(1),
  /**
   * Weight of cycle consistency where a plant teaches a mapping to what it lacks: mapped there and back again, its
   * measurement must return. A plant then also fetches the encoders of what it lacks and the mappings from there.
   */
  cycle: z.number().min(0).max(1000).default(0),
});

const continual = z.strictObject({
  /**
   * Which of its parts a plant trains on once others have arrived. `all`: every one, in every round. A number: the
   * newest arrivals and that many of the earlier ones, drawn evenly, so that a round's work stays bounded while
   * parts keep coming; 0 leaves the newest alone, and forgets.
   */
  reservoir: z.union([z.literal('all'), z.int().min(0).max(1_000_000)]).default('all'),
  /** Weight of what holds mappings near the round's global ones, on draws from the prior. */
  distillation: z.number().min(0).max(1000).default(0),
});

export const fusionRules = ['correlated', 'precision', 'mean', 'mixture'] as const;

const reconstruction = z.strictObject({
  /**
   * How several sources of one part become one estimate. `correlated`: least variance, their errors being
   * correlated. `precision`: least variance, their errors being independent. `mean`: equal shares.
   * `mixture`: each source decoded by itself, and the results mixed in equal shares.
   */
  fusion: z.enum(fusionRules).default('precision'),
  /**
   * Whether a pair that no plant holds is bridged through a third modality. A plant then also fetches the encoders of
   * what it lacks and the mappings from there.
   */
  bridges: z.boolean().default(false),
});

/** How a plant judges models by itself. Absent fields: see {@link holdOutShare}. */
const evaluation = z.strictObject({
  /** Share of the parts with two modalities or more that a plant never trains on and judges models by. */
  holdOut: z.number().min(0).max(0.5).optional(),
});

export const mappingInputs = ['features', 'latent', 'measurement'] as const;

export const plan = z
  .strictObject({
    format: z.literal('fedrecon-plan/1'),
    name: z.string().min(1).max(120),
    /** Plain words for the plant that is asked to agree. */
    purpose: z.string().max(2000).default(''),
    modalities: z.array(modality).min(2).max(16),
    mapping: z.strictObject({
      /**
       * What a mapping reads of its source. `measurement`: what was measured, as it is; of a convolutional modality,
       * whose values no dense layer should read, the features. `features`: the encoder's last hidden layer.
       * `latent`: the posterior's mean, as in the paper.
       */
      input: z.enum(mappingInputs).default('measurement'),
      hidden: layers,
      /**
       * Up to how many values of a target a mapping also says what the target's latent cannot: a residual, added to
       * the decoder's output. It is as wide as the target, so for large images it would outweigh all else; 0: never.
       */
      residual: z.int().min(0).max(65_536).default(4096),
    }),
    training: training.prefault({}),
    /** The aggregator's optimiser. Each module has a state of its own, which starts afresh with every stage. */
    server: serverRule.default({ rule: 'momentum', learningRate: 1, momentum: 0.5 }),
    /** Other rules for some modules, by their role. */
    serverByRole: z
      .strictObject({
        encoder: serverRule.optional(),
        decoder: serverRule.optional(),
        mapping: serverRule.optional(),
      })
      .default({}),
    completion: completion.prefault({}),
    continual: continual.prefault({}),
    reconstruction: reconstruction.prefault({}),
    evaluation: evaluation.optional(),
    /** The schedule: stages in order, each with its number of rounds; the last one goes on for ever. */
    stages: z
      .array(z.strictObject({ stage: stageName, rounds: z.int().min(1).max(10_000) }))
      .min(1)
      .max(20),
    rounds: z
      .strictObject({
        /** Contributions that are enough to close a round at its deadline; all enrolled plants close it sooner. */
        quorum: z.int().min(1).default(2),
        deadlineSeconds: z.number().positive().default(900),
        /** `automatic`: the next round opens when one closes, until the schedule is over. */
        opening: z.enum(['manual', 'automatic']).default('manual'),
      })
      .prefault({}),
    /** Who may see and export what is reconstructed, what it may help to decide, how long it is kept. */
    policy: policy.prefault({}),
  })
  .superRefine((value, context) => {
    const seen = new Set<string>();
    value.modalities.forEach((entry, index) => {
      if (seen.has(entry.name))
        context.addIssue({
          code: 'custom',
          path: ['modalities', index, 'name'],
          message: `"${entry.name}" is named twice`,
        });
      seen.add(entry.name);
    });
    const { decoderWeight, latentWeight, contrastiveWeight, distributionWeight } = value.training;
    if (decoderWeight + latentWeight + contrastiveWeight + distributionWeight === 0)
      context.addIssue({
        code: 'custom',
        path: ['training', 'latentWeight'],
        message:
          'mappings learn nothing unless decoderWeight, latentWeight, contrastiveWeight or distributionWeight is above 0',
      });
  });

export type Plan = z.infer<typeof plan>;
export type StageName = z.infer<typeof stageName>;
export type ServerRule = z.infer<typeof serverRule>;
export type FusionRule = (typeof fusionRules)[number];

/**
 * Checks a plan document and fills in its preset's numbers, if it names a `preset` ({@link fillPreset}), and its defaults.
 * @throws FedReconError `plan-invalid` naming the first wrong field
 */
export function parsePlan(document: unknown): Plan {
  const result = plan.safeParse(fillPreset(document));
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  throw new FedReconError('plan-invalid', { field: issue.path.join('.') || 'plan', problem: issue.message });
}

/** SHA-256 (hex) of the plan with its defaults filled in and its keys sorted: names it in every message. */
export function planHash(value: Plan): string {
  return documentHash(value);
}

/** @throws FedReconError `modality-unknown` */
export function modalityOf(value: Plan, name: string): Modality {
  const found = value.modalities.find((entry) => entry.name === name);
  if (!found) throw new FedReconError('modality-unknown', { modality: name });
  return found;
}

/** The server's rule for a module. */
export function serverRuleOf({ server, serverByRole }: Plan, module: string): ServerRule {
  const [role] = module.split('/') as [keyof typeof serverByRole];
  return serverByRole[role] ?? server;
}

/** Share of a plant's parts with two modalities or more that it keeps from training: 0.15 unless the plan says otherwise. */
export function holdOutShare({ evaluation }: Plan): number {
  return evaluation?.holdOut ?? 0.15;
}

/** The stage that round `round` (1-based) belongs to, and its place in it. */
export function stageOfRound(
  value: Plan,
  round: number,
): { stage: StageName; index: number; roundInStage: number; last: boolean } {
  let first = 1;
  for (const [index, entry] of value.stages.entries()) {
    const isLastStage = index === value.stages.length - 1;
    if (round < first + entry.rounds || isLastStage) {
      return {
        stage: entry.stage,
        index,
        roundInStage: round - first + 1,
        last: round >= first + entry.rounds - 1,
      };
    }
    first += entry.rounds;
  }
  throw new Error('a plan has at least one stage');
}

/** Rounds in the whole schedule. */
export function scheduledRounds(value: Plan): number {
  return value.stages.reduce((sum, entry) => sum + entry.rounds, 0);
}
