import { parsePlan } from '../../../protocol/plan.ts';
import type { HostTensors } from '../../../protocol/tensors.ts';
import { fillNormal, fillUniform } from '../../../training/random/draws.ts';
import { keyOf } from '../../../training/random/threefry.ts';

const label = { en: 'x', ja: 'x' };
export const names = ['steel', 'brass', 'glass', 'paper'];
/** Two signals that show a part's material, and the material. */
export const plan = parsePlan({
  format: 'fedrecon-plan/2',
  name: 'A category',
  modalities: [
    ...['gauge', 'profile'].map((name) => ({
      ...{ kind: 'signal', name, label, length: 6, unit: '', range: [0, 1], latent: 4, hidden: [24] },
    })),
    { kind: 'category', name: 'material', label, values: names, list: 'growing', latent: 4, hidden: [16] },
  ],
  mapping: { hidden: [32] },
  training: { batch: 16, localEpochs: 60, learningRate: 0.01, seed: 3 },
  stages: [
    { stage: 'generators', rounds: 1 },
    { stage: 'mappings', rounds: 1 },
  ],
});
/** Where the share of what nobody listed stands. */
export const unseen = names.length;

/** Of a part's material: more than half of all parts are of the first one. */
function materialOf(part: number): number {
  return [0, 0, 0, 1, 0, 2, 0, 3][part % 8]!;
}

/** What each material looks like to the gauge and to the profile. */
const looks = ['gauge', 'profile'].map((name) => {
  const own = new Float32Array(names.length * 6);
  fillUniform(own, keyOf(5, 'looks', name), 0.15, 0.85);
  return own;
});

/** Parts whose material shows in gauge and profile, each with noise of its own. */
export function partsOf(count: number, seed: number): HostTensors {
  const present = { shape: [count], data: new Float32Array(count).fill(1) };
  const material = new Float32Array(count * (names.length + 1));
  for (let part = 0; part < count; part++) material[part * (names.length + 1) + materialOf(part)] = 1;
  const signals = ['gauge', 'profile'].map((name, index) => {
    const noise = new Float32Array(count * 6);
    fillNormal(noise, keyOf(seed, 'noise', name));
    const data = noise.map((value, place) => {
      const kind = materialOf(Math.floor(place / 6));
      return looks[index]![kind * 6 + (place % 6)]! + 0.08 * value;
    });
    return [name, data] as const;
  });
  return Object.fromEntries([
    ...signals.flatMap(([name, data]) => [
      [`${name}/values`, { shape: [count, 6], data }] as const,
      [`${name}/present`, present] as const,
    ]),
    ['material/values', { shape: [count, names.length + 1], data: material }],
    ['material/present', present],
  ]);
}
