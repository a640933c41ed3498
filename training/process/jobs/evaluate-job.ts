import { join } from 'node:path';
import { encodeTensors } from '../../../protocol/safetensors.ts';
import { heldOutParts, trainingParts } from '../../confidence/hold-out.ts';
import { evaluate } from '../../evaluation/evaluate.ts';
import type { Evaluation } from '../../evaluation/model-card.ts';
import type { ModelVersion } from '../../evaluation/score.ts';
import { type Dataset, has, partsWith, readDatasets, withoutParts } from '../../learning/datasets.ts';
import { spread } from '../../measures/spread.ts';
import { readModules } from '../files/module-files.ts';
import { tensorFile, writeAtomically } from '../files/whole-files.ts';
import type { JobContext } from '../job-context.ts';
import type { EvaluateJob, EvaluateResult } from '../messages.ts';

/** Largest number of parts evaluated; more add little, and take longer. */
const mostParts = 400;

/** Evaluates a model version on this plant's held-out parts, beside the version in use, and writes the result. */
export async function runEvaluate(job: EvaluateJob, context: JobContext): Promise<EvaluateResult> {
  const { plan, progress, abort } = context;
  progress({ phase: 'reading', fraction: 0 });
  const dataset = await readDatasets(plan, job.datasets);
  const heldOut = heldOutParts(plan, dataset);
  const used = Uint32Array.from(spread(heldOut, mostParts));
  progress({ phase: 'compiling', fraction: 0 });
  const programs = await context.programs();
  const candidate = async ({ modules: files, bridges }: EvaluateJob['model']): Promise<ModelVersion> => {
    const { modules } = await readModules(plan, files);
    return {
      frozen: { plan, programs, modules, abort },
      fetched: new Set(Object.keys(modules)),
      learned: bridges,
    };
  };
  const model = await candidate(job.model);
  const reference = job.reference && (await candidate(job.reference));
  const wanted = plan.modalities
    .filter(({ name }) => model.fetched.has(`decoder/${name}`))
    .map(({ name }) => ({ name, lacking: partsLacking(dataset, name) }))
    .filter(({ lacking }) => lacking > 0)
    .sort((a, b) => b.lacking - a.lacking)
    .map(({ name }) => name);
  const kept = new Set(used);
  const shown = withoutParts(
    dataset,
    partsWith(dataset).filter((part) => !kept.has(part)),
  );
  const { evaluation, pictures } = await evaluate(
    model,
    reference,
    { held: shown, learned: trainingParts(plan, dataset) },
    wanted,
    (fraction) => progress({ phase: 'evaluating', fraction }),
  );
  progress({ phase: 'writing', fraction: 1 });
  const report: Evaluation = { parts: { heldOut: heldOut.length, used: used.length }, ...evaluation };
  const files = { report: join(job.output, 'evaluation.json'), pictures: tensorFile(job.output, 'pictures') };
  await writeAtomically(files.report, Buffer.from(JSON.stringify(report)));
  await writeAtomically(files.pictures, encodeTensors(pictures));
  return { kind: 'evaluate', ...files };
}

/** Number of parts that hold something and lack `modality`. */
function partsLacking(dataset: Dataset, modality: string): number {
  const names = Object.keys(dataset.modalities);
  return partsWith(dataset).filter(
    (part) => !has(dataset, modality, part) && names.some((name) => has(dataset, name, part)),
  ).length;
}
