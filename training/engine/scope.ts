import * as tf from '@tensorflow/tfjs';

// Otherwise TensorFlow.js prints advice about other packages on first use.
tf.enableProdMode();

/**
 * Runs synchronous `work` on a TensorFlow.js backend and puts the previous one back. TensorFlow.js
 * keeps one current backend for the whole process; `setBackend` switches before it first waits.
 * Tensors and variables that `work` makes and does not return are freed.
 */
export function onBackend<Result extends tf.TensorContainer>(backend: string, work: () => Result): Result {
  const previous = tf.engine().backendName || 'cpu';
  const variables = new Set(Object.values(tf.engine().registeredVariables));
  tf.setBackend(backend);
  try {
    return tf.tidy(work);
  } finally {
    const made = Object.values(tf.engine().registeredVariables).filter(
      (variable) => !variables.has(variable),
    );
    tf.dispose(made);
    tf.setBackend(previous);
  }
}
