import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Garment } from '../../../main/demo/garments.ts';
import { planHash } from '../../../protocol/plan.ts';
import { decodeTensors, encodeTensors } from '../../../protocol/safetensors.ts';
import type { HostTensors } from '../../../protocol/tensors.ts';
import type { Engine } from '../../../training/engine/index.ts';
import { trainJudgeTensors } from './judge.ts';
import { planOf, type Setting } from './setting.ts';
import { setAside } from './world.ts';

/** Where trained judges are kept: all methods, plans and plants of one seed are judged by the same one. */
const folder = join(import.meta.dirname, '../../../build/out/bench/judges');

/** The judge of a setting, from its file; trained where there is none yet. */
export async function judgeTensors(
  setting: Setting,
  garments: readonly Garment[],
  engine: Engine,
): Promise<HostTensors> {
  const { judgeEpochs, judgeParts } = setting.budget;
  // The plan without what a cell changes, or an ablation would change its own judge.
  const plan = await planOf(setting);
  const key = JSON.stringify([judgeParts, judgeEpochs, garments.length, planHash(plan)]);
  const name = createHash('sha256').update(key).digest('hex').slice(0, 16);
  const path = join(folder, `${name}.safetensors`);
  const kept = await readFile(path).catch(() => undefined);
  if (kept) return decodeTensors(kept).tensors;
  const { judged } = setAside(setting, garments);
  const tensors = await trainJudgeTensors(plan, judged, judgeEpochs, engine);
  await keep(path, tensors);
  return tensors;
}

/** Several processes may keep the same judge at once; each puts a whole file in its place. */
async function keep(path: string, tensors: HostTensors): Promise<void> {
  await mkdir(folder, { recursive: true });
  const own = `${path}.${randomUUID()}`;
  await writeFile(own, encodeTensors(tensors));
  await rename(own, path);
}
