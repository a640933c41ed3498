/**
 * Operations on tensors that a kind computes with. No kind imports an engine, because the application's own process
 * reads cells with the kinds and runs no tensors. `T`: [batch, size of a part] unless it says otherwise.
 */
export interface TensorOperations<T> {
  add(a: T, b: T | number): T;
  subtract(a: T | number, b: T): T;
  multiply(a: T, b: T): T;
  exp(x: T): T;
  sigmoid(x: T): T;
  softplus(x: T): T;
  /** Logarithms of the shares of a part's values, which sum to 1. */
  logSoftmax(x: T): T;
  /** Sum over the values of each part: [batch]. */
  sumOfPart(x: T): T;
}

/** Operations together with the variances that a decoder has learned. */
export interface DecoderOperations<T> extends TensorOperations<T> {
  /** Learned variance of each value: [size]; only of a kind with the likelihood's parameter `logvar`. */
  learnedVariance(): T;
  /** −log N(x | mean, learned variances), summed over the values of each part, in nats: [batch]. */
  gaussianNll(x: T, mean: T): T;
}

/** Likelihood of a kind: turns the decoder's last values ("raw") into a distribution of measurements. */
export interface KindLikelihood {
  /** Expected measurement, in the normalised range of the data sets. */
  mean<T>(raw: T, operations: TensorOperations<T>): T;
  /** −log p(x | raw) of each part, summed over its values, in nats: [batch]. */
  negativeLogLikelihood<T>(x: T, raw: T, operations: DecoderOperations<T>): T;
  /** Variance of a measurement around its mean; broadcasts to [batch, size]. */
  variance<T>(mean: T, operations: DecoderOperations<T>): T;
}
