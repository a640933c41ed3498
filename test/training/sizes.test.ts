import { encode as encodePng } from 'fast-png';
import { describe, expect, it } from 'vitest';
import {
  type ImageModality,
  modalityOf,
  type Plan,
  parsePlan,
  type TextModality,
} from '../../protocol/plan.ts';
import { servingModules } from '../../protocol/serving.ts';
import { moduleShapes, valueSize } from '../../protocol/shapes.ts';
import { encodeText } from '../../training/kinds/text.ts';
import { datasetOf, heldModalities } from '../../training/learning/datasets.ts';
import { blockRows, decodeParts } from '../../training/learning/inference.ts';
import { emptyTable, row } from '../../training/learning/row-table.ts';
import { initialModule } from '../../training/model/initialise.ts';
import { reconstruct } from '../../training/reconstruction/reconstruct.ts';
import { folderWith, importFolder, presentOf, valuesOf } from './data/support.ts';
import { modulesOf, tensorsOf, trainOnce } from './learning/rounds.ts';
import { onnxPrograms } from './model/engines.ts';
import { syntheticParts } from './model/parts.ts';

const label = { en: 'x', ja: 'x' };
const { signal: abort } = new AbortController();

function planOf(modalities: readonly object[], training: object = {}): Plan {
  return parsePlan({
    ...{ format: 'fedrecon-plan/2', name: 'Sizes', preset: 'light', modalities },
    stages: [{ stage: 'generators', rounds: 1 }],
    training: { batch: 4, localEpochs: 1, ...training },
    research: { betaWarmupRounds: 0 },
  });
}

describe('an image modality', () => {
  const sizes = [
    [16, 16],
    [28, 28],
    [64, 64],
    [128, 128],
    [31, 17],
    [40, 128],
  ] as const;
  const cases = sizes.flatMap(([width, height]) =>
    ([1, 3] as const).map((channels) => ({ width, height, channels })),
  );

  // What a size needs of a model does not depend on the width of its dense layers, which is most of the work.
  const narrow = { hidden: [16], latent: 4 };

  it.each(cases)(
    'of $width × $height × $channels trains and reconstructs, dense and convolutional',
    async (size) => {
      const programs = await onnxPrograms();
      const plan = planOf(
        ['dense', 'convolutional'].map((architecture) => ({
          ...{ name: architecture, label, kind: 'image', architecture, ...size, ...narrow },
        })),
      );
      const result = await trainOnce(plan, 'generators', syntheticParts(plan, 4), programs);
      const trained = tensorsOf(result);
      for (const modality of plan.modalities as ImageModality[]) {
        const decoder = `decoder/${modality.name}` as const;
        const shapes = moduleShapes(plan, decoder);
        const first = initialModule(plan, decoder);
        expect(Object.keys(shapes).map((name) => trained[name]!.shape)).toEqual(Object.values(shapes));
        for (const [name, { data }] of Object.entries(first))
          expect(
            trained[name]!.data.some((value, place) => value !== data[place]),
            name,
          ).toBe(true);
        const frozen = { plan, programs, modules: modulesOf(result), abort };
        const latent = emptyTable(1, modality.latent);
        const { data } = await decodeParts(frozen, modality.name, latent, Uint32Array.of(0));
        expect(data).toHaveLength(valueSize(modality));
        expect(data.every((value) => value > 0 && value < 1)).toBe(true);
      }
      await programs.dispose();
    },
  );
});

/** Mean of the first channel less that of the others. */
function redness(values: Float32Array): number {
  const signed = values.map((value, place) => (place % 3 === 0 ? value : -value / 2));
  return (3 * signed.reduce((sum, value) => sum + value, 0)) / values.length;
}

