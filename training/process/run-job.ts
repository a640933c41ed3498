import { errorRecord } from '../../protocol/errors.ts';
import { type Plan, parsePlan } from '../../protocol/plan.ts';
import { candidates, probeCandidate } from '../engine/index.ts';
import type { Channel } from './channel.ts';
import type { JobContext } from './job-context.ts';
import { runCalibrate } from './jobs/calibrate-job.ts';
import { runEvaluate } from './jobs/evaluate-job.ts';
import { runExplain, runWhatIf } from './jobs/explain-job.ts';
import { runFindings } from './jobs/findings-job.ts';
import { runImport } from './jobs/import-job.ts';
import { runPilot, runSpeed } from './jobs/pilot-job.ts';
import { runReconstruct } from './jobs/reconstruct-job.ts';
import { runTrain } from './jobs/train-job.ts';
import type { JobKind, JobResult, JobSpec } from './messages.ts';
import type { ProcessSession } from './process-session.ts';

type Runner<K extends JobKind> = (
  job: Extract<JobSpec, { kind: K }>,
  context: JobContext,
) => Promise<JobResult>;

const runners: { readonly [K in JobKind]: Runner<K> } = {
  import: runImport,
  devices: async () => ({ kind: 'devices', candidates: candidates() }),
  probe: async ({ candidate, engine }) => ({
    kind: 'probe',
    probe: await probeCandidate(candidate, engine.threads),
  }),
  train: runTrain,
  reconstruct: runReconstruct,
  evaluate: runEvaluate,
  calibrate: runCalibrate,
  speed: runSpeed,
  pilot: runPilot,
  findings: runFindings,
  explain: runExplain,
  'what-if': runWhatIf,
};

/** Runs one job from its start to its `done`, `stopped` or `failed`. */
export async function runJob(
  job: JobSpec,
  abort: AbortSignal,
  session: ProcessSession,
  channel: Channel,
): Promise<void> {
  try {
    let plan: Plan | undefined;
    const context: JobContext = {
      // Read where it is needed: a probe runs before there is a plan.
      get plan() {
        plan ??= parsePlan(job.plan);
        return plan;
      },
      abort,
      openedModels: session.openedModels,
      progress: (progress) => channel.send({ type: 'progress', job: job.id, progress }),
      async programs() {
        const programs = await session.programs(context.plan, job.engine);
        channel.send({ type: 'device', engine: programs.engine.name, device: programs.engine.device });
        return programs;
      },
    };
    const run = runners[job.kind] as Runner<JobKind>;
    const result = await run(job as never, context);
    channel.send({ type: 'done', job: job.id, result });
  } catch (error) {
    if (abort.aborted) {
      channel.send({ type: 'stopped', job: job.id });
      return;
    }
    const { code, detail } = errorRecord(error);
    // The application shows the code; the cause goes to its log by way of stderr.
    console.error(error);
    channel.send({ type: 'failed', job: job.id, error: { code, detail } });
  }
}
