import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plan } from '../../protocol/plan.ts';
import type {
  EngineChoice,
  JobResult,
  JobSpec,
  ReconstructResult,
  TrainResult,
} from '../../training/process/messages.ts';
import { createSupervisor } from '../jobs/supervisor.ts';
import type { TrainingHost } from '../jobs/training-connection.ts';

/**
 * Yardstick "what would this plant reach alone?": the same model, stages and passes over the data, trained in the same
 * training process on the plant's own parts only, without any exchange.
 */
interface LocalOnlyOptions {
  readonly plan: Plan;
  /** Data set files of the plant. */
  readonly datasets: readonly string[];
  /** Scratch folder. */
  readonly folder: string;
  readonly trainingHost: TrainingHost;
  readonly engine: EngineChoice;
  /**
   * False for a plant that holds none of what it lacks: it has nothing to learn it from, its modules stay as
   * initialised.
   */
  readonly train: boolean;
  readonly abort: AbortSignal;
}

type Run = (job: JobSpec) => Promise<JobResult>;

/** Trains alone and reconstructs; resolves to the reconstruction file of each modality. */
export async function reconstructAlone(options: LocalOnlyOptions): Promise<ReconstructResult['files']> {
  const supervisor = createSupervisor(options.trainingHost);
  const run: Run = (job) => supervisor.run(job, {}, options.abort);
  try {
    const modules: Record<string, string> = {};
    if (options.train) await trainAllStages(options, modules, run);
    const output = join(options.folder, 'reconstructions');
    await mkdir(output, { recursive: true });
    const result = (await run({
      kind: 'reconstruct',
      id: randomUUID(),
      plan: options.plan,
      engine: options.engine,
      datasets: [...options.datasets],
      modules,
      draws: 2,
      bridges: {},
      includeMeasured: false,
      output,
    })) as ReconstructResult;
    return result.files;
  } finally {
    await supervisor.close();
  }
}

/** Trains all rounds of a stage as one round of as many passes, so that nothing but the exchange is left out. */
async function trainAllStages(
  { plan, datasets, folder, engine }: LocalOnlyOptions,
  modules: Record<string, string>,
  run: Run,
): Promise<void> {
  for (const [index, { stage, rounds }] of plan.stages.entries()) {
    const alone: Plan = {
      ...plan,
      training: { ...plan.training, localEpochs: plan.training.localEpochs * rounds },
      research: { ...plan.research, betaWarmupRounds: 0 },
      stages: plan.stages.map((entry) => ({ ...entry, rounds: 1 })),
    };
    const output = join(folder, stage);
    await mkdir(output, { recursive: true });
    const result = (await run({
      kind: 'train',
      id: randomUUID(),
      plan: alone,
      engine,
      stage,
      round: index + 1,
      has: plan.modalities.map(({ name }) => name),
      datasets: [...datasets],
      modules,
      state: join(folder, `${stage}-state`),
      output,
    })) as TrainResult;
    for (const module of result.modules) modules[module.name] = module.path;
  }
}
