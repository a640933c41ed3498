import type { Patch } from './patch.ts';
import type { Budget } from './setting.ts';

/** FedRecon with one ingredient switched off or replaced. */
export interface Ablation {
  readonly ingredient: string;
  readonly title: string;
  /** The product if not given. */
  readonly method?: string;
  /** Change of the plan; where the schedule changes, it follows from the budget's rounds. */
  readonly patch: Patch | ((rounds: Budget['rounds']) => Patch);
}

const input = 'what mappings read';
const losses = 'stage 2, losses';
const completion = 'stage 3, completion';
const freezing = 'stage 1, freezing of the global generator';
const fusion = 'fusion of sources';

/**
 * Every ingredient with its alternatives. What equals the default is measured once and shown as the default; the
 * default itself need not be listed. Each other line costs a whole training a seed, so they are few.
 */
export const ablations: readonly Ablation[] = [
  { ingredient: input, title: 'the latent mean', patch: { research: { mappingInput: 'latent' } } },
  { ingredient: input, title: 'the encoder’s features', patch: { research: { mappingInput: 'features' } } },
  { ingredient: input, title: 'the measurement', patch: { research: { mappingInput: 'measurement' } } },
  { ingredient: 'residual of mappings', title: 'without', patch: { mapping: { residual: 0 } } },
  { ingredient: 'residual of mappings', title: 'with', patch: { mapping: { residual: 4096 } } },
  { ingredient: losses, title: 'without the decoder’s term', patch: { research: { decoderWeight: 0 } } },
  { ingredient: losses, title: 'without the latent term', patch: { research: { latentWeight: 0 } } },
  { ingredient: losses, title: 'with a contrastive term', patch: { research: { contrastiveWeight: 1 } } },
  {
    ingredient: losses,
    title: 'with a distributional term (KL)',
    patch: { research: { distributionWeight: 1 } },
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
  { ingredient: completion, title: 'generators stay as they are', patch: { research: { refine: false } } },
  {
    ingredient: completion,
    title: 'generators are refined, held near the global ones',
    patch: { research: { refine: true } },
  },
  { ingredient: freezing, title: 'none', patch: { research: { freezing: { rule: 'none' } } } },
  {
    ingredient: freezing,
    title: 'held near it by distillation',
    patch: { research: { freezing: { rule: 'distillation' } } },
  },
  {
    ingredient: freezing,
    title: 'decoders in every second round',
    patch: { research: { freezing: { rule: 'alternating' } } },
  },
  {
    ingredient: freezing,
    title: 'decoders after half of the stage',
    patch: ({ generators }) => ({
      research: { freezing: { rule: 'warm-up', rounds: Math.ceil(generators / 2) } },
    }),
  },
  { ingredient: 'server', title: 'average', patch: { research: { serverMomentum: 0 } } },
  {
    ingredient: 'server',
    title: 'momentum 0.5 (FedAvgM)',
    patch: { research: { serverMomentum: 0.5 } },
  },
  { ingredient: 'server', title: 'Adam', method: 'fedrecon-adam', patch: {} },
  { ingredient: 'server', title: 'Yogi', method: 'fedrecon-yogi', patch: {} },
  { ingredient: fusion, title: 'correlated', patch: { research: { errorCorrelation: 0.5 } } },
  { ingredient: fusion, title: 'precision', patch: { research: { errorCorrelation: 0 } } },
  { ingredient: fusion, title: 'mixture', method: 'fedrecon-mixture', patch: {} },
  { ingredient: 'moving average', title: 'none', patch: { research: { servingEma: 0 } } },
  { ingredient: 'moving average', title: '0.7', patch: { research: { servingEma: 0.7 } } },
  { ingredient: 'KL warm-up', title: 'none', patch: { research: { betaWarmupRounds: 0 } } },
  { ingredient: 'free bits', title: '0.1 nats', patch: { research: { freeBits: 0.1 } } },
  {
    ingredient: 'optimiser moments',
    title: 'reset in each round',
    patch: { research: { moments: 'reset' } },
  },
  { ingredient: 'FedProx', title: 'μ = 0.01', patch: { research: { proximal: 0.01 } } },
  ...[0.1, 0.5].map((beta) => ({
    ingredient: 'KL weight',
    title: `β = ${beta}`,
    patch: { research: { beta } },
  })),
];

/** The change of an ablation for a budget. */
export function patchOf({ patch }: Ablation, { rounds }: Budget): Patch {
  return typeof patch === 'function' ? patch(rounds) : patch;
}
