import { modulesOf } from '../../protocol/modules.ts';
import type { Plan } from '../../protocol/plan.ts';
import type { StageName } from '../../protocol/schedule.ts';
import { type Dataset, selectParts } from '../learning/datasets.ts';
import type { ModuleTensors } from '../learning/inference.ts';
import type { Programs } from '../learning/programs.ts';
import { trainRound } from '../learning/round.ts';
import { memoryStateStore } from '../learning/task-state.ts';
import { spread } from '../measures/spread.ts';
import { givenOrInitial } from '../model/initialise.ts';
import type { Speed, StageSpeed } from './pilot-facts.ts';

interface SpeedOptions {
  readonly plan: Plan;
  /** The parts that a round trains on. */
  readonly dataset: Dataset;
  readonly programs: Programs;
  readonly abort: AbortSignal;
  progress(fraction: number): void;
}

/** Least time of a burst from which speed is estimated. */
const enoughSeconds = 1;
const firstParts = 256;
const growth = 4;

/**
 * Options with the modules given, as in a federation; otherwise each burst would have to draw them from the plan's
 * seed.
 */
interface MeasuredOptions extends SpeedOptions {
  readonly modules: ModuleTensors;
}

/**
 * Measures the seconds of one real round of each stage of the plan: the product's own training on part of the plant's
 * parts, more of them until it takes a second, or on all of them. The time for the rest is extrapolated from the last
 * two bursts. Compiling is left out: it happens once.
 */
export async function measureSpeed(options: SpeedOptions): Promise<Speed> {
  const stages: StageSpeed[] = [];
  const { plan } = options;
  const modules = givenOrInitial(plan, modulesOf(plan));
  for (const [index, { stage }] of plan.stages.entries()) {
    stages.push(await measureStage({ ...options, modules }, stage, index));
    options.progress((index + 1) / plan.stages.length);
  }
  return { stages };
}

async function measureStage(options: MeasuredOptions, stage: StageName, index: number): Promise<StageSpeed> {
  const { count } = options.dataset;
  let parts = Math.min(count, firstParts);
  // Compiles what the bursts share.
  await burst(options, stage, index, parts);
  let seconds = await burst(options, stage, index, parts);
  let each = seconds / parts;
  while (seconds < enoughSeconds && parts < count) {
    const [lessParts, lessSeconds] = [parts, seconds];
    parts = Math.min(count, parts * growth);
    seconds = await burst(options, stage, index, parts);
    each = Math.max(0, seconds - lessSeconds) / (parts - lessParts);
  }
  return { stage, seconds: seconds + each * (count - parts), measuredParts: parts, measuredSeconds: seconds };
}

async function burst(
  { plan, dataset, programs, abort, modules }: MeasuredOptions,
  stage: StageName,
  index: number,
  parts: number,
): Promise<number> {
  const all = Uint32Array.from({ length: dataset.count }, (_, part) => part);
  const some = parts === dataset.count ? dataset : selectParts(dataset, Uint32Array.from(spread(all, parts)));
  const before = plan.stages.slice(0, index).reduce((sum, { rounds }) => sum + rounds, 0);
  const began = performance.now();
  await trainRound({
    ...{ plan, stage, round: before + 1, dataset: some, modules, programs },
    ...{ state: memoryStateStore(), key: 'burst', abort, progress: () => {} },
  });
  return (performance.now() - began) / 1000;
}
