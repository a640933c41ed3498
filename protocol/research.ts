import { z } from 'zod';
import { said } from './issue-words.ts';

/**
 * The section `research` of a plan: the method's own numbers and what was tried beside it. Nobody at a plant needs it;
 * its defaults are what the published measurements are of, and `npm run bench:reconstruction -- --ablate` measures
 * most of the rest.
 */

/**
 * Rule by which stage 1 keeps the global generator from being carried away by the plants of a round. `distillation`:
 * encoder and decoder are held near the round's frozen global ones, on draws from the prior, with a weight.
 * `alternating`: in every second round of the stage decoders are frozen, and encoders alone are trained and sent.
 * `warm-up`: decoders are frozen after the stage's first rounds; a modality that comes later finds its decoder
 * untrained.
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
     * Input of a mapping, from its source. `measurement`: the measured values, as they are; of a convolutional
     * modality, whose values no dense layer should read, the features. `features`: the encoder's last hidden layer.
     * `latent`: the posterior's mean, as in the paper.
     */
    mappingInput: z.enum(['features', 'latent', 'measurement']).default('measurement'),

    /** Weight of the KL term once warmed up. */
    beta: z.number().min(0).max(10).default(0.1),
    /** Rounds over which the KL weight rises from 0 to `beta`. */
    betaWarmupRounds: z.int().min(0).default(5),
    /** Free bits: nats that a latent dimension may carry before the KL term holds it back. */
    freeBits: z.number().min(0).max(10).default(0),
    /** Freezing of the global generator in stage 1. */
    freezing: freezing.default({ rule: 'distillation', weight: 1 }),

    /** Weight of the target's likelihood through its decoder (stages 2 and 3). */
    decoderWeight: weight.default(1),
    /** Weight λ of the regression to the mean of the target's posterior (stages 2 and 3). */
    latentWeight: weight.default(2),
    /**
     * Weight of the contrastive term, which tells a part's own latent from those of the other parts in the batch
     * (stages 2 and 3).
     */
    contrastiveWeight: weight.default(0),
    /** Weight of the divergence of the mapped Gaussian from the target's posterior (stages 2 and 3). */
    distributionWeight: weight.default(0),
    /**
     * Weight of the distillation that holds mappings near the round's global ones, on draws from the prior (stages 2
     * and 3).
     */
    mappingDistillation: weight.default(0),

    /**
     * Refinement in stage 3. True: plants that measure a modality beside others go on training its encoder and decoder.
     */
    refine: z.boolean().default(false),
    /**
     * Weight of the distillation that holds refined encoders and decoders near the round's global ones, on draws from
     * the prior.
     */
    refineDistillation: weight.default(1),
    /**
     * Weight of cycle consistency in stage 3, where a plant trains a mapping to what it lacks: mapped there and back
     * again, its measurement must return. A plant then also fetches the encoders of what it lacks and the mappings from
     * there.
     */
    cycle: weight.default(0),

    /** Optimiser moments of a plant: `kept` from round to round, or `reset` in each. */
    moments: z.enum(['kept', 'reset']).default('kept'),
    /** Weight μ of FedProx's pull towards the round's global parameters. */
    proximal: weight.default(0),
    /**
     * Server momentum: share of its last step that the aggregator goes on with (FedAvgM); 0: the plants' average as it
     * is (FedAvg).
     */
    serverMomentum: z.number().min(0).max(0.999).default(0.5),
    /** Share of the modules that reconstruct that stays in each round's moving average. */
    servingEma: z.number().min(0).max(0.99).default(0.5),

    /** Correlation that the errors of two sources of one part are taken to have where they become one estimate. */
    errorCorrelation: z.number().min(0).max(0.9).default(0),
  })
  .refine(
    ({ decoderWeight, latentWeight, contrastiveWeight, distributionWeight }) =>
      decoderWeight + latentWeight + contrastiveWeight + distributionWeight > 0,
    {
      path: ['latentWeight'],
      error: said(
        'mappings learn nothing unless decoderWeight, latentWeight, contrastiveWeight or distributionWeight is above 0',
        'decoderWeight、latentWeight、contrastiveWeight、distributionWeight のどれかを 0 より大きくしないと、対応関係を学習しません',
      ),
    },
  );

export type MappingInput = z.infer<typeof research>['mappingInput'];
