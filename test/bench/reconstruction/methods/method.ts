import type { Engine } from '../../../../training/engine/index.ts';
import type { Table } from '../../../../training/learning/table.ts';
import type { SourceSet } from '../setting.ts';
import type { World } from '../world.ts';

/** A method after one of its rounds. */
export interface Snapshot {
  /** 1-based, of `rounds`. */
  readonly round: number;
  readonly rounds: number;
  /** Training time of all plants together, one after the other. */
  readonly seconds: number;
  /** Bytes that all plants together sent and received in this round. */
  readonly bytes: number;
  /**
   * Camera images of the held-out parts from a source set, a row a part. One table, or one a plant where every
   * plant has a model of its own; their figures are averaged. Valid until the next snapshot is asked for.
   */
  reconstruct(source: SourceSet): Promise<readonly Table[]>;
}

/** A way to get a camera image from other measurements. */
export interface Method {
  readonly name: string;
  /** One line for a reader of the table. */
  readonly about: string;
  /** Trains on the world's plants and gives a snapshot after each round; at least one. */
  run(world: World, engine: Engine): AsyncIterable<Snapshot>;
}
