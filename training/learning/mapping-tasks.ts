import { mappingName, moduleUse } from '../../protocol/modules.ts';
import { modalityOf } from '../../protocol/plan.ts';
import type { StageName } from '../../protocol/schedule.ts';
import { mappingInputOf } from '../../protocol/shapes.ts';
import type { Targets } from './completion.ts';
import { wayBack, withCycle } from './cycle.ts';
import { has, heldModalities, partsWith } from './datasets.ts';
import type { EncodedTables } from './inference.ts';
import { mappingTerms } from './mapping-terms.ts';
import { mappingObjective } from './objectives.ts';
import { withReplay } from './replay.ts';
import { type Task, type TaskContext, unlistedIn } from './task.ts';

/** Tasks of the mappings that this plant trains in a stage, on measured and completed targets. */
export function mappingTasks(
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

/**
 * Task of one mapping. It learns from measured targets and from those that another source completed, never from its
 * own.
 */
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
  const entry = modalityOf(plan, source);
  const task: Task = {
    name: `${target}←${source}`,
    modules: [mappingName(target, source)],
    objective: mappingObjective(plan, target, source),
    factors: mappingTerms(plan).map(({ factor }) => factor),
    examples: {
      parts,
      inputs: { input: encoded.input, latent, logvar, values },
      ...(mappingInputOf(plan, entry) === 'measurement' && unlistedIn('input', entry)),
      weight,
    },
    samples: Math.ceil(parts.reduce((sum, part) => sum + weight[part]!, 0)),
    completed: countByTeacher(parts, (part) => (has(dataset, target, part) ? undefined : teacher[part])),
  };
  // Before its first average a global mapping has nothing to teach.
  const taught = plan.research.mappingDistillation > 0 && fetched.has(mappingName(target, source));
  return taught ? withReplay(plan, target, source, task) : task;
}

/**
 * Task of a mapping to a modality that this plant lacks, with the cycle loss on its own measurements where the way back
 * was trained.
 */
export function cycledTask(
  { plan, dataset, fetched }: TaskContext,
  encodings: Readonly<Record<string, EncodedTables>>,
  task: Task,
): Task {
  const [target, source] = task.name.split('←') as [string, string];
  const isTrained = wayBack(plan, target, source).every((module) => fetched.has(module));
  if (plan.research.cycle === 0 || dataset.modalities[target] || !isTrained) return task;
  const { objective, factors, examples } = task;
  return {
    ...task,
    objective: withCycle(objective, plan, target, source),
    factors: [...factors, plan.research.cycle],
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
