import { importParts } from '../../data/import.ts';
import type { JobContext } from '../job-context.ts';
import type { ImportJob, ImportResult } from '../messages.ts';

/** Reads a folder with a CSV manifest into one data set file. @throws FedReconError as `importParts` */
export async function runImport(job: ImportJob, context: JobContext): Promise<ImportResult> {
  const { folder, manifest, columns, output } = job;
  const request = { plan: context.plan, folder, manifest, columns, output };
  return { kind: 'import', ...(await importParts(request, context)) };
}
