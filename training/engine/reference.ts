import * as tf from '@tensorflow/tfjs';
import { openEagerEngine } from './eager.ts';
import type { Engine } from './types.ts';

const backend = 'cpu';

/** Reference engine: the plain JavaScript backend of TensorFlow.js, slow, with which the other engines are compared. */
export function openReferenceEngine(): Engine {
  correctResizeGradient();
  return openEagerEngine('reference', backend, 'cpu (JavaScript)');
}

/**
 * Replaces the gradient kernel of resizing. TensorFlow.js 4.22 reads the wrong image of a batch in it (it steps through
 * the large gradient with the stride of the small image), so the reference brings its own: each pixel gets the sum over
 * its block.
 */
function correctResizeGradient(): void {
  const kernelName = 'ResizeNearestNeighborGrad';
  tf.unregisterKernel(kernelName, backend);
  tf.registerKernel({
    kernelName,
    backendName: backend,
    kernelFunc: ({ inputs }) => {
      const [batch, height, width, channels] = inputs.images!.shape as [number, number, number, number];
      const dy = inputs.dy as tf.Tensor4D;
      const [tall, wide] = [dy.shape[1] / height, dy.shape[2] / width];
      return tf.tidy(() => tf.sum(tf.reshape(dy, [batch, height, tall, width, wide, channels]), [2, 4]));
    },
  });
}
