import * as tf from '@tensorflow/tfjs';
import { mappingName } from '../../../../protocol/modules.ts';
import { modalityOf } from '../../../../protocol/plan.ts';
import { valueSize } from '../../../../protocol/shapes.ts';
import type { Weights } from '../../../../training/model/layers.ts';
import { type ConditionalModel, conditionWidth, federateConditional } from '../conditional.ts';
import { rivalWidths, stack, stackShapes } from '../network.ts';
import { target } from '../setting.ts';
import { type Tuned, trainedWith } from './method.ts';

const module = mappingName(target, 'zero-filled');

/** What the grid in `tuning.ts` chose. */
const chosen = { learningRate: 0.003 };

/**
 * What most people would try first. The camera's own place among the inputs is left out: it is what is missing
 * whenever an image is wanted, so it would be zero in every row.
 */
export function zeroFillingWith(settings: typeof chosen): Tuned<typeof chosen> {
  return {
    name: 'zero-filling',
    about: 'one federated regression for all sources, missing ones set to zero and flagged, by squared error',
    settings,
    run(world, engine) {
      const plan = trainedWith(world.plan, settings);
      const widths = [conditionWidth(plan), ...rivalWidths(plan), valueSize(modalityOf(plan, target))];
      const imageOf = (weights: Weights, condition: tf.Tensor2D) =>
        tf.sigmoid(stack(module, widths.length - 1, weights, condition));
      const model: ConditionalModel = {
        name: 'zero-filling',
        modules: new Map([[module, stackShapes(module, widths)]]),
        terms: { 'squared error': 1 },
        loss(weights, { condition, image, weight }) {
          const errors = tf.sum(tf.squaredDifference(imageOf(weights, condition), image) as tf.Tensor2D, 1);
          return [tf.sum(tf.mul(errors, weight)) as tf.Scalar];
        },
      };
      return federateConditional(world, engine, plan, model, { modules: [module], imageOf });
    },
  };
}

export const zeroFilling = zeroFillingWith(chosen);
