import { type HostTensor, type HostTensors, sizeOf } from '../../protocol/tensors.ts';
import { fillNormal, permutation, uniformAt } from '../random/draws.ts';
import { type Key, keyOf } from '../random/threefry.ts';
import { gather, type Table } from './row-table.ts';

/** Share of the rows that {@link Examples.unlisted} takes. */
const unlistedShare = 0.03;

/** Examples that a task learns from: some parts, and a table for each of their inputs (rows are part numbers). */
export interface Examples {
  readonly parts: Uint32Array;
  readonly inputs: Readonly<Record<string, Table>>;
  /** Weight of each part, by part number. All 1 if not given. */
  readonly weight?: Float32Array;
  /**
   * Rows by input that replace the rows of some parts, a few in a hundred and other ones each time: unlisted values,
   * which no part may show and which the model still has to handle.
   */
  readonly unlisted?: Readonly<Record<string, Float32Array>>;
  /** Width of the input `noise`, if the objective draws. */
  readonly noise?: number;
}

interface BatchPlan {
  /** Number of rows of a batch; rows that a batch does not fill have no weight. */
  readonly batch: number;
  readonly epochs: number;
  /** Number of steps that run as one program. */
  readonly unroll: number;
  readonly seed: number;
  /** Path of names for this round's and task's draws. */
  readonly path: readonly (string | number)[];
}

/** Batches of one task in one round, in any order: none depends on those before. */
interface Batches {
  /** Number of steps, a multiple of `unroll`. */
  readonly steps: number;
  /** Number of parts seen before step `step`, counted over all epochs. */
  seen(step: number): number;
  /** Inputs of steps `step` … `step + unroll − 1` along a leading axis, in memory that the next call reuses. */
  fill(step: number): HostTensors;
}

/**
 * Opens the batches of a task. Each epoch is a seeded permutation; epochs follow one another and are cut into equally
 * full batches, so each part is seen exactly `epochs` times and no batch is nearly empty.
 */
export function openBatches(examples: Examples, plan: BatchPlan): Batches {
  const { parts, inputs, weight, unlisted = {} } = examples;
  const { batch, epochs, unroll } = plan;
  const total = parts.length * epochs;
  const steps = Math.ceil(total / batch / unroll) * unroll;
  const seen = (step: number) => Math.floor((step * total) / steps);
  const order = epochOrder(parts, plan);
  const noiseKey = keyOf(plan.seed, 'noise', ...plan.path);
  const tensors = inputTensors(examples, [unroll, batch]);
  const indices = new Uint32Array(batch);

  function fillStep(step: number, slot: Record<string, Float32Array>): void {
    const first = seen(step);
    const count = seen(step + 1) - first;
    for (let place = 0; place < count; place++) indices[place] = order(first + place);
    const chosen = indices.subarray(0, count);
    for (const [name, table] of Object.entries(inputs)) gather(table, chosen, slot[name]!);
    for (const [name, row] of Object.entries(unlisted)) {
      const key = keyOf(plan.seed, 'unlisted', name, ...plan.path);
      for (let place = 0; place < count; place++)
        if (uniformAt(key, first + place) < unlistedShare) slot[name]!.set(row, place * row.length);
    }
    const shares = slot.weight!.fill(0);
    for (let place = 0; place < count; place++)
      shares[place] = (weight ? weight[chosen[place]!]! : 1) / count;
    if (slot.noise) fillNormal(slot.noise, noiseKey, step * evenLength(slot.noise));
  }

  return {
    steps,
    seen,
    fill(step) {
      for (let offset = 0; offset < unroll; offset++)
        fillStep(step + offset, slotOf(tensors, offset, unroll));
      return tensors;
    },
  };
}

/** Number of draws that a step takes from the noise stream: even, because they come in pairs. */
function evenLength({ length }: Float32Array): number {
  return length + (length % 2);
}

function inputTensors({ inputs, noise }: Examples, axes: readonly number[]): Record<string, HostTensor> {
  const tensor = (...shape: number[]): HostTensor => ({ shape, data: new Float32Array(sizeOf(shape)) });
  const tables = Object.entries(inputs).map(([name, { width }]) => [name, tensor(...axes, width)]);
  return {
    weight: tensor(...axes),
    ...(noise === undefined ? {} : { noise: tensor(...axes, noise) }),
    ...Object.fromEntries(tables),
  };
}

/** Memory of one step of several. */
function slotOf(tensors: HostTensors, offset: number, count: number): Record<string, Float32Array> {
  const entries = Object.entries(tensors).map(([name, { data }]) => {
    const length = data.length / count;
    return [name, data.subarray(offset * length, (offset + 1) * length)] as const;
  });
  return Object.fromEntries(entries);
}

/**
 * Function that gives the part at a position of the endless row of epochs; it keeps the permutation of the latest epoch
 * only.
 */
function epochOrder(parts: Uint32Array, plan: BatchPlan): (position: number) => number {
  let epoch = -1;
  let order: Uint32Array = new Uint32Array();
  return (position) => {
    const wanted = Math.floor(position / parts.length);
    if (wanted !== epoch) {
      epoch = wanted;
      const key: Key = keyOf(plan.seed, 'order', ...plan.path, epoch);
      order = permutation(parts.length, key);
    }
    return parts[order[position % parts.length]!]!;
  };
}
