import { openEngine } from '../../../training/engine/index.ts';
import { selfTest } from '../../../training/engine/selection/self-test.ts';
import { coveringModels, largestDistances } from './step-models.ts';

/** Trains the models that cover every operator on WebGPU, and sends how far the values are from the reference's, and what the self-test says. */
const engine = await openEngine({ engine: 'onnx', device: 'webgpu' });
const reference = await openEngine({ engine: 'reference' });
const distances = await largestDistances(engine, reference, Object.values(coveringModels()));
const refusal = await selfTest(engine);
process.send?.({ distances, refusal }, () => process.kill(process.pid, 'SIGKILL'));
