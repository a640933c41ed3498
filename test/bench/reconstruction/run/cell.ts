import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Garment } from '../../../../main/demo/garments.ts';
import { planHash } from '../../../../protocol/plan.ts';
import { decodeTensors, encodeTensors } from '../../../../protocol/safetensors.ts';
import type { HostTensors } from '../../../../protocol/tensors.ts';
import type { Engine } from '../../../../training/engine/index.ts';
import { judgeWith, trainJudgeTensors } from '../judge.ts';
import { measureMethod } from '../measure.ts';
import { methodNamed } from '../methods/index.ts';
import type { Patch } from '../patch.ts';
import type { Measured } from '../rows.ts';
import { planOf, type Setting } from '../setting.ts';
import { makeWorld, setAside, type World } from '../world.ts';

/** One method in one setting, and what is changed in the plan for it: the unit of work, and of what is kept. */
export interface Cell {
  readonly method: string;
  readonly setting: Setting;
  /** Merged into the plan's document; `{}` for the plan as it is. */
  readonly patch: Patch;
}

/** Where trained judges are kept: all methods, plans and plants of one seed are judged by the same one. */
const judgeFolder = join(import.meta.dirname, '../../../../build/out/bench/judges');

/** Measures cells one after the other; what neighbouring cells share is made once. */
export interface Bench {
  measure(cell: Cell): Promise<Measured>;
  /** Trains the judge of a setting, unless its file is there. */
  prepare(setting: Setting): Promise<void>;
}

/** A bench on an engine, with the images of all garments. */
export function openBench(engine: Engine, garments: readonly Garment[]): Bench {
  let last: { key: string; world: World } | undefined;
  const worldOf = async (setting: Setting, patch: Patch) => {
    const plan = await planOf(setting, patch);
    const key = `${JSON.stringify(setting)} ${planHash(plan)}`;
    if (last?.key !== key) last = { key, world: makeWorld(plan, setting, garments) };
    return last.world;
  };
  const judgeTensors = async (setting: Setting) => {
    // The plan without a cell's changes, or an ablation would change its own judge.
    const plan = await planOf(setting);
    const { judgeEpochs, judgeParts } = setting.budget;
    const key = JSON.stringify([judgeParts, judgeEpochs, garments.length, planHash(plan)]);
    const path = join(
      judgeFolder,
      `${createHash('sha256').update(key).digest('hex').slice(0, 16)}.safetensors`,
    );
    const kept = await readFile(path).catch(() => undefined);
    if (kept) return decodeTensors(kept).tensors;
    const { judged } = setAside(setting, garments);
    const tensors = await trainJudgeTensors(plan, judged, judgeEpochs, engine);
    await keep(path, tensors);
    return tensors;
  };
  return {
    async measure({ method: name, setting, patch }) {
      const method = methodNamed(name)!;
      const world = await worldOf(setting, patch);
      const judge = judgeWith(await judgeTensors(setting), engine);
      try {
        return await measureMethod(method, world, setting, judge, engine);
      } finally {
        await judge.dispose();
      }
    },
    async prepare(setting) {
      await judgeTensors(setting);
    },
  };
}

/** Several processes may keep the same judge at once; each puts a whole file in its place. */
async function keep(path: string, tensors: HostTensors): Promise<void> {
  await mkdir(judgeFolder, { recursive: true });
  const own = `${path}.${randomUUID()}`;
  await writeFile(own, encodeTensors(tensors));
  await rename(own, path);
}
