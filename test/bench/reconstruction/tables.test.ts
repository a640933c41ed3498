import { describe, expect, it } from 'vitest';
import { methodNamed } from './methods/index.ts';
import { merged } from './patch.ts';
import { budgets } from './setting.ts';
import { variantsFor } from './tables.ts';

describe('a change of the plan', () => {
  const document = {
    training: { beta: 0.5, batch: 64 },
    modalities: [
      { name: 'camera', latent: 24, hidden: [256, 128] },
      { name: 'gauge', latent: 16, hidden: [128] },
    ],
  };

  it('changes what it names and nothing else', () => {
    expect(merged(document, { training: { beta: 1, moments: 'reset' }, fusion: 'mean' })).toEqual({
      ...document,
      training: { beta: 1, batch: 64, moments: 'reset' },
      fusion: 'mean',
    });
  });

  it('finds modalities by their names, and replaces lists of numbers', () => {
    const { modalities } = merged(document, { modalities: { camera: { hidden: [64] } } }) as typeof document;
    expect(modalities).toEqual([{ name: 'camera', latent: 24, hidden: [64] }, document.modalities[1]]);
  });
});

describe('the ablations', () => {
  it('are plans and methods that can be run, with the default once in every ingredient', async () => {
    const variants = await variantsFor(budgets.quick);
    for (const { method } of variants) expect(methodNamed(method)?.name).toBe(method);
    for (const [ingredient, own] of Map.groupBy(variants, (variant) => variant.ingredient))
      expect([ingredient, own.filter(({ isDefault }) => isDefault).length]).toEqual([ingredient, 1]);
    expect(new Set(variants.map(({ ingredient, title }) => `${ingredient}: ${title}`)).size).toBe(
      variants.length,
    );
  });

  it('are few enough to be measured: each is a whole training a seed', async () => {
    const variants = await variantsFor(budgets.brief);
    const trainings = new Set(variants.map(({ method, patch }) => JSON.stringify([method, patch])));
    expect(trainings.size).toBeLessThanOrEqual(29);
  });
});
