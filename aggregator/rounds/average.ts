import { setImmediate as nextTurn } from 'node:timers/promises';
import type { HostTensors } from '../../protocol/tensors.ts';

/** Module of one plant. Its tensors are loaded when their turn comes, so that only one module is in memory. */
interface WeightedModule {
  /** Weight in the average: parts that it was trained on. */
  readonly samples: number;
  load(): Promise<HostTensors>;
}

/** Number of values between two turns of the event loop: about a millisecond. */
const stride = 1 << 19;

/**
 * Federated averaging of one module: Σ samples·tensor / Σ samples, summed in double precision. Memory is that of the
 * module, however many plants there are.
 * Source: McMahan et al. 2017, https://arxiv.org/abs/1602.05629, algorithm 1.
 */
export async function weightedAverage(parts: readonly WeightedModule[]): Promise<HostTensors> {
  const total = parts.reduce((sum, { samples }) => sum + samples, 0);
  const sums = new Map<string, { shape: readonly number[]; data: Float64Array }>();
  for (const { samples, load } of parts) {
    const weight = samples / total;
    for (const [name, { shape, data }] of Object.entries(await load())) {
      const sum = sums.get(name)?.data ?? new Float64Array(data.length);
      sums.set(name, { shape, data: sum });
      await inStrides(data.length, (begin, end) => {
        for (let index = begin; index < end; index += 1) sum[index]! += weight * data[index]!;
      });
    }
  }
  const average: HostTensors = {};
  for (const [name, { shape, data }] of sums) average[name] = { shape, data: new Float32Array(data) };
  return average;
}

/** Moving average of a serving module: `keep`·previous + (1 − keep)·current. */
export async function movingAverage(
  previous: HostTensors,
  current: HostTensors,
  keep: number,
): Promise<HostTensors> {
  const result: HostTensors = {};
  for (const [name, { shape, data }] of Object.entries(current)) {
    const before = previous[name]!.data;
    const mixed = new Float32Array(data.length);
    await inStrides(data.length, (begin, end) => {
      for (let index = begin; index < end; index += 1)
        mixed[index] = keep * before[index]! + (1 - keep) * data[index]!;
    });
    result[name] = { shape, data: mixed };
  }
  return result;
}

/**
 * Visits 0 … length − 1 range by range, letting other work of the event loop run between them. A call for each value
 * would take several times as long as its arithmetic.
 */
export async function inStrides(length: number, visit: (begin: number, end: number) => void): Promise<void> {
  for (let begin = 0; begin < length; begin += stride) {
    const end = Math.min(begin + stride, length);
    visit(begin, end);
    if (end < length) await nextTurn();
  }
}
