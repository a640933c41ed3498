import { planHash } from '../../../../protocol/plan.ts';
import type { Tools } from '../../worker.ts';
import { judgeWith } from '../judge.ts';
import { judgeTensors } from '../judge-file.ts';
import { measureMethod } from '../measure.ts';
import { methodNamed } from '../methods/index.ts';
import type { Patch } from '../patch.ts';
import type { Measured } from '../rows.ts';
import { planOf, type Setting } from '../setting.ts';
import { makeWorld, type World } from '../world.ts';

/** One method in one setting, and what is changed in the plan for it: the unit of work, and of what is kept. */
export interface Cell {
  readonly method: string;
  readonly setting: Setting;
  /** Merged into the plan's document; `{}` for the plan as it is. */
  readonly patch: Patch;
  /** Whether images are kept beside its rows. They are most of a row's bytes, and one seed shows what is to be seen. */
  readonly pictured?: boolean;
}

/** What measures cells one after the other; what neighbouring cells share is made once. */
export function openBench({ engine, garments }: Tools): (cell: Cell) => Promise<Measured> {
  let last: { key: string; world: World } | undefined;
  const worldOf = async (setting: Setting, patch: Patch) => {
    const plan = await planOf(setting, patch);
    const key = `${JSON.stringify(setting)} ${planHash(plan)}`;
    if (last?.key !== key) last = { key, world: makeWorld(plan, setting, garments) };
    return last.world;
  };
  return async ({ method: name, setting, patch, pictured = false }) => {
    const method = methodNamed(name)!;
    const world = await worldOf(setting, patch);
    const judge = judgeWith(await judgeTensors(setting, garments, engine), engine);
    try {
      const { samples, ...measured } = await measureMethod(method, world, setting, judge, engine);
      return { ...measured, ...(pictured && samples && { samples }) };
    } finally {
      await judge.dispose();
    }
  };
}
