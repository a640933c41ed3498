import { type Plan, parsePlan } from '../../../protocol/plan.ts';

const label = (name: string) => ({ en: name, ja: name });

/**
 * A plan of three small modalities and two rounds, of generators and then of mappings.
 * @param changes sections to replace; of `research`, numbers to replace
 */
export function smallPlan({ research, ...changes }: Record<string, unknown> = {}): Plan {
  return parsePlan({
    format: 'fedrecon-plan/2',
    name: 'Test federation',
    modalities: [
      {
        kind: 'image',
        name: 'camera',
        label: label('Camera'),
        width: 8,
        height: 8,
        channels: 1,
        latent: 4,
        hidden: [8],
      },
      {
        kind: 'signal',
        name: 'gauge',
        label: label('Gauge'),
        length: 6,
        unit: 'mm',
        range: [0, 1],
        latent: 4,
        hidden: [8],
      },
      { kind: 'text', name: 'note', label: label('Note'), buckets: 64, latent: 4, hidden: [8] },
    ],
    mapping: { hidden: [8] },
    // What the tests count with, whatever the default is.
    research: { servingEma: 0.7, serverMomentum: 0.5, ...(research as object) },
    stages: [
      { stage: 'generators', rounds: 2 },
      { stage: 'mappings', rounds: 1 },
    ],
    ...changes,
  });
}

/** Modalities of each plant of the demonstration. */
export const holdings = {
  Osaka: ['camera', 'gauge', 'note'],
  Hanoi: ['gauge', 'note'],
  Porto: ['camera', 'note'],
} as const;
export type PlantName = keyof typeof holdings;
