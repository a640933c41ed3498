import { describe, expect, it } from 'vitest';
import { presetNames } from '../../protocol/kinds/preset-numbers.ts';
import { parsePlan, planHash } from '../../protocol/plan.ts';
import { fillPreset } from '../../protocol/presets.ts';

const label = { en: 'x', ja: 'x' };
const image = (width: number, height: number, more: object = {}) => ({
  ...{ kind: 'image', name: 'camera', label, width, height, channels: 3, ...more },
});
const signal = (length: number, more: object = {}) => ({
  ...{ kind: 'signal', name: 'gauge', label, length, unit: 'mm', range: [0, 1], ...more },
});
const text = (more: object = {}) => ({ kind: 'text', name: 'note', label, ...more });

function document(modalities: readonly object[], more: object = {}) {
  const stages = [{ stage: 'generators', rounds: 1 }];
  return { format: 'fedrecon-plan/2', name: 'Preset', preset: 'standard', modalities, stages, ...more };
}

describe('a preset', () => {
  it('gives a plan everything about the architecture that it does not say', () => {
    const plan = parsePlan(document([image(28, 28), signal(56), text()]));
    expect(plan.modalities).toMatchObject([
      { architecture: 'dense', latent: 24, hidden: [256, 128] },
      { architecture: 'dense', latent: 16, hidden: [128, 128] },
      { latent: 16, hidden: [128], buckets: 512, maxWords: 64 },
    ]);
    expect(plan.mapping).toEqual({ hidden: [256, 256], residual: 4096 });
    expect(plan.training).toMatchObject({ batch: 64, localEpochs: 2, learningRate: 0.002 });
  });

  it('gives way to what is written, field by field', () => {
    const plan = parsePlan(
      document(
        [image(28, 28, { hidden: [32] }), signal(4096, { architecture: 'dense' }), text({ buckets: 128 })],
        { mapping: { residual: 0, hidden: [16] }, training: { batch: 8, seed: 3 } },
      ),
    );
    expect(plan.modalities).toMatchObject([
      { architecture: 'dense', latent: 24, hidden: [32] },
      { architecture: 'dense', hidden: [128, 128] },
      { hidden: [128], buckets: 128 },
    ]);
    expect(plan.mapping).toMatchObject({ residual: 0, hidden: [16] });
    expect(plan.training).toMatchObject({ batch: 8, seed: 3, localEpochs: 2 });
    const written = parsePlan(document([image(28, 28, { filters: [8] }), text()]));
    expect(written.modalities[0]).toMatchObject({
      architecture: 'convolutional',
      filters: [8],
      hidden: [128],
    });
  });

  it('takes convolutions for what is large, as many as the size asks for', () => {
    const architectures = [image(64, 64), image(128, 16), image(33, 32), signal(129), signal(4096)].map(
      (modality) => parsePlan(document([modality, text()])).modalities[0]!,
    );
    expect(architectures).toMatchObject([
      { architecture: 'convolutional', filters: [16, 32, 64, 64] },
      { architecture: 'convolutional', filters: [16, 32, 64, 64] },
      { architecture: 'convolutional', filters: [16, 32, 64] },
      { architecture: 'convolutional', filters: [16, 32], stride: 4 },
      { architecture: 'convolutional', filters: [16, 32, 32, 64], stride: 4 },
    ]);
  });

  it('hashes the same as the same plan written out', () => {
    const short = parsePlan(document([image(28, 28), text()]));
    expect(short).not.toHaveProperty('preset');
    expect(planHash(parsePlan(JSON.parse(JSON.stringify(short))))).toBe(planHash(short));
    const others = presetNames.map((preset) =>
      planHash(parsePlan(document([image(28, 28), text()], { preset }))),
    );
    expect(new Set(others).size).toBe(presetNames.length);
  });

  it.each(presetNames)('%s makes a sound plan of every size', (preset) => {
    for (const side of [8, 9, 16, 28, 31, 64, 100, 128, 256])
      for (const length of [1, 4, 5, 56, 128, 129, 1000, 4096])
        for (const maxWords of [1, 64, 512])
          expect(() =>
            parsePlan(document([image(side, 8), signal(length), text({ maxWords })], { preset })),
          ).not.toThrow();
  });

  it('leaves room for all words of a long text', () => {
    const buckets = [1, 32, 512].map(
      (maxWords) => parsePlan(document([text({ maxWords }), signal(4)])).modalities[0],
    );
    expect(buckets).toMatchObject([{ buckets: 256 }, { buckets: 256 }, { buckets: 4096 }]);
  });

  it.each([
    [{ preset: 'huge' }, 'preset', /"huge" is no preset; write light, standard, large/],
    [{ preset: null }, 'preset', /null is no preset/],
    [{ preset: 'constructor' }, 'preset', /is no preset/],
    [{ mapping: null }, 'mapping', /./],
    [{ training: 3 }, 'training', /./],
    [{ modalities: [image(28.5, 28), text()] }, 'modalities.0.width', /./],
    [{ modalities: [signal(28), { ...text(), kind: '__proto__' }] }, 'modalities.1.kind', /./],
    [{ modalities: [signal(2, { architecture: 'convolutional' }), null] }, 'modalities.1', /./],
    [{ modalities: 'all' }, 'modalities', /./],
  ])('names what is wrong beside it (%#)', (wrong, field, problem) => {
    expect(() => parsePlan(document([image(28, 28), text()], wrong))).toThrow(
      expect.objectContaining({
        code: 'plan-invalid',
        detail: expect.objectContaining({ field, problem: expect.stringMatching(problem) }),
      }),
    );
  });

  it('is named as the cure where a plan has neither layers nor preset', () => {
    const { preset: _, ...without } = document([image(28, 28), text()]);
    expect(fillPreset(without)).toBe(without);
    expect(() => parsePlan(without)).toThrow(
      expect.objectContaining({
        detail: {
          field: 'modalities.0.hidden',
          problem: expect.stringContaining('"preset": "standard"'),
          problemJa: expect.stringContaining('"preset": "standard"'),
        },
      }),
    );
  });
});