describe('the largest parts', () => {
  const count = 12;
  const plan = planOf(
    [
      { name: 'camera', label, kind: 'image', width: 128, height: 128, channels: 3 },
      { name: 'spectrum', label, kind: 'signal', length: 4096, unit: 'V', range: [-1, 1] },
      { name: 'note', label, kind: 'text', maxWords: 512 },
    ],
    { localEpochs: 20, learningRate: 0.005 },
  );
  /** Two types of part take turns: the red ones have a late peak, the others an early one. */
  const along = (index: number) => 0.2 + 0.6 * (index % 2);
  const photo = (index: number) => {
    const data = new Uint8Array(150 * 140 * 3);
    for (let place = 0; place < data.length; place++)
      data[place] = place % 3 === 0 ? 255 * along(index) : 255 * (1 - along(index));
    return encodePng({ width: 150, height: 140, channels: 3, depth: 8, data });
  };
  const peak = (index: number) =>
    Array.from({ length: 4096 }, (_, place) =>
      Math.exp(-(((place - 500 - 3000 * along(index)) / 200) ** 2)).toFixed(3),
    ).join(' ');
  const words = (index: number) => Array.from({ length: 600 }, (_, place) => `w${index % 2}x${place}`);

  it('come from a folder, train a round of each stage and are reconstructed', async () => {
    const unseen = [3, 8];
    const lines = Array.from({ length: count }, (_, index) =>
      [`P${index}`, unseen.includes(index) ? '' : `${index}.png`, peak(index), words(index).join(' ')].join(
        ',',
      ),
    );
    const photos = Array.from({ length: count }, (_, index) => [`${index}.png`, photo(index)] as const);
    const folder = folderWith({
      'parts.csv': ['id,camera,spectrum,note', ...lines].join('\n'),
      ...Object.fromEntries(photos),
    });
    const imported = await importFolder(folder, {}, { plan });
    expect(imported.result).toMatchObject({ accepted: count, problems: 0 });
    expect(presentOf(imported, 'camera')).toEqual(lines.map((_, index) => (unseen.includes(index) ? 0 : 1)));
    expect(valuesOf(imported, 'camera', 0)).toHaveLength(128 * 128 * 3);
    expect(valuesOf(imported, 'spectrum', 0)[1100]).toBeCloseTo(1);
    const note = modalityOf(plan, 'note') as TextModality;
    const kept = words(2).slice(0, 512).join(' ');
    expect(valuesOf(imported, 'note', 2)).toEqual(Array.from(encodeText(note, kept)));

    const programs = await onnxPrograms();
    const generators = modulesOf(await trainOnce(plan, 'generators', imported.tensors, programs));
    const mappings = await trainOnce(plan, 'mappings', imported.tensors, programs, { modules: generators });
    const trained = { ...generators, ...modulesOf(mappings) };
    const dataset = datasetOf(plan, imported.tensors);
    const names = servingModules(plan, heldModalities(plan, dataset));
    const modules = Object.fromEntries(names.map((name) => [name, trained[name]!]));
    const { camera } = await reconstruct({ plan, programs, modules, abort }, dataset, {
      ...{ draws: 16, includeMeasured: false, fetched: new Set(names), progress: () => {} },
    });
    await programs.dispose();
    expect(Array.from(camera!.parts)).toEqual(unseen);
    for (const table of [camera!.mean, camera!.sigma])
      for (const index of unseen)
        expect(row(table, index).every((value) => value > 0 && value < 1)).toBe(true);
    // One short round knows the colours only roughly, but which part is the red one.
    const [red, cyan] = unseen.map((index) => redness(row(camera!.mean, index))) as [number, number];
    expect(red - cyan).toBeGreaterThan(0.1);
  });

  it('run in small blocks, small ones in full ones', () => {
    expect(blockRows(256, 784)).toBe(256);
    expect(blockRows(64, 16 * 784)).toBe(64);
    expect(blockRows(256, 128 * 128 * 3)).toBe(128);
    expect(blockRows(64, 16 * 128 * 128 * 3)).toBe(8);
    expect(blockRows(64, 2 ** 30)).toBe(1);
  });
});
