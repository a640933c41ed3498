import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join as joinPath } from 'node:path';
import type { Reconstruction } from '../../../main/store/reconstructions.ts';
import { openStore } from '../../../main/store/store.ts';
import { encodeTensors } from '../../../protocol/safetensors.ts';
import { finishedPlant } from './finished-plant.ts';
import { tinyPlan, writePlant } from './plants.ts';
import { calibrated } from './trusted.ts';

/** Tiny plan with a material, which the gauge tells, in place of the note. */
export const materialPlan = {
  ...tinyPlan,
  modalities: [
    ...tinyPlan.modalities.slice(0, 2),
    {
      name: 'material',
      label: { en: 'Material', ja: '材質' },
      kind: 'category',
      values: ['steel', 'brass', 'plastic'],
      list: 'growing',
      latent: 4,
      hidden: [16],
    },
  ],
  training: { batch: 16, localEpochs: 20 },
  rounds: { quorum: 1, deadlineSeconds: 300, opening: 'automatic' },
  policy: { exportBy: ['operator', 'engineer', 'administrator'], adoption: 'automatic-unjudged' },
} as const;

/**
 * Writes a plant's folder: bars on the left are of steel, in the middle of brass, on the right of plastic. One part in
 * six has no picture, one in five no material, and one a material that nobody listed.
 */
export async function writeMaterialPlant(folder: string, parts: number): Promise<string> {
  await mkdir(folder, { recursive: true });
  await writePlant(folder, ['camera', 'gauge'], parts, 'M', 6);
  const [head, ...rows] = (await readFile(joinPath(folder, 'parts.csv'), 'utf8')).trim().split('\n');
  const materialOf = (part: number) => {
    if (part === 1) return 'titanium';
    if (part % 5 === 3) return '';
    return part % 8 < 3 ? 'steel' : part % 8 < 6 ? 'Brass ' : 'plastic';
  };
  const written = rows.map((row, part) => `${row},${materialOf(part)}`);
  await writeFile(joinPath(folder, 'parts.csv'), `${[`${head},material`, ...written].join('\n')}\n`);
  return folder;
}

/** The data folder of a plant whose rounds are over, with all that it lacks reconstructed. */
export function materialFolder(root: string, databaseUrl?: string): Promise<string> {
  const write = (folder: string) => writeMaterialPlant(folder, 96);
  return finishedPlant(
    root,
    { plan: materialPlan, has: ['camera', 'gauge', 'material'], write },
    databaseUrl,
  );
}

/** Route to materials that two plants calibrated: the true value of known parts had a share of 70 %, more or less. */
const route = { ...calibrated, route: 'material←camera+gauge', usual: { centre: -1, spread: 0.5 } };
const assessment = {
  ...{ route: route.route, logError: Math.log(-Math.log(0.7)) },
  ...{ deviation: 0.3, familiarity: 0.6, alone: {} },
};

/** Makes a {@link materialFolder} whose materials are calibrated, and all of steel. */
export async function calibratedMaterialFolder(root: string): Promise<string> {
  const dataFolder = await materialFolder(root);
  const store = await openStore(dataFolder);
  const made = (modality: string) =>
    store.reconstructions.queue(modality).map(({ part }) => ({
      ...store.reconstructions.get(part, modality)!,
      values: '',
    }));
  const [camera, material] = [made('camera'), made('material')];
  const shares = {
    shape: [material.length, 4],
    data: Float32Array.from(
      { length: 4 * material.length },
      (_, place) => [0.7, 0.2, 0.06, 0.04][place % 4]!,
    ),
  };
  const { sha256: file } = await store.files.put(
    encodeTensors({ mean: shares, sigma: shares }, { routes: JSON.stringify([route]) }),
  );
  store.reconstructions.replace([
    { ...fileOf(camera[0]!), rows: camera },
    {
      ...fileOf(material[0]!),
      file,
      rows: material.map((row, position) => ({ ...row, position, assessment })),
    },
  ]);
  store.close();
  return dataFolder;
}

function fileOf({ modality, modelVersion, planHash, file, sigmaLow, sigmaHigh, madeAt }: Reconstruction) {
  return { modality, modelVersion, planHash, file, sigmaLow, sigmaHigh, madeAt };
}
