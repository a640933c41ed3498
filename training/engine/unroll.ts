import * as tf from '@tensorflow/tfjs';
import type { Step } from './types.ts';

export type { Step } from './types.ts';

/**
 * Unrolls `count` consecutive steps into one function. Carried values go from step to step inside it, so an engine that
 * copies them between runs (a GPU's) does so once in `count` steps. Every other input and output gains a leading axis
 * of `count`: the first batch, the second, …
 */
export function unroll({ fn, signature }: Step, count: number): Step {
  const carried = signature.carried ?? [];
  const fed = Object.keys(signature.inputs).filter((name) => !carried.includes(name));
  const inputs = Object.entries(signature.inputs).map(
    ([name, shape]) => [name, carried.includes(name) ? shape : [count, ...shape]] as const,
  );
  return {
    signature: {
      ...signature,
      inputs: Object.fromEntries(inputs),
      repeats: { step: { fn, signature }, count },
    },
    fn: (given) => {
      const batches = fed.map((name) => [name, tf.unstack(given[name]!)] as const);
      let state = Object.fromEntries(carried.map((name) => [name, given[name]!]));
      const results: Record<string, tf.Tensor>[] = [];
      for (let index = 0; index < count; index++) {
        const batch = Object.fromEntries(batches.map(([name, items]) => [name, items[index]!]));
        // What a step leaves behind is freed before the next one, or an eager engine would hold all of them.
        const outputs = tf.tidy(() => fn({ ...state, ...batch }));
        state = Object.fromEntries(carried.map((name) => [name, outputs[name]!]));
        results.push(outputs);
      }
      const names = Object.keys(results[0] ?? {}).filter((name) => !carried.includes(name));
      const stacked = names.map((name) => [name, tf.stack(results.map((result) => result[name]!))] as const);
      return { ...state, ...Object.fromEntries(stacked) };
    },
  };
}
