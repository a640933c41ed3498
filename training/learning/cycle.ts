import * as tf from '@tensorflow/tfjs';
import { type ModuleName, mappingName } from '../../protocol/modules.ts';
import { modalityOf, type Plan } from '../../protocol/plan.ts';
import { moduleShapes } from '../../protocol/shapes.ts';
import { parameter } from '../model/layers.ts';
import { mapLatent, mappingInputAt } from '../model/mapping.ts';
import type { Objective } from './step.ts';

/** Modules that map a mapped latent of `target` back to `source`'s latent (for the cycle loss). */
export function wayBack(plan: Plan, target: string, source: string): ModuleName[] {
  const reencoding: ModuleName[] =
    plan.research.mappingInput === 'latent' ? [] : [`decoder/${target}`, `encoder/${target}`];
  return [...reencoding, mappingName(source, target)];
}

/**
 * Adds a term to the objective of T(target←source), `cycle`: ‖T(source←target)(t) − μ_source‖² for the mapped latent t,
 * read as mappings read it. What was measured must come back, though nobody here measured the target. The way back is
 * frozen.
 * Batch also: `own` [batch, latent of source], the posterior mean of what was measured.
 * Source: CycleGAN's consistency, Zhu et al., arXiv 1703.10593, in the latent.
 */
export function withCycle(
  objective: Objective,
  plan: Plan,
  targetName: string,
  sourceName: string,
): Objective {
  const { frozen, batch, terms, loss } = objective;
  const source = modalityOf(plan, sourceName);
  const back = wayBack(plan, targetName, sourceName).map((module) => moduleShapes(plan, module));
  return {
    ...objective,
    frozen: Object.assign({}, frozen, ...back),
    batch: { ...batch, own: [plan.training.batch, source.latent] },
    terms: [...terms, 'cycle'],
    loss(weights, inputs) {
      const there = mapLatent(plan, targetName, sourceName, weights, parameter(inputs, 'input'));
      const read = mappingInputAt(plan, targetName, weights, there.mean, there.residual);
      const returned = mapLatent(plan, sourceName, targetName, weights, read).mean;
      const distance = tf.sum(tf.squaredDifference(returned, parameter(inputs, 'own')) as tf.Tensor2D, 1);
      const weighted = tf.sum(tf.mul(distance, parameter(inputs, 'weight'))) as tf.Scalar;
      return [...loss(weights, inputs), weighted];
    },
  };
}
