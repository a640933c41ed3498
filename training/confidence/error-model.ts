import { packedLength } from '../../protocol/calibration/lengths.ts';
import type { Statistics } from '../../protocol/calibration/statistics.ts';
import { backward, cholesky, forward } from './cholesky.ts';

/** Moments of a plant's parts, from which errors are predicted by features: the normal equations of a linear model. */
export interface Moments extends Statistics {
  /** Number of parts: one value. */
  readonly count: Float64Array;
  /** Σ φ·φᵀ, packed. */
  readonly gram: Float64Array;
  /** Σ φ·y. */
  readonly moment: Float64Array;
  /** Σ y²: one value. */
  readonly squares: Float64Array;
  /** Sum of each channel's absolute errors, where channels are unlike. */
  readonly channelErrors?: Float64Array;
  /** Sum of each channel's deviations by the model. */
  readonly channelSigmas?: Float64Array;
}

/** Prediction of a part's error. */
export interface ExpectedError {
  /** Expected logarithm of the error. */
  readonly logError: number;
  /**
   * Standard deviation of the logarithm around it: what no feature explains, and more where nothing like the part was
   * seen.
   */
  readonly deviation: number;
  /**
   * Distance of the part from those that the model was made from: φᵀ(Σ φφᵀ + λI)⁻¹φ, the share of its own prediction
   * that the part would have had among them; the posterior variance of a Gaussian process in units of its noise.
   */
  readonly leverage: number;
}

export interface ErrorModel {
  expect(basis: Float64Array): ExpectedError;
}

/** Ridge λ: the cost of a parameter's square in squared deviations. */
const ridge = 0.1;

/** Moments of parts. @param bases φ of each @param logErrors y, the logarithm of each one's error */
export function momentsOf(bases: readonly Float64Array[], logErrors: ArrayLike<number>): Moments {
  const size = bases[0]?.length ?? 0;
  const gram = new Float64Array(packedLength(size));
  const moment = new Float64Array(size);
  let squares = 0;
  for (const [part, basis] of bases.entries()) {
    const y = logErrors[part]!;
    squares += y * y;
    let place = 0;
    for (let row = 0; row < size; row++) {
      const value = basis[row]!;
      moment[row]! += value * y;
      for (let column = 0; column <= row; column++) gram[place++]! += value * basis[column]!;
    }
  }
  return { count: Float64Array.of(bases.length), gram, moment, squares: Float64Array.of(squares) };
}

/** Error model: the ridge regression of log errors on features, as a Bayesian linear model. */
export function errorModelOf({ count, gram, moment, squares }: Moments): ErrorModel {
  const size = moment.length;
  const regular = gram.slice();
  for (let row = 0; row < size; row++) regular[packedLength(row) + row]! += ridge;
  const factor = cholesky(regular, size);
  const weights = backward(factor, forward(factor, moment));
  // ‖y − Φw‖² = Σ y² − wᵀΣφy − λ‖w‖² at the minimum.
  const explained = weights.reduce(
    (sum, weight, place) => sum + weight * moment[place]! + ridge * weight ** 2,
    0,
  );
  const noise = Math.max(1e-12, (squares[0]! - explained) / count[0]!);
  return {
    expect(basis) {
      const logError = basis.reduce((sum, value, place) => sum + value * weights[place]!, 0);
      const leverage = forward(factor, basis).reduce((sum, value) => sum + value * value, 0);
      return { logError, leverage, deviation: Math.sqrt(noise * (1 + leverage)) };
    },
  };
}
