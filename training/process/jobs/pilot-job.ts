import { trainingParts } from '../../confidence/hold-out.ts';
import { readPartsFile } from '../../data/parts-file.ts';
import { readDatasets } from '../../learning/datasets.ts';
import { findAll, unlistedFiles, unusedColumns } from '../../pilot/findings/index.ts';
import { evaluateHoldout } from '../../pilot/holdout.ts';
import { takeInventory } from '../../pilot/inventory.ts';
import { findGroups } from '../../pilot/part-groups.ts';
import type { PilotFacts } from '../../pilot/pilot-facts.ts';
import type { PlantParts } from '../../pilot/show.ts';
import { measureSpeed } from '../../pilot/speed.ts';
import { writeAtomically } from '../files/whole-files.ts';
import type { JobContext } from '../job-context.ts';
import type { PilotJob, PilotResult, SpeedJob, SpeedResult } from '../messages.ts';

/** Share of the pilot job that gathering facts takes; the rest is training. */
const factsShare = 0.05;

/** Times one round of each stage on the parts that a round trains on. */
export async function runSpeed(job: SpeedJob, context: JobContext): Promise<SpeedResult> {
  const { plan, progress, abort } = context;
  progress({ phase: 'reading', fraction: 0 });
  const dataset = trainingParts(plan, await readDatasets(plan, job.datasets));
  progress({ phase: 'timing', fraction: 0 });
  const programs = await context.programs();
  const speed = await measureSpeed({
    ...{ plan, dataset, programs, abort },
    progress: (fraction) => progress({ phase: 'timing', fraction }),
  });
  return { kind: 'speed', speed };
}

/** Gathers the facts of a pilot check and writes them to the job's output file. */
export async function runPilot(job: PilotJob, context: JobContext): Promise<PilotResult> {
  const { plan, progress, abort } = context;
  progress({ phase: 'checking', fraction: 0 });
  const listed = await readPartsFile(job.parts);
  const dataset = await readDatasets(plan, [job.dataset]);
  const given: PlantParts = { plan, dataset, records: listed.parts, problems: listed.problems };
  const inventory = takeInventory(given);
  abort.throwIfAborted();
  const findings = [
    ...unusedColumns(job.unused),
    ...(await unlistedFiles(given, job.folder)),
    ...findAll(given),
  ];
  abort.throwIfAborted();
  const groups = findGroups(given);
  progress({ phase: 'compiling', fraction: factsShare });
  const programs = await context.programs();
  const began = performance.now();
  const holdout = await evaluateHoldout({
    ...{ given, programs, seconds: job.seconds, abort },
    progress: (share) => {
      const elapsed = (performance.now() - began) / 1000;
      const fraction = factsShare + (1 - factsShare) * share;
      progress({ phase: 'training', fraction, remainingSeconds: (elapsed * (1 - share)) / share });
    },
  });
  const facts: PilotFacts = { inventory, findings, groups, holdout };
  await writeAtomically(job.output, Buffer.from(JSON.stringify(facts)));
  return { kind: 'pilot', facts: job.output };
}
