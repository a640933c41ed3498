import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { learnedBridges } from '../../protocol/backing.ts';
import { FedReconError } from '../../protocol/errors.ts';
import type { RoundState } from '../../protocol/messages.ts';
import { stageOfRound } from '../../protocol/schedule.ts';
import type { CalibrateResult, Progress, TrainResult } from '../../training/process/messages.ts';
import type { Api } from '../api/contract.ts';
import type { JobView } from '../api/views.ts';
import type { CalibrationOrder } from '../sync/play-calibration.ts';
import { knownModel, type TrainingOrder } from '../sync/play-round.ts';
import { takePart } from '../sync/take-part.ts';
import type { RunningJob } from './activity.ts';
import type { Connection } from './aggregator-connection.ts';
import { type Context, datasetFiles, enrolled, type HeardRound, settingNames } from './context.ts';
import { describe, refuseWhileBusy } from './durable-jobs.ts';
import { createLossRecorder } from './loss-recorder.ts';
import { modelInUse } from './models/decide.ts';
import type { ModelService } from './models/model-service.ts';
import { reconstructable } from './reconstructable.ts';

/** Older models than these are forgotten, their files with them. */
const modelsKept = { newest: 3, signed: 5 };
const hour = 3_600_000;

export interface ParticipationService extends Pick<Api, 'round.join' | 'review.refresh'> {
  /** True from Join round until the schedule ends, it is stopped or it fails; over restarts too. */
  readonly active: boolean;
  /** Takes part no more, now and at the next start. */
  leave(): void;
  /** Goes on taking part, if a closed or killed app did. */
  resume(): void;
  /** There are other parts than before: reconstructs with the model in use; without one, judges the one that is here. */
  dataChanged(): void;
}

/** Everything a plant does with the aggregator once it belongs to a federation. */
export function participationService(
  context: Context,
  connection: Connection,
  models: ModelService,
): ParticipationService {
  const { store, supervisor, activity, engine, changed } = context;
  let running = false;
  let active = store.settings.get<boolean>(settingNames.participating) ?? false;

  function heard(state: RoundState | undefined): void {
    const before = store.settings.get<HeardRound>(settingNames.heard);
    const now: HeardRound = state
      ? { state, at: new Date().toISOString(), reachable: true }
      : { ...before, reachable: false };
    store.settings.set(settingNames.heard, now);
    changed();
  }

  /** Trains a round in the training process, under a job of its own on show. */
  async function train({ round, stage, modules }: TrainingOrder, signal: AbortSignal): Promise<TrainResult> {
    const { plan } = enrolled(store);
    const datasets = datasetFiles(store);
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
        { kind: 'train', id, plan, engine: engine(), stage, round, datasets, modules, state, output },
        {
          progress: (progress) => {
            job.update(shownProgress(progress));
            losses.add(progress);
          },
        },
        signal,
      );
      return result as TrainResult;
    });
  }

  /** Makes sums for a calibration in the training process, under a job of its own on show. */
  async function makeSums(
    { manifest, ...order }: CalibrationOrder,
    signal: AbortSignal,
  ): Promise<CalibrateResult> {
    const { plan } = enrolled(store);
    const datasets = datasetFiles(store);
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
        signal,
      );
      return result as CalibrateResult;
    });
  }

  /** After each stage and at the end of the schedule the model is judged, and reconstructions follow what is in use. */
  async function settled(state: RoundState, signal: AbortSignal): Promise<void> {
    const { plan, has } = enrolled(store);
    const manifest = await knownModel(
      { store, client: connection.client(), enrolment: enrolled(store) },
      state.modelVersion,
      signal,
    );
    store.models.keepNewest(modelsKept.newest, modelsKept.signed);
    await store.collect(hour);
    changed();
    const due =
      (state.state === 'finished' || stageOfRound(plan, Math.max(1, manifest.round)).last) &&
      reconstructable({ plan, has }, manifest).length > 0;
    if (due) await (models.adopt(manifest)?.ended ?? models.followUse());
  }

  function start(): void {
    const stop = new AbortController();
    context.stops.add(stop);
    store.settings.set(settingNames.participating, true);
    active = true;
    const exchange = (job: RunningJob) =>
      takePart(
        {
          store,
          client: connection.client(),
          enrolment: enrolled(store),
          report: (report) => job.update(withoutRest(report)),
          train,
          makeSums,
          heard,
          settled,
        },
        stop.signal,
      );
    running = true;
    activity
      .during({ id: randomUUID(), kind: 'exchange', phase: 'starting' }, exchange)
      .finally(() => {
        context.stops.delete(stop);
        running = false;
        if (!context.closing()) leave();
      })
      .catch((thrown: unknown) => context.log(`participation: ${describe(thrown)}`));
  }

  /** The plant takes part no more, now and at the next start. */
  function leave(): void {
    active = false;
    changed();
    store.settings.set(settingNames.participating, false);
  }

  return {
    get active() {
      return active;
    },
    leave,
    'round.join': async () => {
      const { has } = enrolled(store);
      const { parts, present } = store.datasets.counts();
      if (parts === 0) throw new FedReconError('no-data');
      const empty = has.find((modality) => !present.get(modality));
      if (empty !== undefined) throw new FedReconError('modality-without-data', { modality: empty });
      if (!running) start();
      changed();
      return context.state();
    },
    'review.refresh': async () => {
      refuseWhileBusy(context);
      const state = await connection.client().currentRound();
      heard(state);
      const manifest = await knownModel(
        { store, client: connection.client(), enrolment: enrolled(store) },
        state.modelVersion,
      );
      return (models.adopt(manifest) ?? models.reconstruct()).view;
    },
    resume: () => {
      if (store.enrolment.get() && active && !running) start();
    },
    dataChanged: () => {
      const model = store.models.newest();
      const enrolment = store.enrolment.get();
      if (!enrolment || !model) return;
      if (modelInUse(store)) models.reconstruct();
      else if (reconstructable(enrolment, model.manifest).length > 0) models.adopt(model.manifest);
    },
  };
}

function shownProgress({
  phase,
  stage,
  epoch,
  epochs,
  samplesPerSecond,
  fraction,
  remainingSeconds,
}: Progress) {
  return withoutRest({ phase, stage, epoch, epochs, samplesPerSecond, fraction, remainingSeconds });
}

/** Fields that are undefined are left out: they would hide what is shown already. */
function withoutRest(
  fields: { readonly [Key in keyof JobView]?: JobView[Key] | undefined },
): Partial<JobView> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
