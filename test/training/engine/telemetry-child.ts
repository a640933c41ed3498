import * as tf from '@tensorflow/tfjs';
import { openEngine } from '../../../training/engine/index.ts';

/** Runs one program on ONNX Runtime, and ends. */
const engine = await openEngine({ engine: 'onnx', threads: 1 });
const program = await engine.compile(({ x }) => ({ y: tf.add(x!, 1) }), { inputs: { x: [2] } });
await program.run({ x: { shape: [2], data: Float32Array.of(1, 2) } });
await program.dispose();
await engine.dispose();
