import { type Plan, parsePlan } from '../../../protocol/plan.ts';
import { valueSize } from '../../../protocol/shapes.ts';
import { encodeText } from '../../../training/kinds/text.ts';
import { datasetOf } from '../../../training/learning/datasets.ts';
import type { PlantParts } from '../../../training/pilot/show.ts';
import { fillUniform } from '../../../training/random/draws.ts';
import { keyOf } from '../../../training/random/threefry.ts';

/** A camera of 16 × 16, a profile of twelve values, a note. */
export const plan: Plan = parsePlan({
  format: 'fedrecon-plan/2',
  name: 'Pilot tests',
  modalities: [
    {
      name: 'camera',
      label: { en: 'Camera', ja: 'カメラ' },
      kind: 'image',
      width: 16,
      height: 16,
      channels: 1,
      hidden: [8],
    },
    {
      name: 'gauge',
      label: { en: 'Gauge', ja: 'ゲージ' },
      kind: 'signal',
      length: 12,
      unit: 'mm',
      range: [0, 10],
      hidden: [8],
    },
    { name: 'note', label: { en: 'Note', ja: 'メモ' }, kind: 'text', buckets: 64, hidden: [8] },
  ],
  mapping: { hidden: [8] },
  stages: [
    { stage: 'generators', rounds: 2 },
    { stage: 'mappings', rounds: 2 },
    { stage: 'completion', rounds: 2 },
  ],
});

/** What a part measured; absent modalities are missing. */
export interface MadePart {
  readonly camera?: Float32Array;
  readonly gauge?: Float32Array;
  readonly note?: string;
}

/** A sound part: a bright disc on a grey ground, a noisy profile, a few words; all drawn from its number. */
export function soundPart(part: number): Required<MadePart> {
  const random = new Float32Array(16 * 16 + 12 + 2);
  fillUniform(random, keyOf(1, 'part', part), 0, 1);
  const [centre, radius] = [5 + 6 * random[268]!, 3 + 3 * random[269]!];
  const camera = Float32Array.from({ length: 256 }, (_, pixel) => {
    const distance = Math.hypot((pixel % 16) - centre, Math.floor(pixel / 16) - 8);
    return (distance < radius ? 0.8 : 0.2) + 0.04 * random[pixel]!;
  });
  const gauge = Float32Array.from(
    { length: 12 },
    (_, place) => 0.5 + 0.3 * Math.sin(place / 2 + centre) + 0.1 * random[256 + place]!,
  );
  return { camera, gauge, note: `disc ${part} at ${Math.round(centre)}` };
}

/** An import of these parts, as the training process holds it. */
export function plantOf(parts: readonly MadePart[], problems: PlantParts['problems'] = []): PlantParts {
  const tensors = Object.fromEntries(
    plan.modalities.flatMap((modality) => {
      const { name } = modality;
      const size = valueSize(modality);
      const values = new Float32Array(parts.length * size);
      const present = new Float32Array(parts.length);
      parts.forEach((part, index) => {
        const value = part[name as keyof MadePart];
        if (value === undefined) return;
        present[index] = 1;
        values.set(
          typeof value === 'string' && modality.kind === 'text'
            ? encodeText(modality, value)
            : (value as Float32Array),
          index * size,
        );
      });
      return [
        [`${name}/values`, { shape: [parts.length, size], data: values }],
        [`${name}/present`, { shape: [parts.length], data: present }],
      ] as const;
    }),
  );
  const records = parts.map(({ note, gauge }, index) => ({
    id: `P${index}`,
    row: index + 2,
    values: { ...(gauge && { gauge: Array.from(gauge) }), ...(note !== undefined && { note }) },
  }));
  return { plan, dataset: datasetOf(plan, tensors), records, problems };
}

/** As many sound parts, some of them changed. */
export function plantWith(
  count: number,
  change: (part: Required<MadePart>, index: number) => MadePart = (part) => part,
): PlantParts {
  return plantOf(Array.from({ length: count }, (_, index) => change(soundPart(index), index)));
}
