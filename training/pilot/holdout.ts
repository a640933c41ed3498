import type { ModuleName } from '../../protocol/modules.ts';
import type { Plan } from '../../protocol/plan.ts';
import type { StageName } from '../../protocol/schedule.ts';
import { servingModules } from '../../protocol/serving.ts';
import type { HostTensors } from '../../protocol/tensors.ts';
import { heldOutParts } from '../confidence/hold-out.ts';
import { type ModelVersion, scoreTogether } from '../evaluation/score.ts';
import { type Dataset, heldModalities, selectParts, withoutParts } from '../learning/datasets.ts';
import type { Programs } from '../learning/programs.ts';
import { trainRound } from '../learning/round.ts';
import { memoryStateStore } from '../learning/task-state.ts';
import { spread } from '../measures/spread.ts';
import { givenOrInitial } from '../model/initialise.ts';
import { type HoldoutParts, qualityFacts } from './holdout-quality.ts';
import type { Holdout } from './pilot-facts.ts';
import type { PlantParts } from './show.ts';

interface HoldoutOptions {
  readonly given: PlantParts;
  readonly programs: Programs;
  /** Seconds after which training stops; evaluating takes a few more. */
  readonly seconds: number;
  readonly abort: AbortSignal;
  progress(fraction: number): void;
}

/** Share of parts that is held out when the plan holds none out. */
const usualShare = 0.15;
/** Largest number of parts evaluated; more would not change a mean noticeably. */
const mostEvaluated = 400;
/** Shares of the time by stage: mappings need generators that are good already. */
const shares: readonly (readonly [StageName, number])[] = [
  ['generators', 0.55],
  ['mappings', 0.45],
];

/** Share of the work at which training ends and evaluation begins. */
const evaluationBegins = 0.95;

type Modules = Partial<Record<ModuleName, HostTensors>>;

/**
 * Evaluates what this plant's data alone can reach: trains generators and mappings on all but the parts held out (the
 * very parts that a plant of the federation evaluates models by), for a bounded time and at most as long as the plan's
 * schedule; then hides each modality of the held-out parts in turn and reconstructs it from the others.
 */
export async function evaluateHoldout({ given, ...options }: HoldoutOptions): Promise<Holdout> {
  const { plan, dataset } = given;
  const held = heldOutParts(
    { ...plan, evaluation: { holdOut: plan.evaluation.holdOut || usualShare } },
    dataset,
  );
  if (held.length === 0 || heldModalities(plan, dataset).length < 2)
    return { seconds: 0, epochs: {}, cutShort: false, qualities: [] };
  const began = performance.now();
  const training = withoutParts(dataset, held);
  const { modules, epochs, cutShort } = await trainAlone(plan, training, options);
  const seconds = (performance.now() - began) / 1000;
  const evaluated = Uint32Array.from(spread(held, mostEvaluated));
  const test = selectParts(dataset, evaluated);
  const version: ModelVersion = {
    frozen: {
      ...{ plan, programs: options.programs, abort: options.abort },
      modules: givenOrInitial(plan, servingModules(plan, heldModalities(plan, test)), modules),
    },
    fetched: new Set(Object.keys(modules)),
    learned: {},
  };
  const tested: HoldoutParts = { given, training, test, rowOf: (part) => evaluated[part]! };
  const qualities = (await scoreTogether(version, test)).map((set) => qualityFacts(tested, set));
  options.progress(1);
  return { seconds, epochs, cutShort, qualities };
}

/**
 * Trains stage by stage, until the stage's share of the time or the plan's passes are over; each stage makes one pass at
 * least, however slow the machine is, because without mappings nothing can be evaluated.
 */
async function trainAlone(
  plan: Plan,
  dataset: Dataset,
  { programs, seconds, abort, progress }: Omit<HoldoutOptions, 'given'>,
): Promise<{ modules: Modules; epochs: Record<string, number>; cutShort: boolean }> {
  const modules: Modules = {};
  const epochs: Record<string, number> = {};
  let cutShort = false;
  const began = performance.now();
  const elapsed = () => (performance.now() - began) / 1000;
  let end = 0;
  for (const [stage, share] of shares) {
    const passes = passesOf(plan, stage);
    const from = end;
    end += share;
    const state = memoryStateStore();
    const started = elapsed();
    let done = 0;
    for (let round = 1; done < passes && (done === 0 || elapsed() < end * seconds); round++) {
      // The first pass says how long one takes; then half of what there is time for, so that the end is not missed by much.
      const affordable = done === 0 ? 1 : ((end * seconds - elapsed()) * done) / (elapsed() - started) / 2;
      const next = Math.min(passes - done, Math.max(1, Math.floor(affordable)));
      const trained = await trainRound({
        ...{ plan: aloneFor(plan, stage, next), stage, round, dataset, modules, programs, state, abort },
        key: `${stage} ${round}`,
        progress: ({ fraction }) => {
          const byPasses = from + (share * (done + next * fraction)) / passes;
          progress(Math.min(end, Math.max(byPasses, elapsed() / seconds)) * evaluationBegins);
        },
      });
      for (const [name, { tensors }] of trained.modules) modules[name] = tensors;
      done += next;
    }
    cutShort ||= done < passes;
    epochs[stage] = done;
  }
  return { modules, epochs, cutShort };
}

/** Number of passes over the parts that the plan's rounds of a stage make. */
function passesOf({ stages, training }: Plan, stage: StageName): number {
  const rounds = stages.reduce((sum, entry) => sum + (entry.stage === stage ? entry.rounds : 0), 0);
  return Math.max(1, rounds) * training.localEpochs;
}

/** Plan for training alone, with one round that makes so many passes over all parts. */
function aloneFor(plan: Plan, stage: StageName, localEpochs: number): Plan {
  return {
    ...plan,
    training: { ...plan.training, localEpochs },
    continual: { reservoir: 'all' },
    research: { ...plan.research, betaWarmupRounds: 0 },
    stages: [{ stage, rounds: 1 }],
  };
}
