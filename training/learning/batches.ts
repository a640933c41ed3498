import type { HostTensor, HostTensors } from '../../protocol/tensors.ts';
import { fillNormal, permutation } from '../random/draws.ts';
import { type Key, keyOf } from '../random/threefry.ts';
import { batchInput } from './step.ts';
import { gather, type Table } from './table.ts';

/** What a task learns from: some parts, and a table for each of their inputs (rows are part numbers). */
export interface Examples {
  readonly parts: Uint32Array;
  readonly inputs: Readonly<Record<string, Table>>;
  /** How much each part counts; by part number. All 1 if not given. */
  readonly weight?: Float32Array;
  /** Width of the input `noise`, if the objective draws. */
  readonly noise?: number;
}

export interface BatchPlan {
  /** Rows of a batch; the rows that a batch does not fill weigh nothing. */
  readonly batch: number;
  readonly epochs: number;
  /** Steps that run as one program. */
  readonly unroll: number;
  readonly seed: number;
  /** Names this round's and task's draws. */
  readonly path: readonly (string | number)[];
}

/** The batches of one task in one round, any of them at any time: nothing depends on those before. */
export interface Batches {
  /** A multiple of `unroll`. */
  readonly steps: number;
  /** Parts seen before step `step`, counted over all epochs. */
  seen(step: number): number;
  /** Inputs of steps `step` … `step + unroll − 1`, in memory that the next call reuses. */
  fill(step: number): HostTensors;
}

/**
 * Each epoch is a seeded permutation; epochs follow one another and are cut into equally full batches, so
 * each part is seen exactly `epochs` times and no batch is nearly empty.
 */
export function openBatches(examples: Examples, plan: BatchPlan): Batches {
  const { parts, inputs, weight, noise } = examples;
  const { batch, epochs, unroll } = plan;
  const total = parts.length * epochs;
  const steps = Math.ceil(total / batch / unroll) * unroll;
  const seen = (step: number) => Math.floor((step * total) / steps);
  const slots = Array.from({ length: unroll }, () => slotTensors(examples, batch));
  const order = epochOrder(parts, plan);
  const noiseKey = keyOf(plan.seed, 'noise', ...plan.path);
  const indices = new Uint32Array(batch);

  function fillSlot(slot: Record<string, HostTensor>, step: number): void {
    const first = seen(step);
    const count = seen(step + 1) - first;
    for (let place = 0; place < count; place++) indices[place] = order(first + place);
    const chosen = indices.subarray(0, count);
    for (const [name, table] of Object.entries(inputs)) gather(table, chosen, slot[name]!.data);
    const shares = slot.weight!.data.fill(0);
    for (let place = 0; place < count; place++)
      shares[place] = (weight ? weight[chosen[place]!]! : 1) / count;
    if (noise !== undefined) fillNormal(slot.noise!.data, noiseKey, step * slotNoise(batch, noise));
  }

  return {
    steps,
    seen,
    fill(step) {
      const filled: HostTensors = {};
      for (const [offset, slot] of slots.entries()) {
        fillSlot(slot, step + offset);
        for (const [name, tensor] of Object.entries(slot)) filled[batchInput(offset, name)] = tensor;
      }
      return filled;
    },
  };
}

/** Draws a step takes from the noise stream: even, because they come in pairs. */
function slotNoise(batch: number, width: number): number {
  return Math.ceil((batch * width) / 2) * 2;
}

function slotTensors({ inputs, noise }: Examples, batch: number): Record<string, HostTensor> {
  const tensor = (width: number): HostTensor => ({
    shape: [batch, width],
    data: new Float32Array(batch * width),
  });
  const slot: Record<string, HostTensor> = { weight: { shape: [batch], data: new Float32Array(batch) } };
  for (const [name, { width }] of Object.entries(inputs)) slot[name] = tensor(width);
  if (noise !== undefined) slot.noise = tensor(noise);
  return slot;
}

/** The part at a position of the endless row of epochs; keeps the permutation of the latest epoch only. */
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
