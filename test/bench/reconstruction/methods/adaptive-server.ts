import type { ServerOptimiser } from '../../../../aggregator/rounds/server-optimiser.ts';

/** Defaults are those of Reddi et al. 2021, arXiv 2003.00295. */
export interface AdaptiveOptions {
  readonly learningRate?: number;
  readonly beta1?: number;
  readonly beta2?: number;
  /** τ of the paper: the smaller, the more every parameter moves alike. */
  readonly epsilon?: number;
}

/** FedAdam: algorithm 2 of Reddi et al. 2021, arXiv 2003.00295. */
export function serverAdam(options: AdaptiveOptions = {}): ServerOptimiser {
  return adaptive(options, (second, square) => square - second);
}

/** FedYogi, the same algorithm: the second moment moves by the square's size, not by how far away it is. */
export function serverYogi(options: AdaptiveOptions = {}): ServerOptimiser {
  return adaptive(options, (second, square) => square * Math.sign(square - second));
}

/** @param towards which way and how far the second moment is pulled by the square of a change */
function adaptive(
  { learningRate = 0.01, beta1 = 0.9, beta2 = 0.99, epsilon = 1e-3 }: AdaptiveOptions,
  towards: (second: number, square: number) => number,
): ServerOptimiser {
  return {
    moments: { first: 0, second: epsilon ** 2 },
    step({ first, second }, index, delta) {
      first![index] = beta1 * first![index]! + (1 - beta1) * delta;
      second![index] = second![index]! + (1 - beta2) * towards(second![index]!, delta * delta);
      return (learningRate * first![index]!) / (Math.sqrt(second![index]!) + epsilon);
    },
  };
}
