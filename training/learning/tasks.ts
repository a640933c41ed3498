import type { Evidence } from '../../protocol/evidence.ts';
import { type ModuleName, mappingName, moduleUse } from '../../protocol/modules.ts';
import { modalityOf, type Plan, type StageName } from '../../protocol/plan.ts';
import type { Examples } from './batches.ts';
import { completedTargets, measuredTargets, surestEstimates, type Targets } from './completion.ts';
import { wayBack, withCycle } from './cycle.ts';
import { type Dataset, has, heldModalities, partsWith } from './dataset.ts';
import { withDistillation } from './distillation.ts';
import { type EncodedTables, encodeParts, type Frozen } from './inference.ts';
import { mappingTerms } from './mapping-terms.ts';
import { generatorObjective, mappingObjective } from './objectives.ts';
import { withProximal } from './proximal.ts';
import { refinementObjective } from './refinement.ts';
import { withReplay } from './replay.ts';
import type { Objective } from './step.ts';

/** Modules that are trained together in a program of their own. */
export interface Task {
  /** `camera` for its generator, `camera←gauge` for a mapping: names losses, draws and state. */
  readonly name: string;
  /** What is trained and sent back. */
  readonly modules: readonly ModuleName[];
  readonly objective: Objective;
  /** Weights of the objective's terms in this round. */
  readonly factors: readonly number[];
  readonly examples: Examples;
  /** How many parts' worth of teaching this is: the weight in the federated average. */
  readonly samples: number;
  /** How many of the examples' parts another source completed, by that source; none where left out. */
  readonly completed?: Evidence['completed'];
}

/** What a stage's tasks are made from. */
export interface TaskContext extends Frozen {
  readonly dataset: Dataset;
  readonly round: number;
  /** Modules that came from the federation; the rest of `modules` is as the plan's seed starts it. */
  readonly fetched: ReadonlySet<string>;
}

type TaskMaker = (context: TaskContext) => Promise<Task[]>;

/** What a round of `stage` trains on the modalities that this plant's parts have. */
export async function roundTasks(stage: StageName, context: TaskContext): Promise<Task[]> {
  const { proximal } = context.plan.training;
  const tasks = await stageTasks[stage](context);
  return proximal === 0 ? tasks : tasks.map((task) => heldNear(task, proximal));
}

/** FedProx: the task with the pull of {@link withProximal} towards the round's global parameters, of weight μ. */
export function heldNear(task: Task, proximal: number): Task {
  return { ...task, objective: withProximal(task.objective), factors: [...task.factors, proximal] };
}

const stageTasks: Readonly<Record<StageName, TaskMaker>> = {
  generators: (context) =>
    Promise.resolve(
      heldModalities(context.plan, context.dataset).map((name) => generatorTask(context, name)),
    ),

  async mappings(context) {
    const encodings = await encodeHeld(context);
    const targets = Object.entries(encodings).map(
      ([name, encoded]) => [name, measuredTargets(context.dataset, name, encoded)] as const,
    );
    return mappingTasks(context, encodings, 'mappings', Object.fromEntries(targets));
  },

  async completion(context) {
    const { plan, dataset, fetched } = context;
    const encodings = await encodeHeld(context);
    const targets: Record<string, Targets> = {};
    for (const { name } of plan.modalities)
      targets[name] = await completedTargets(context, dataset, encodings, name, fetched);
    const mappings = mappingTasks(context, encodings, 'completion', targets);
    const cycled = mappings.map((task) => cycledTask(context, encodings, task));
    return plan.completion.refine ? [...(await refinementTasks(context, encodings)), ...cycled] : cycled;
  },
};

/** β in `round`: 0 in the first round of a warm-up, full after it. */
function klWeight({ training }: Plan, round: number): number {
  const { beta, betaWarmupRounds } = training;
  return betaWarmupRounds === 0 ? beta : beta * Math.min(1, (round - 1) / betaWarmupRounds);
}

/** A modality's encoder and decoder, as the plan freezes them in this round. */
function generatorTask({ plan, dataset, round, fetched }: TaskContext, name: string): Task {
  const modality = modalityOf(plan, name);
  const parts = partsWith(dataset, name);
  const { train } = moduleUse(plan, [name], 'generators', round);
  const trainsDecoder = train.includes(`decoder/${name}`);
  const plain = generatorObjective(plan, modality, trainsDecoder);
  const { freezing } = plan.training;
  // Before the first average the global generator has nothing to teach.
  const taught = freezing.rule === 'distillation' && fetched.has(`decoder/${name}`);
  const objective = taught ? withDistillation(plain, modality) : plain;
  return {
    // An encoder that learns alone keeps moments of its own beside those of the two together.
    name: trainsDecoder ? name : `encoder/${name}`,
    modules: train,
    objective,
    factors: [1, klWeight(plan, round), ...(taught ? [freezing.weight] : [])],
    examples: { parts, inputs: { values: dataset.modalities[name]!.values }, noise: noiseWidth(objective) },
    samples: parts.length,
  };
}

