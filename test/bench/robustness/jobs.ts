import type { Piece } from '../pieces.ts';
import { judgeWith } from '../reconstruction/judge.ts';
import { judgeTensors } from '../reconstruction/judge-file.ts';
import { methodNamed } from '../reconstruction/methods/index.ts';
import type { Patch } from '../reconstruction/patch.ts';
import { methodHash, planOf, type Setting, settingKey } from '../reconstruction/setting.ts';
import { makeWorld } from '../reconstruction/world.ts';
import type { Tools } from '../worker.ts';
import { type FaultRow, measureCases } from './measure.ts';
import { worldNamed, worlds } from './worlds.ts';

/** One method in one world: the unit of work, and of what is kept. */
export interface Job {
  readonly method: string;
  /** By its name. */
  readonly world: string;
  readonly setting: Setting;
  /** Merged into the plan's document. */
  readonly patch: Patch;
}

/**
 * Every method in every world of a setting.
 * @param images images there are: another number is another data set
 */
export async function piecesOf(
  methods: readonly string[],
  setting: Setting,
  patch: Patch,
  images: number,
): Promise<Piece<Job>[]> {
  const plan = await planOf(setting, patch);
  return worlds.flatMap(({ name: world, plan: planFor, cases }) => {
    const asked = methodHash(planFor(plan)) + cases.map(({ name }) => name).join();
    const where = `${settingKey(plan, setting, images)} ${world} ${asked}`;
    return methods.map((method) => ({
      key: `${where} ${method}`,
      name: `seed ${setting.seed}, ${world}, ${method}`,
      method,
      setting,
      job: { method, world, setting, patch },
    }));
  });
}

/** What trains and measures methods one after the other. */
export function openFaultBench({ engine, garments }: Tools): (job: Job) => Promise<FaultRow[]> {
  return async ({ method, world: name, setting, patch }) => {
    const { plan: planFor, change, cases } = worldNamed(name);
    const plan = planFor(await planOf(setting, patch));
    const world = makeWorld(plan, setting, garments, change(setting.seed));
    const judge = judgeWith(await judgeTensors(setting, garments, engine), engine);
    try {
      return await measureCases(methodNamed(method)!, world, cases, setting.seed, judge, engine);
    } finally {
      await judge.dispose();
    }
  };
}
