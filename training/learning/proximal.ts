import * as tf from '@tensorflow/tfjs';
import { replicaOf, replicaShapes } from './replica.ts';
import type { Objective } from './step.ts';

/**
 * Adds a term to `objective`, `proximal`: ½‖w − w_global‖² over the trained parameters, whose factor is μ. It keeps a
 * plant's uneven parts from pulling the model away from what the others taught it.
 * Source: FedProx, Li et al., arXiv 1812.06127, equation 2.
 */
export function withProximal(objective: Objective): Objective {
  const { trained, frozen, terms, loss } = objective;
  return {
    ...objective,
    frozen: { ...frozen, ...replicaShapes(trained) },
    terms: [...terms, 'proximal'],
    loss(weights, batch) {
      const replica = replicaOf(batch);
      const squares = Object.keys(trained).map((name) =>
        tf.sum(tf.squaredDifference(weights[name]!, replica[name]!)),
      );
      return [...loss(weights, batch), tf.mul(tf.addN(squares), 0.5)];
    },
  };
}
