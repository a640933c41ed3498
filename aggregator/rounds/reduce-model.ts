import type { Plan } from '../../protocol/plan.ts';
import { stageOfRound } from '../../protocol/schedule.ts';
import type { HostTensors } from '../../protocol/tensors.ts';
import { movingAverage, weightedAverage } from './average.ts';
import { type ServerOptimiser, serverMomentum, serverStep } from './server-optimiser.ts';

type ByModule<Stored> = Readonly<Record<string, Stored>>;

/** Model as the server keeps it: a record of modules for each purpose. */
export interface Model<Stored> {
  /** Modules that a round starts from. */
  readonly modules: ByModule<Stored>;
  /** Modules that plants reconstruct with. */
  readonly serving: ByModule<Stored>;
  /** States of the server's optimiser. */
  readonly optimiser: ByModule<Stored>;
}

/** Contribution of one plant to one module. */
interface Contributed<Stored> {
  /** Weight in the average: parts that it was trained on. */
  readonly samples: number;
  readonly tensors: Stored;
}

/** Storage of tensors between rounds; they are loaded one module at a time. */
export interface Shelf<Stored> {
  load(stored: Stored): Promise<HostTensors>;
  store(tensors: HostTensors): Promise<Stored>;
  same(one: Stored, other: Stored): boolean;
}

/**
 * Model after a round. Each module that plants have trained becomes their average and the server's step from it; the
 * serving module is a moving average, which goes on even where nobody has trained the module. After the last round of a
 * stage the next one starts from the serving modules, not from the last round's noisier ones (ALGORITHM, stage 2), and
 * the optimiser starts afresh, for its state belongs to the others. The result depends on the arguments alone, so a
 * reduction can be repeated.
 * @param server optimiser of the step; the momentum of the plan if not given
 */
export async function reduceModel<Stored>(
  plan: Plan,
  round: number,
  contributions: readonly ByModule<Contributed<Stored>>[],
  before: Model<Stored>,
  shelf: Shelf<Stored>,
  server = optimiserOf(plan),
): Promise<Model<Stored>> {
  const modules = { ...before.modules };
  const serving = { ...before.serving };
  const optimiser = { ...before.optimiser };
  const contributed = contributions.flatMap((contribution) => Object.keys(contribution));
  for (const name of [...new Set([...Object.keys(modules), ...contributed])].sort()) {
    const parts = contributions.flatMap((contribution) => contribution[name] ?? []);
    if (parts.length > 0) {
      const { tensors, state } = await stepOf(server, name, parts, before, shelf);
      modules[name] = await shelf.store(tensors);
      if (state) optimiser[name] = await shelf.store(state);
    }
    const served = serving[name];
    if (served === undefined) serving[name] = modules[name]!;
    else if (!shelf.same(served, modules[name]!)) {
      const [old, now] = [await shelf.load(served), await shelf.load(modules[name]!)];
      serving[name] = await shelf.store(await movingAverage(old, now, plan.research.servingEma));
    }
  }
  const endsStage = stageOfRound(plan, round + 1).index !== stageOfRound(plan, round).index;
  return endsStage ? { modules: serving, serving, optimiser: {} } : { modules, serving, optimiser };
}

function optimiserOf({ research }: Plan): ServerOptimiser | undefined {
  return research.serverMomentum === 0 ? undefined : serverMomentum(research.serverMomentum);
}

async function stepOf<Stored>(
  server: ServerOptimiser | undefined,
  name: string,
  parts: readonly Contributed<Stored>[],
  { modules, optimiser }: Model<Stored>,
  shelf: Shelf<Stored>,
) {
  const average = await weightedAverage(
    parts.map(({ samples, tensors }) => ({ samples, load: () => shelf.load(tensors) })),
  );
  const [base, state] = [modules[name], optimiser[name]];
  if (server === undefined || base === undefined) return { tensors: average, state: undefined };
  return serverStep(server, await shelf.load(base), average, state && (await shelf.load(state)));
}
