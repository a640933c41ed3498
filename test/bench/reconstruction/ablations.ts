import type { Patch } from './patch.ts';
import type { Budget } from './setting.ts';

/** FedRecon with one ingredient switched off or replaced. */
export interface Ablation {
  readonly ingredient: string;
  readonly title: string;
  /** Change of the plan; where the schedule changes, it follows from the budget's rounds. */
  readonly patch: Patch | ((rounds: Budget['rounds']) => Patch);
}

const input = 'what mappings read';
const losses = 'stage 2, losses';
const completion = 'stage 3, completion';
const freezing = 'stage 1, freezing of the global generator';

/**
 * Every ingredient with its alternatives. What equals the default is measured once and shown as the default; the
 * default itself need not be listed. Each other line costs a whole training a seed, so they are few.
 */
export const ablations: readonly Ablation[] = [
  { ingredient: input, title: 'the latent mean', patch: { mapping: { input: 'latent' } } },
  { ingredient: input, title: 'the encoder’s features', patch: { mapping: { input: 'features' } } },
  { ingredient: input, title: 'the measurement', patch: { mapping: { input: 'measurement' } } },
  { ingredient: 'residual of mappings', title: 'without', patch: { mapping: { residual: 0 } } },
  { ingredient: 'residual of mappings', title: 'with', patch: { mapping: { residual: 4096 } } },
  { ingredient: losses, title: 'without the decoder’s term', patch: { training: { decoderWeight: 0 } } },
  { ingredient: losses, title: 'without the latent term', patch: { training: { latentWeight: 0 } } },
  { ingredient: losses, title: 'with a contrastive term', patch: { training: { contrastiveWeight: 1 } } },
  {
    ingredient: losses,
    title: 'with a distributional term (KL)',
    patch: { training: { distributionWeight: 1, distributionDistance: 'kl' } },
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
  {
    ingredient: completion,
    title: 'generators are refined, held near the global ones',
    patch: { completion: { refine: true } },
  },
  { ingredient: freezing, title: 'none', patch: { training: { freezing: { rule: 'none' } } } },
  {
    ingredient: freezing,
    title: 'held near it by distillation',
    patch: { training: { freezing: { rule: 'distillation' } } },
  },
  {
    ingredient: freezing,
    title: 'decoders in every second round',
    patch: { training: { freezing: { rule: 'alternating' } } },
  },
  {
    ingredient: freezing,
    title: 'decoders after half of the stage',
    patch: ({ generators }) => ({
      training: { freezing: { rule: 'warm-up', rounds: Math.ceil(generators / 2) } },
    }),
  },
  { ingredient: 'server', title: 'average', patch: { server: { rule: 'average' } } },
  {
    ingredient: 'server',
    title: 'momentum 0.5 (FedAvgM)',
    patch: { server: { rule: 'momentum', momentum: 0.5 } },
  },
  { ingredient: 'server', title: 'Adam', patch: { server: { rule: 'adam' } } },
  { ingredient: 'server', title: 'Yogi', patch: { server: { rule: 'yogi' } } },
  ...(['correlated', 'precision', 'mixture'] as const).map((fusion) => ({
    ingredient: 'fusion of sources',
    title: fusion,
    patch: { reconstruction: { fusion } },
  })),
  { ingredient: 'moving average', title: 'none', patch: { training: { servingEma: 0 } } },
  { ingredient: 'moving average', title: '0.7', patch: { training: { servingEma: 0.7 } } },
  { ingredient: 'KL warm-up', title: 'none', patch: { training: { betaWarmupRounds: 0 } } },
  { ingredient: 'free bits', title: '0.1 nats', patch: { training: { freeBits: 0.1 } } },
  {
    ingredient: 'optimiser moments',
    title: 'reset in each round',
    patch: { training: { moments: 'reset' } },
  },
  { ingredient: 'FedProx', title: 'μ = 0.01', patch: { training: { proximal: 0.01 } } },
  ...[0.1, 0.5].map((beta) => ({
    ingredient: 'KL weight',
    title: `β = ${beta}`,
    patch: { training: { beta } },
  })),
];

/** The change of an ablation for a budget. */
export function patchOf({ patch }: Ablation, { rounds }: Budget): Patch {
  return typeof patch === 'function' ? patch(rounds) : patch;
}
