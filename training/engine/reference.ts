import { openEagerEngine } from './eager.ts';
import type { Engine } from './types.ts';

/** The plain JavaScript backend of TensorFlow.js: slow, and the truth the other engines are compared with. */
export function openReferenceEngine(): Engine {
  return openEagerEngine('reference', 'cpu', 'cpu (JavaScript)');
}
