import { type Plan, parsePlan } from '../../../protocol/plan.ts';

/**
 * A plan small enough for the reference engine, with every kind and both image architectures.
 * @param changes sections to replace; of `research`, numbers to replace
 */
export function tinyPlan({ research, ...changes }: Record<string, unknown> = {}): Plan {
  return parsePlan({
    format: 'fedrecon-plan/2',
    name: 'tiny',
    modalities: [
      {
        name: 'camera',
        label: label('Camera'),
        kind: 'image',
        width: 8,
        height: 8,
        channels: 1,
        latent: 3,
        hidden: [12],
      },
      {
        ...{ name: 'color', label: label('Colour'), kind: 'image', width: 9, height: 8, channels: 3 },
        ...{ architecture: 'convolutional', filters: [2, 3], latent: 4, hidden: [10] },
      },
      {
        ...{ name: 'gauge', label: label('Gauge'), kind: 'signal', length: 10, unit: 'mm', range: [0, 1] },
        ...{ latent: 3, hidden: [9, 8] },
      },
      { name: 'note', label: label('Note'), kind: 'text', buckets: 64, latent: 2, hidden: [7] },
    ],
    mapping: { hidden: [8, 6], residual: 0 },
    training: { batch: 8, localEpochs: 2, learningRate: 0.01, seed: 7 },
    stages: [
      { stage: 'generators', rounds: 2 },
      { stage: 'mappings', rounds: 2 },
      { stage: 'completion', rounds: 2 },
    ],
    research: {
      ...{ mappingInput: 'features', beta: 0.5, latentWeight: 10, errorCorrelation: 0.5 },
      ...(research as object),
    },
    ...changes,
  });
}

/** A convolutional signal for `tinyPlan`'s `modalities`. */
export function profile(name: string, size: { length: number; stride: 2 | 4 }): Record<string, unknown> {
  return {
    ...{ name, label: label('Profile'), kind: 'signal', unit: 'mm', range: [0, 1], ...size },
    ...{ architecture: 'convolutional', filters: [3, 4], latent: 3, hidden: [9] },
  };
}

/** One of a list of values, for `tinyPlan`'s `modalities`. */
export function category(name: string, values: readonly string[]): Record<string, unknown> {
  return { name, label: label('Category'), kind: 'category', values };
}

function label(text: string) {
  return { en: text, ja: text };
}
