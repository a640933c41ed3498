import { stat } from 'node:fs/promises';
import { canonicalJson, type Plan, planHash } from '../../../protocol/plan.ts';
import { encodeTensors } from '../../../protocol/safetensors.ts';
import { trainingParts } from '../../confidence/hold-out.ts';
import { onlyModalities, readDatasets } from '../../learning/datasets.ts';
import { trainRound } from '../../learning/round.ts';
import { type ModuleFiles, readModules } from '../files/module-files.ts';
import { fileStateStore } from '../files/state-files.ts';
import { sha256, tensorFile, writeAtomically } from '../files/whole-files.ts';
import type { JobContext } from '../job-context.ts';
import type { TrainedModule, TrainJob, TrainResult } from '../messages.ts';

/** Trains one round, on all but the parts held out, and writes the trained modules to the job's output folder. */
export async function runTrain(job: TrainJob, context: JobContext): Promise<TrainResult> {
  const { plan, progress, abort } = context;
  progress({ phase: 'reading', stage: job.stage, fraction: 0 });
  // Parts are held out by all that was measured of them, so that they stay so when the round counts on less.
  const dataset = onlyModalities(trainingParts(plan, await readDatasets(plan, job.datasets)), job.has);
  const files = await readModules(plan, job.modules);
  progress({ phase: 'compiling', stage: job.stage, fraction: 0 });
  const programs = await context.programs();
  const result = await trainRound({
    plan,
    stage: job.stage,
    round: job.round,
    dataset,
    modules: files.modules,
    programs,
    state: fileStateStore(job.state),
    key: await keyOfJob(plan, job, files),
    abort,
    progress: (at) => progress({ phase: 'training', stage: job.stage, ...at }),
  });
  progress({ phase: 'writing', stage: job.stage, fraction: 1 });
  const modules: TrainedModule[] = [];
  for (const [name, { tensors, samples, backing }] of result.modules) {
    const bytes = encodeTensors(tensors);
    const path = tensorFile(job.output, name);
    await writeAtomically(path, bytes);
    modules.push({ name, path, sha256: sha256(bytes), bytes: bytes.length, samples, backing });
  }
  return { kind: 'train', modules, metrics: result.metrics, samplesPerSecond: result.samplesPerSecond };
}

/**
 * Key of a job, from everything that determines the weights of a round's training: the same key gives the same weights.
 */
async function keyOfJob(
  plan: Plan,
  { stage, round, has, datasets }: TrainJob,
  files: ModuleFiles,
): Promise<string> {
  const data = await Promise.all(
    datasets.map(async (file) => {
      const { size, mtimeMs } = await stat(file);
      return { file, size, mtimeMs };
    }),
  );
  return sha256(canonicalJson({ plan: planHash(plan), stage, round, has, data, modules: files.hashes }));
}
