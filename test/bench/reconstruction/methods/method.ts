import type { Plan } from '../../../../protocol/plan.ts';
import type { Engine } from '../../../../training/engine/index.ts';
import type { Table } from '../../../../training/learning/row-table.ts';
import type { SourceSet } from '../setting.ts';
import type { World } from '../world.ts';

/** A method after one of its rounds. */
export interface Snapshot {
  /** 1-based, of `rounds`. */
  readonly round: number;
  readonly rounds: number;
  /** Seconds of work of all plants together in training. */
  readonly seconds: number;
  /** Bytes that all plants together sent and received in this round. */
  readonly bytes: number;
  /**
   * Camera images of the held-out parts from a source set, a row a part. One table, or one a plant where every
   * plant has a model of its own; their figures are averaged. Valid until the next snapshot is asked for.
   */
  reconstruct(source: SourceSet): Promise<readonly Table[]>;
  /** Latents of the same parts, as many as {@link reconstruct} gives tables; a method without a latent has none. */
  latents?(source: SourceSet): Promise<readonly Latents[]>;
}

/** Latents of the held-out parts, a row a part: what the retrieval figures compare by cosine. */
export interface Latents {
  /** Mean of the posterior that the true camera images have. */
  readonly truth: Table;
  /** What the sources give in its place: through the mappings, or the sources' posterior in a joint latent. */
  readonly mapped: Table;
  /** The sources' own latents without a mapping, where they are as wide as the camera's. */
  readonly own?: Table;
}

/** What the networks take that make an image from a source set. */
export interface Cost {
  readonly parameters: number;
  /** Floating-point operations an image, in millions; a multiplication and an addition are two. */
  readonly mflop: number;
}

/** A way to get a camera image from other measurements. */
export interface Method {
  readonly name: string;
  /** One line for a reader of the table. */
  readonly about: string;
  /** Why it is no rival on equal terms: it has all parts in one place, exchanges nothing, or learns from labels. */
  readonly outside?: 'ceiling' | 'alone' | 'labels';
  /** Whether it is the product, trained as the whole plan says. */
  readonly followsPlan?: true;
  /** What was chosen for it in `tuning.ts`, whatever the plan says for FedRecon. Its rows are kept under these. */
  readonly settings?: Readonly<Record<string, number>>;
  /** Trains on the world's plants and gives a snapshot after each round; at least one. */
  run(world: World, engine: Engine): AsyncIterable<Snapshot>;
  /**
   * Cost of reconstruction, only where it is not what the engine runs for it: parameters loaded, and floating-point
   * operations a row. Those are counted (`flops.ts`), as is all training.
   */
  cost?(world: World, source: SourceSet): Cost;
}

/** A method with settings of its own. */
export type Tuned<Settings> = Method & { readonly settings: Settings };

/** The plan with a method's own settings of training in place of FedRecon's. */
export function trainedWith(
  plan: Plan,
  { beta = plan.research.beta, ...training }: Partial<Plan['training']> & { readonly beta?: number },
): Plan {
  return {
    ...plan,
    training: { ...plan.training, ...training },
    research: { ...plan.research, beta },
  };
}
