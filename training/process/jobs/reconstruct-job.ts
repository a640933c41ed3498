import { assess } from '../../confidence/assess.ts';
import { recordOf } from '../../confidence/record.ts';
import { readDatasets } from '../../learning/datasets.ts';
import { usualDraws } from '../../reconstruction/part-draws.ts';
import { type ReconstructionOptions, reconstruct } from '../../reconstruction/reconstruct.ts';
import { readRouteCalibrations } from '../files/calibration-files.ts';
import { readServingModules } from '../files/module-files.ts';
import { reconstructionFile } from '../files/reconstruction-file.ts';
import { tensorFile, writeAtomically } from '../files/whole-files.ts';
import type { JobContext } from '../job-context.ts';
import type { ReconstructJob, ReconstructResult } from '../messages.ts';

/** Reconstructs what the parts lack and writes one file a modality. */
export async function runReconstruct(job: ReconstructJob, context: JobContext): Promise<ReconstructResult> {
  const { plan, progress, abort } = context;
  progress({ phase: 'reading', fraction: 0 });
  const dataset = await readDatasets(plan, job.datasets);
  const { modules, fetched } = await readServingModules(plan, dataset, job.modules);
  progress({ phase: 'compiling', fraction: 0 });
  const programs = await context.programs();
  const calibrations = job.calibration ? await readRouteCalibrations(job.calibration) : undefined;
  const frozen = { plan, programs, modules, abort };
  const options: ReconstructionOptions = {
    draws: job.draws ?? usualDraws,
    includeMeasured: job.includeMeasured,
    fetched,
    learned: job.bridges,
    progress: (fraction) =>
      progress({ phase: 'reconstructing', fraction: calibrations ? fraction / 2 : fraction }),
  };
  const results = Object.entries(await reconstruct(frozen, dataset, options));
  const files: Record<string, string> = {};
  for (const [place, [modality, result]] of results.entries()) {
    const assessed = calibrations && (await assess(frozen, dataset, modality, result, options, calibrations));
    const assessment = assessed && {
      assessed,
      records: assessed.routes.map((route) => recordOf(route, calibrations.get(route)!)),
    };
    files[modality] = tensorFile(job.output, modality);
    await writeAtomically(files[modality], reconstructionFile(modality, result, assessment));
    progress({ phase: 'writing', fraction: 0.5 + (place + 1) / results.length / 2 });
  }
  return { kind: 'reconstruct', files };
}
