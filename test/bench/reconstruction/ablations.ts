import type { Patch } from './patch.ts';
import type { Budget } from './setting.ts';

/** FedRecon with one ingredient switched off or replaced. */
export interface Ablation {
  readonly ingredient: string;
  readonly title: string;
  /** Change of the plan; where the schedule changes, it follows from the budget's rounds. */
  readonly patch: Patch | ((rounds: Budget['rounds']) => Patch);
}

const mapping = 'stage 2, losses';
const completion = 'stage 3, completion';

/**
 * Every ingredient with its alternatives. What equals the default is measured once and shown as the default; the
 * default itself need not be listed.
 */
export const ablations: readonly Ablation[] = [
  {
    ingredient: 'what mappings read',
    title: 'the latent mean',
    patch: { mapping: { input: 'latent' } },
  },
  {
    ingredient: 'what mappings read',
    title: 'the encoder’s features',
    patch: { mapping: { input: 'features' } },
  },
  { ingredient: mapping, title: 'without the decoder’s term', patch: { training: { decoderWeight: 0 } } },
  { ingredient: mapping, title: 'without the latent term', patch: { training: { latentWeight: 0 } } },
  { ingredient: mapping, title: 'with a contrastive term', patch: { training: { contrastiveWeight: 1 } } },
  {
    ingredient: mapping,
    title: 'with a distributional term (KL)',
    patch: { training: { distributionWeight: 1, distributionDistance: 'kl' } },
  },
  {
    ingredient: mapping,
    title: 'with a distributional term (Wasserstein)',
    patch: { training: { distributionWeight: 1, distributionDistance: 'wasserstein' } },
  },
  {
    ingredient: completion,
    title: 'none, its rounds given to the mappings',
    patch: ({ generators, mappings, completion }) => ({
      stages: [
        { stage: 'generators', rounds: generators },
        { stage: 'mappings', rounds: mappings + completion },
      ],
    }),
  },
  { ingredient: completion, title: 'generators stay as they are', patch: { completion: { refine: false } } },
  { ingredient: completion, title: 'generators are refined', patch: { completion: { refine: true } } },
  {
    ingredient: completion,
    title: 'refined without distillation',
    patch: { completion: { refine: true, distillation: 0 } },
  },
  ...(['correlated', 'precision', 'mean', 'mixture'] as const).map((fusion) => ({
    ingredient: 'fusion of sources',
    title: fusion,
    patch: { reconstruction: { fusion } },
  })),
  ...[0, 0.7, 0.9].map((servingEma) => ({
    ingredient: 'moving average',
    title: servingEma === 0 ? 'none' : `keeps ${servingEma}`,
    patch: { training: { servingEma } },
  })),
  { ingredient: 'KL warm-up', title: 'none', patch: { training: { betaWarmupRounds: 0 } } },
  ...[0.05, 0.2].map((freeBits) => ({
    ingredient: 'free bits',
    title: `${freeBits} nats`,
    patch: { training: { freeBits } },
  })),
  {
    ingredient: 'optimiser moments',
    title: 'reset in each round',
    patch: { training: { moments: 'reset' } },
  },
  { ingredient: 'FedProx', title: 'μ = 0.01', patch: { training: { proximal: 0.01 } } },
  ...[16, 32, 48].map((latent) => ({
    ingredient: 'camera latent',
    title: `${latent} wide`,
    patch: { modalities: { camera: { latent } } },
  })),
  ...[0.1, 0.5, 1].map((beta) => ({
    ingredient: 'KL weight',
    title: `β = ${beta}`,
    patch: { training: { beta } },
  })),
];

/** The change of an ablation for a budget. */
export function patchOf({ patch }: Ablation, { rounds }: Budget): Patch {
  return typeof patch === 'function' ? patch(rounds) : patch;
}
