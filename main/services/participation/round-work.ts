import { join } from 'node:path';
import { learnedBridges } from '../../../protocol/backing.ts';
import type { CalibrationPass } from '../../../protocol/calibration/lengths.ts';
import type { ModelManifest } from '../../../protocol/messages.ts';
import type { StageName } from '../../../protocol/schedule.ts';
import type { CalibrateResult, Progress, TrainResult } from '../../../training/process/messages.ts';
import type { JobView } from '../../api/views.ts';
import { type Context, enrolled } from '../context.ts';
import { dataInUse } from '../data-view.ts';
import { createLossRecorder } from './loss-recorder.ts';

/** Training to do in a round: modules by name as files; those absent start from the plan's seed. */
interface TrainingOrder {
  readonly round: number;
  readonly stage: StageName;
  /** Modalities that are trained with; the data may hold more. */
  readonly has: readonly string[];
  readonly modules: Readonly<Record<string, string>>;
}

/** Sums to make: the modules as files by name, and the sums of all plants by pass. */
interface CalibrationOrder {
  readonly manifest: ModelManifest;
  readonly pass: CalibrationPass;
  readonly routes: readonly string[];
  readonly modules: Readonly<Record<string, string>>;
  readonly sums: Readonly<Partial<Record<CalibrationPass, string>>>;
}

/** Trains a round in the training process, under a job of its own on show. @returns files that may be moved away */
export async function runRoundTraining(
  context: Context,
  { round, stage, has, modules }: TrainingOrder,
  abort: AbortSignal,
): Promise<TrainResult> {
  const { store, supervisor, activity, engine } = context;
  const { plan } = enrolled(store);
  const { datasets } = await dataInUse(store);
  const id = `round-${round}`;
  const losses = createLossRecorder(round, (point) => {
    store.losses.add(point);
    context.emit({ type: 'loss', point });
  });
  return activity.during({ id, kind: 'train', phase: 'starting' }, async (job) => {
    job.update({ round, stage });
    const output = await store.files.scratch();
    const state = join(store.folder, 'training-state');
    const result = await supervisor.run(
      {
        ...{ kind: 'train', id, plan, engine: engine(), stage, round },
        ...{ has: [...has], datasets, modules, state, output },
      },
      {
        progress: (progress) => {
          job.update(shownProgress(progress));
          losses.add(progress);
        },
      },
      abort,
    );
    return result as TrainResult;
  });
}

/** Makes sums for a calibration in the training process, under a job of its own on show. */
export async function makeSums(
  { store, supervisor, activity, engine }: Context,
  { manifest, ...order }: CalibrationOrder,
  abort: AbortSignal,
): Promise<CalibrateResult> {
  const { plan } = enrolled(store);
  const { datasets } = await dataInUse(store);
  const id = `calibration-${manifest.version}-${order.pass}`;
  return activity.during({ id, kind: 'calibrate', phase: 'starting' }, async (job) => {
    const result = await supervisor.run(
      {
        ...{ kind: 'calibrate', id, plan, engine: engine(), datasets },
        pass: order.pass,
        routes: [...order.routes],
        modules: { ...order.modules },
        sums: { ...order.sums },
        bridges: learnedBridges(manifest.backing),
        output: await store.files.scratch(),
      },
      { progress: (progress) => job.update(shownProgress(progress)) },
      abort,
    );
    return result as CalibrateResult;
  });
}

/**
 * Progress in the fields of the job on show. Fields that are undefined are left out: they would hide what is shown
 * already.
 */
function shownProgress({
  phase,
  stage,
  epoch,
  epochs,
  samplesPerSecond,
  fraction,
  remainingSeconds,
}: Progress): Partial<JobView> {
  const fields = { phase, stage, epoch, epochs, samplesPerSecond, fraction, remainingSeconds };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
