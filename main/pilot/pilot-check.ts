import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FedReconError } from '../../protocol/errors.ts';
import type { Plan } from '../../protocol/plan.ts';
import type { PictureSettings } from '../../training/cells/images/picture-settings.ts';
import type { ReadingSettings } from '../../training/data/manifest/reading-settings.ts';
import { preview } from '../../training/data/preview.ts';
import { rolesWith, type SaidColumns } from '../../training/data/said-columns.ts';
import type { PilotFacts } from '../../training/pilot/pilot-facts.ts';
import { standardPlan } from '../../training/pilot/standard-plan.ts';
import type {
  DeviceReport,
  ImportResult,
  JobSpec,
  PilotResult,
  Progress,
  SpeedResult,
} from '../../training/process/messages.ts';
import type { Supervisor } from '../jobs/supervisor.ts';
import type { DeviceSpeed, PilotMeasured } from './basis.ts';
import { makeReport, type PilotOutcome } from './report.ts';

/** Request for a pilot check: the folder, and the plan to check it against. */
export interface PilotRequest {
  readonly folder: string;
  readonly manifest?: string | undefined;
  /** How the table is to be read, as far as a person has said so. */
  readonly reading?: ReadingSettings | undefined;
  /** What a person has said of its columns. */
  readonly said?: SaidColumns | undefined;
  /** How its pictures are read, by modality, as far as a person has said so. */
  readonly pictures?: Readonly<Record<string, PictureSettings>> | undefined;
  /** Plan to check against; absent: a standard plan is made from the folder. */
  readonly plan?: { readonly plan: Plan; readonly origin: 'federation' | 'file' } | undefined;
  readonly published: PilotMeasured['published'];
  /** Minutes that the hold-out may train. */
  readonly minutes: number;
  /** Speeds of the lines to judge by, in megabits a second. */
  readonly lines: readonly number[];
}

interface PilotTools {
  readonly supervisor: Supervisor;
  /** Devices of this workstation; asked for after the import. */
  devices(): Promise<readonly DeviceReport[]>;
  /** CPU threads of the training; absent: as many as pay. */
  readonly threads?: number | undefined;
  /** Empty folder for the files between the steps. */
  readonly scratch: string;
  /** Folder of images that were decoded before. */
  readonly pictureCache?: string | undefined;
  readonly abort: AbortSignal;
  progress(at: Pick<Progress, 'phase' | 'fraction'> & { readonly remainingSeconds: number }): void;
}

/** Usual lines of plants in megabits a second, where a person names none. */
export const usualLines = [10, 100] as const;
export const usualMinutes = 3;

/** Seconds that the steps usually take: for the progress bar, not for the report. */
const usual = { reading: 8, probing: 8, timing: 12, judging: 8 };

interface Understood {
  readonly plan: Plan;
  readonly manifest: string;
  readonly columns: Readonly<Record<string, string>>;
}

/**
 * Runs the whole pilot check of a plant's folder: reads it, tests the devices, times real rounds on each, gathers
 * facts, trains and judges on held-out parts, and makes the report.
 * @throws JobStopped when stopped; FedReconError of the import, `pilot-columns`, `training-crashed`, …
 */
export async function checkPilot(request: PilotRequest, tools: PilotTools): Promise<PilotOutcome> {
  const { supervisor, scratch, abort, threads } = tools;
  const seconds = request.minutes * 60;
  const report = pacer([usual.reading, usual.probing, usual.timing, seconds + usual.judging], tools.progress);
  const run = (job: JobSpec, step: number) =>
    supervisor.run(job, { progress: ({ phase, fraction }) => report(step, phase, fraction) }, abort);

  report(0, 'reading', 0);
  const { plan, manifest, columns } = await understand(request);
  const { folder } = request;
  const common = { plan, engine: {} };
  const imported = (await run(
    {
      ...common,
      kind: 'import',
      id: randomUUID(),
      folder,
      manifest,
      columns,
      reading: request.reading,
      ...(request.pictures && { pictures: request.pictures }),
      output: join(scratch, 'import'),
      pictureCache: tools.pictureCache,
    },
    0,
  )) as ImportResult;

  report(1, 'probing', 0);
  const found = (await tools.devices()).filter(({ ok }) => ok);
  const devices: DeviceSpeed[] = [];
  for (const [index, device] of found.entries()) {
    report(2, 'timing', index / found.length);
    const engine = engineOf(device, threads);
    const timed = await run(
      { kind: 'speed', id: randomUUID(), plan, engine, datasets: [imported.dataset] },
      2,
    ).catch(unlessRefused);
    if (!timed) continue;
    const { speed } = timed as SpeedResult;
    devices.push({ name: `${device.engine} ${device.device}`, chosen: device.chosen, speed });
  }

  const chosen = found.find((device) => device.chosen) ?? found[0];
  const judged = (await run(
    {
      ...{ kind: 'pilot', id: randomUUID(), plan, folder, seconds },
      engine: chosen ? engineOf(chosen, threads) : {},
      ...{ dataset: imported.dataset, parts: imported.parts, output: join(scratch, 'facts.json') },
      unused: Object.entries(columns).flatMap(([column, role]) => (role === 'ignore' ? [column] : [])),
    },
    3,
  )) as PilotResult;
  const facts = JSON.parse(await readFile(judged.facts, 'utf8')) as PilotFacts;
  const { lines, published } = request;
  return makeReport({
    folder,
    plan,
    origin: request.plan?.origin ?? 'standard',
    facts,
    devices,
    lines,
    published,
  });
}

/** Reads what the columns are: by the plan that was given, else by a plan made from them. */
async function understand({
  folder,
  manifest,
  reading,
  said,
  plan: given,
}: PilotRequest): Promise<Understood> {
  if (!given) return standardPlan(folder, manifest, reading, { said });
  const found = await preview(given.plan, folder, manifest, {}, { reading });
  const columns = rolesWith(found.columns, said ?? { columns: {}, id: undefined });
  return { plan: given.plan, manifest: found.manifest, columns };
}

function engineOf({ engine, device, threads }: DeviceReport, wanted: number | undefined) {
  const count = wanted ?? threads;
  return { engine, device, ...(count !== undefined && { threads: count }) };
}

/**
 * Drops the error of a device that passed its test and yet cannot train this plan, which is left out; throws any other
 * on.
 */
function unlessRefused(thrown: unknown): undefined {
  if (thrown instanceof FedReconError) return undefined;
  throw thrown;
}

/** Progress of all steps as one bar, each as wide as its usual time. */
function pacer(steps: readonly number[], progress: PilotTools['progress']) {
  const total = steps.reduce((sum, step) => sum + step, 0);
  return (step: number, phase: Progress['phase'], share: number) => {
    const before = steps.slice(0, step).reduce((sum, width) => sum + width, 0);
    const fraction = (before + steps[step]! * Math.min(1, share)) / total;
    progress({ phase, fraction, remainingSeconds: total * (1 - fraction) });
  };
}
