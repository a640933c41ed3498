import * as tf from '@tensorflow/tfjs';
import { modalityOf } from '../../../../protocol/plan.ts';
import { valueSize } from '../../../../protocol/shapes.ts';
import { federate } from '../federate.ts';
import { target } from '../setting.ts';
import { type Tuned, trainedWith } from './method.ts';
import { initialNetworks, networkTasks, runNetwork, type SourceNetworks } from './source-network.ts';

/** What the grid in `tuning.ts` chose. */
const chosen = { learningRate: 0.003 };

/** Federated regression from the sources to the pixels: the strongest rival on pixel error. */
export function directWith(settings: typeof chosen): Tuned<typeof chosen> {
  return {
    name: 'direct',
    about: 'federated regression source → image by squared error, a network for each source set',
    settings,
    run(world, engine) {
      const plan = trainedWith(world.plan, settings);
      const networks: SourceNetworks = {
        output: target,
        width: valueSize(modalityOf(plan, target)),
        last: (raw) => tf.sigmoid(raw),
        loss: (raw, truth) => tf.sum(tf.squaredDifference(tf.sigmoid(raw), truth) as tf.Tensor2D, 1),
        truth: ({ dataset }) => dataset.modalities[target]?.values,
        needed: [target],
      };
      return federate(world, engine, {
        plan,
        initial: initialNetworks(plan, networks),
        tasks: (plant) => networkTasks(plan, networks, plant),
        reconstruct: (source, serving, programs) => runNetwork(world, networks, source, serving, programs),
      });
    },
  };
}

export const direct = directWith(chosen);
