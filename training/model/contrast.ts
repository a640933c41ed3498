import * as tf from '@tensorflow/tfjs';

/**
 * InfoNCE of each row, in nats: −log of the share that its own candidate has among all candidates of the batch,
 * by exp(cosine / temperature): [batch]. Chance level is log(batch). Sources: van den Oord et al., arXiv 1807.03748,
 * equation 4; cosine and temperature as in Chen et al., arXiv 2002.05709, section 2.1.
 * @param anchors [batch, dimensions]; row i belongs to row i of `candidates`
 * @param weight [batch]; a row of weight 0 is no candidate, because a batch that is not full ends in such rows
 */
export function contrast(
  anchors: tf.Tensor2D,
  candidates: tf.Tensor2D,
  weight: tf.Tensor1D,
  temperature: number,
): tf.Tensor1D {
  const cosines = tf.matMul(unitRows(anchors), unitRows(candidates), false, true);
  // No cosine exceeds 1, so with 1 taken off no exponential overflows.
  const logits = tf.div(tf.sub(cosines, 1), temperature);
  const real = tf.step(weight);
  const all = tf.sum(tf.mul(tf.exp(logits), real) as tf.Tensor2D, 1);
  const own = tf.sum(tf.mul(logits, tf.eye(weight.shape[0])) as tf.Tensor2D, 1);
  // A batch without any real row would ask for the logarithm of 0.
  return tf.sub(tf.log(tf.add(all, 1e-30)), own);
}

function unitRows(rows: tf.Tensor2D): tf.Tensor2D {
  return tf.mul(rows, tf.rsqrt(tf.add(tf.sum(tf.square(rows), 1, true), 1e-12)));
}
