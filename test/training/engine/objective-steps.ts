import { modalityOf } from '../../../protocol/plan.ts';
import { sizeOf } from '../../../protocol/tensors.ts';
import { adamRate, momentShapes } from '../../../training/learning/adam.ts';
import { withDistillation } from '../../../training/learning/distillation.ts';
import { generatorObjective, mappingObjective } from '../../../training/learning/objectives.ts';
import { refinementObjective } from '../../../training/learning/refinement.ts';
import { type Objective, trainingStep } from '../../../training/learning/step.ts';
import { category, profile, tinyPlan } from '../model/plans.ts';
import { seededRandom, uniform } from './seeded.ts';
import type { TrainableStep } from './vae.ts';

const plan = tinyPlan();
const profiles = tinyPlan({
  modalities: [profile('profile', { length: 11, stride: 2 }), profile('spectrum', { length: 21, stride: 4 })],
});

const listed = tinyPlan({
  modalities: [
    profile('profile', { length: 11, stride: 2 }),
    { ...category('material', ['steel', 'brass', 'glass']), latent: 2, hidden: [6] },
  ],
  mapping: { hidden: [8], residual: 4096 },
  research: { mappingInput: 'measurement' },
});

const everything = tinyPlan({
  mapping: { hidden: [8], residual: 4096 },
  research: { mappingInput: 'measurement', contrastiveWeight: 1, distributionWeight: 1 },
  training: { batch: 8 },
});

/** The product's own training steps, tiny: an autoencoder of every kind and architecture, and mappings both ways of reading. */
export const objectiveSteps: Readonly<Record<string, TrainableStep>> = {
  ...Object.fromEntries(
    [plan, profiles, listed].flatMap((of) =>
      of.modalities.map((modality) => [
        `generator of ${modality.name}`,
        stepOf(generatorObjective(of, modality)),
      ]),
    ),
  ),
  'generator of material, held to its replica': stepOf(
    withDistillation(
      generatorObjective(listed, modalityOf(listed, 'material')),
      modalityOf(listed, 'material'),
    ),
  ),
  'mapping from features': stepOf(mappingObjective(plan, 'camera', 'note')),
  'mapping to a convolutional signal': stepOf(mappingObjective(profiles, 'spectrum', 'profile')),
  'mapping from the measurement, with every term and a residual': stepOf(
    mappingObjective(everything, 'camera', 'gauge'),
  ),
  'mapping to a category': stepOf(mappingObjective(listed, 'material', 'profile')),
  'mapping from a category': stepOf(mappingObjective(listed, 'profile', 'material')),
  'refinement with residuals': stepOf(refinementObjective(everything, modalityOf(everything, 'camera'))),
  'mapping from the latent': stepOf(
    mappingObjective(
      tinyPlan({ mapping: { hidden: [8], residual: 0 }, research: { mappingInput: 'latent' } }),
      'color',
      'gauge',
    ),
  ),
};

/** An objective's training step, and seeded numbers to start it from. */
export function stepOf(objective: Objective): TrainableStep {
  const { fn, signature } = trainingStep(objective);
  const random = seededRandom(11);
  const parameters = Object.entries({ ...objective.trained, ...objective.frozen });
  const moments = Object.entries(momentShapes(objective.trained));
  return {
    step: fn,
    signature,
    state: Object.fromEntries([
      // Not the initial weights: a gradient next to nothing lets Adam's first step turn on its rounding error.
      ...parameters.map(([name, shape]) => [name, uniform(random, shape, -0.3, 0.3)]),
      ...moments.map(([name, shape]) => [name, { shape, data: new Float32Array(sizeOf(shape)) }]),
    ]),
    batch: {
      ...Object.fromEntries(
        Object.entries(objective.batch).map(([name, shape]) => [name, uniform(random, shape, 0.05, 0.95)]),
      ),
      rate: { shape: [], data: Float32Array.of(adamRate(0.01, 1)) },
      factors: { shape: [objective.terms.length], data: new Float32Array(objective.terms.length).fill(1) },
    },
  };
}
