import { importParts } from '../../data/import.ts';
import type { JobContext } from '../job-context.ts';
import type { ImportJob, ImportResult } from '../messages.ts';

/** Reads a folder with a CSV manifest into one data set file. @throws FedReconError as `importParts` */
export async function runImport(job: ImportJob, context: JobContext): Promise<ImportResult> {
  const { pictures: settings, pictureScales: scales, pictureCache, ...files } = job;
  const { folder, manifest, columns, content, reading, removes, unfinished, output } = files;
  const pictures = { settings, scales };
  const request = {
    ...{ plan: context.plan, folder, manifest, columns, content, reading },
    ...{ removes, unfinished, pictures, pictureCache, output },
  };
  return { kind: 'import', ...(await importParts(request, context)) };
}
