import { readFile } from 'node:fs/promises';
import { setImmediate as turn } from 'node:timers/promises';
import { readDatasets } from '../../learning/datasets.ts';
import { oddFindings, unreadable } from '../../pilot/findings/index.ts';
import type { Finding } from '../../pilot/pilot-facts.ts';
import { writeAtomically } from '../files/whole-files.ts';
import type { JobContext } from '../job-context.ts';
import type { FindingsJob, FindingsRecords, FindingsResult } from '../messages.ts';

/** Looks for what is odd in all that a plant has imported, one modality after the other, and writes it down. */
export async function runFindings(job: FindingsJob, context: JobContext): Promise<FindingsResult> {
  const { plan, progress, abort } = context;
  progress({ phase: 'reading', fraction: 0 });
  const { parts: records, imports } = JSON.parse(await readFile(job.records, 'utf8')) as FindingsRecords;
  const dataset = await readDatasets(plan, job.datasets);
  const findings: Finding[] = imports.flatMap(({ table, parts, problems }) =>
    unreadable(problems, parts, table),
  );
  for (const [index, modality] of plan.modalities.entries()) {
    progress({ phase: 'checking', fraction: (index + 1) / (plan.modalities.length + 1) });
    await turn();
    abort.throwIfAborted();
    findings.push(...oddFindings({ plan, dataset, records }, modality));
  }
  // A person sees a part by its name; what was measured of it is shown from the store.
  const named = findings.map((finding) => ({
    ...finding,
    examples: finding.examples.map(({ id, row }) => ({ id, row })),
  }));
  await writeAtomically(job.output, Buffer.from(JSON.stringify(named)));
  return { kind: 'findings', findings: job.output };
}