/** Numbers that an objective draws for a part. */
function noiseWidth({ batch }: Objective): number {
  return batch.noise![1]!;
}

async function encodeHeld(context: TaskContext): Promise<Record<string, EncodedTables>> {
  const { plan, dataset } = context;
  const encodings: Record<string, EncodedTables> = {};
  for (const name of heldModalities(plan, dataset)) {
    const { values } = dataset.modalities[name]!;
    encodings[name] = await encodeParts(context, name, values, partsWith(dataset, name));
  }
  return encodings;
}

function mappingTasks(
  context: TaskContext,
  encodings: Readonly<Record<string, EncodedTables>>,
  stage: StageName,
  targets: Readonly<Record<string, Targets>>,
): Task[] {
  const { plan, dataset, round } = context;
  const trained = new Set(moduleUse(plan, heldModalities(plan, dataset), stage, round).train);
  const pairs = Object.keys(targets).flatMap((target) =>
    Object.keys(encodings).map((source) => [target, source] as const),
  );
  return pairs
    .filter(([target, source]) => trained.has(mappingName(target, source)))
    .map(([target, source]) => mappingTask(context, target, source, targets[target]!, encodings[source]!))
    .filter(({ samples }) => samples > 0);
}

/** Encoder and decoder of each modality that some part has beside another from which a trained mapping leads to it. */
async function refinementTasks(
  context: TaskContext,
  encodings: Readonly<Record<string, EncodedTables>>,
): Promise<Task[]> {
  const { plan, dataset, fetched, round } = context;
  const tasks: Task[] = [];
  for (const name of Object.keys(encodings)) {
    const objective = refinementObjective(plan, modalityOf(plan, name));
    const parts = partsWith(dataset, name);
    const mapped = await surestEstimates(context, dataset, encodings, name, fetched, parts);
    if (!parts.some((part) => mapped.teacher[part] !== undefined)) continue;
    tasks.push({
      name,
      modules: [`encoder/${name}`, `decoder/${name}`],
      objective,
      factors: [1, klWeight(plan, round), plan.training.decoderWeight, plan.completion.distillation],
      examples: {
        parts,
        inputs: {
          values: dataset.modalities[name]!.values,
          mapped: mapped.mean,
          ...(mapped.residual && { residual: mapped.residual }),
          certainty: { data: mapped.certainty, width: 1 },
        },
        noise: noiseWidth(objective),
      },
      samples: parts.length,
    });
  }
  return tasks;
}

/** A source learns from what was measured and from what another source completed, never from itself. */
function mappingTask(
  { plan, dataset, fetched }: TaskContext,
  target: string,
  source: string,
  { values, latent, logvar, weight, teacher }: Targets,
  encoded: EncodedTables,
): Task {
  const parts = partsWith(dataset, source).filter(
    (part) => weight[part]! > 0 && (has(dataset, target, part) || teacher[part] !== source),
  );
  const task: Task = {
    name: `${target}←${source}`,
    modules: [mappingName(target, source)],
    objective: mappingObjective(plan, target, source),
    factors: mappingTerms(plan).map(({ factor }) => factor),
    examples: { parts, inputs: { input: encoded.input, latent, logvar, values }, weight },
    samples: Math.ceil(parts.reduce((sum, part) => sum + weight[part]!, 0)),
    completed: countByTeacher(parts, (part) => (has(dataset, target, part) ? undefined : teacher[part])),
  };
  // Before its first average a global mapping has nothing to teach.
  const taught = plan.continual.distillation > 0 && fetched.has(mappingName(target, source));
  return taught ? withReplay(plan, target, source, task) : task;
}

/** A mapping to what this plant lacks, held by its own measurements too where the way back was trained. */
function cycledTask(
  { plan, dataset, fetched }: TaskContext,
  encodings: Readonly<Record<string, EncodedTables>>,
  task: Task,
): Task {
  const [target, source] = task.name.split('←') as [string, string];
  const isTrained = wayBack(plan, target, source).every((module) => fetched.has(module));
  if (plan.completion.cycle === 0 || dataset.modalities[target] || !isTrained) return task;
  const { objective, factors, examples } = task;
  return {
    ...task,
    objective: withCycle(objective, plan, target, source),
    factors: [...factors, plan.completion.cycle],
    examples: { ...examples, inputs: { ...examples.inputs, own: encodings[source]!.mean } },
  };
}

function countByTeacher(
  parts: Uint32Array,
  teacherOf: (part: number) => string | undefined,
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const part of parts) {
    const teacher = teacherOf(part);
    if (teacher !== undefined) counts[teacher] = (counts[teacher] ?? 0) + 1;
  }
  return counts;
}
