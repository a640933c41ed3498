import { z } from 'zod';

/**
 * The section `research` of a plan: the method's own numbers and what was tried beside it. Nobody at a plant needs it;
 * its defaults are what the published measurements are of, and `npm run bench:reconstruction -- --ablate` measures
 * most of the rest.
 */

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

const weight = z.number().min(0).max(1000);

export const research = z
  .strictObject({
    /**
     * What a mapping reads of its source. `measurement`: what was measured, as it is; of a convolutional modality,
     * whose values no dense layer should read, the features. `features`: the encoder's last hidden layer.
     * `latent`: the posterior's mean, as in the paper.
     */
    mappingInput: z.enum(['features', 'latent', 'measurement']).default('measurement'),

    /** Weight of the KL term once warmed up. */
    beta: z.number().min(0).max(10).default(0.1),
    /** Rounds over which the KL weight rises from 0 to `beta`. */
    betaWarmupRounds: z.int().min(0).default(5),
    /** Nats a latent dimension may carry before the KL term holds it back: free bits. */
    freeBits: z.number().min(0).max(10).default(0),
    /** Stage 1, freezing of the global generator. */
    freezing: freezing.default({ rule: 'distillation', weight: 1 }),

    /** Stages 2 and 3, weight of the target's likelihood through its decoder. */
    decoderWeight: weight.default(1),
    /** Stages 2 and 3, weight λ of the regression to the mean of the target's posterior. */
    latentWeight: weight.default(2),
    /** Stages 2 and 3, weight of telling a part's own latent from those of the other parts in the batch. */
    contrastiveWeight: weight.default(0),
    /** Stages 2 and 3, weight of the divergence of the mapped Gaussian from the target's posterior. */
    distributionWeight: weight.default(0),
    /** Stages 2 and 3, weight of what holds mappings near the round's global ones, on draws from the prior. */
    mappingDistillation: weight.default(0),

    /** Stage 3, whether plants that measure a modality beside others go on training its encoder and decoder. */
    refine: z.boolean().default(false),
    /** Weight of what then holds them near the round's global ones, on draws from the prior. */
    refineDistillation: weight.default(1),
    /**
     * Stage 3, weight of cycle consistency where a plant teaches a mapping to what it lacks: mapped there and back
     * again, its measurement must return. A plant then also fetches the encoders of what it lacks and the mappings
     * from there.
     */
    cycle: weight.default(0),

    /** Whether a plant's optimiser moments live on from round to round or start afresh in each. */
    moments: z.enum(['kept', 'reset']).default('kept'),
    /** Weight μ of FedProx's pull towards the round's global parameters. */
    proximal: weight.default(0),
    /** Share of its last step that the aggregator goes on with (FedAvgM); 0: the plants' average as it is (FedAvg). */
    serverMomentum: z.number().min(0).max(0.999).default(0.5),
    /** Moving average a round of the modules that reconstruct: share that stays. */
    servingEma: z.number().min(0).max(0.99).default(0.5),

    /** Correlation that the errors of two sources of one part are taken to have where they become one estimate. */
    errorCorrelation: z.number().min(0).max(0.9).default(0),
  })
  .refine(
    ({ decoderWeight, latentWeight, contrastiveWeight, distributionWeight }) =>
      decoderWeight + latentWeight + contrastiveWeight + distributionWeight > 0,
    {
      path: ['latentWeight'],
      error:
        'mappings learn nothing unless decoderWeight, latentWeight, contrastiveWeight or distributionWeight is above 0',
    },
  );

export type MappingInput = z.infer<typeof research>['mappingInput'];
