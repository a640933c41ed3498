import { moduleUse } from '../../protocol/modules.ts';
import { modalityOf, type Plan } from '../../protocol/plan.ts';
import type { StageName } from '../../protocol/schedule.ts';
import { completedTargets, measuredTargets, surestEstimates, type Targets } from './completion.ts';
import { heldModalities, partsWith } from './datasets.ts';
import { withDistillation } from './distillation.ts';
import { type EncodedTables, encodeParts } from './inference.ts';
import { cycledTask, mappingTasks } from './mapping-tasks.ts';
import { generatorObjective } from './objectives.ts';
import { refinementObjective } from './refinement.ts';
import type { Objective } from './step.ts';
import { heldNear, type Task, type TaskContext, unlistedIn } from './task.ts';

type TaskMaker = (context: TaskContext) => Promise<Task[]>;

/** Tasks of a round of `stage` on the modalities that this plant's parts have. */
export async function roundTasks(stage: StageName, context: TaskContext): Promise<Task[]> {
  const { proximal } = context.plan.research;
  const tasks = await stageTasks[stage](context);
  return proximal === 0 ? tasks : tasks.map((task) => heldNear(task, proximal));
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
    return plan.research.refine ? [...(await refinementTasks(context, encodings)), ...cycled] : cycled;
  },
};

/** Weight β of the KL term in `round`: 0 in the first round of a warm-up, full after it. */
function klWeight({ research }: Plan, round: number): number {
  const { beta, betaWarmupRounds } = research;
  return betaWarmupRounds === 0 ? beta : beta * Math.min(1, (round - 1) / betaWarmupRounds);
}

/** Task of a modality's encoder and decoder, as the plan freezes them in this round. */
function generatorTask({ plan, dataset, round, fetched }: TaskContext, name: string): Task {
  const modality = modalityOf(plan, name);
  const parts = partsWith(dataset, name);
  const { train } = moduleUse(plan, [name], 'generators', round);
  const trainsDecoder = train.includes(`decoder/${name}`);
  const plain = generatorObjective(plan, modality, trainsDecoder);
  const { freezing } = plan.research;
  // Before the first average the global generator has nothing to teach.
  const taught = freezing.rule === 'distillation' && fetched.has(`decoder/${name}`);
  const objective = taught ? withDistillation(plain, modality) : plain;
  return {
    // An encoder that learns alone keeps moments of its own beside those of the two together.
    name: trainsDecoder ? name : `encoder/${name}`,
    modules: train,
    objective,
    factors: [1, klWeight(plan, round), ...(taught ? [freezing.weight] : [])],
    examples: {
      parts,
      inputs: { values: dataset.modalities[name]!.values },
      ...unlistedIn('values', modality),
      noise: noiseWidth(objective),
    },
    samples: parts.length,
  };
}

/** Number of values that an objective draws for a part. */
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

/**
 * Tasks of refinement: encoder and decoder of each modality that some part has beside another from which a trained
 * mapping leads to it.
 */
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
      factors: [1, klWeight(plan, round), plan.research.decoderWeight, plan.research.refineDistillation],
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
