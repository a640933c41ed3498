import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { FedReconError } from '../../protocol/errors.ts';
import type { RoundState } from '../../protocol/messages.ts';
import { stageOfRound } from '../../protocol/plan.ts';
import type { Progress, TrainResult } from '../../training/process/messages.ts';
import type { Api } from '../api/contract.ts';
import type { JobView } from '../api/views.ts';
import type { JobRow } from '../store/jobs.ts';
import { type AggregatorClient, openClient } from '../sync/client.ts';
import { takePart } from '../sync/participation.ts';
import { knownModel, type TrainingOrder } from '../sync/round.ts';
import type { RunningJob } from './activity.ts';
import { type Context, enrolled, type HeardRound, settingNames } from './context.ts';
import { describe, refuseWhileBusy } from './durable-jobs.ts';
import { createLossRecorder } from './losses.ts';
import { reconstructable, startReconstruction } from './reconstruction.ts';

/** Older models than these are forgotten, their files with them. */
const modelsKept = 3;
const hour = 3_600_000;

export interface ParticipationService extends Pick<Api, 'round.join' | 'review.refresh'> {
  /** True from Join round until the schedule ends, it is stopped or it fails; over restarts too. */
  readonly active: boolean;
  /** Takes part no more, now and at the next start. */
  leave(): void;
  /** Goes on taking part, if a closed or killed app did. */
  resume(): void;
  /** Does a reconstruction again that a killed app left undone; resolves when it ended. */
  redo(job: JobRow): Promise<void>;
  /** There are other parts than before: reconstructs with the model that is here, if one can. */
  dataChanged(): void;
  /** The plant joined a federation: talk to that one from now on. */
  reconnect(): void;
  close(): void;
}

/** Everything a plant does with the aggregator once it belongs to a federation. */
export function participationService(context: Context): ParticipationService {
  const { store, supervisor, activity, engine, changed } = context;
  let client: AggregatorClient | undefined;
  let running = false;
  let active = store.settings.get<boolean>(settingNames.participating) ?? false;

  function connection(): AggregatorClient {
    const { aggregator, ca } = enrolled(store);
    client ??= openClient({
      address: aggregator,
      ca,
      key: store.key,
      ledger: store.ledger,
    });
    return client;
  }

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
    const datasets = store.datasets.active().map(({ file }) => store.files.path(file));
    if (datasets.length === 0) throw new FedReconError('no-data');
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

  /** After each stage and at the end of the schedule, reconstructions follow the model. */
  async function settled(state: RoundState, signal: AbortSignal): Promise<void> {
    const { plan, has } = enrolled(store);
    const manifest = await knownModel(
      { store, client: connection(), enrolment: enrolled(store) },
      state.modelVersion,
      signal,
    );
    store.models.keepNewest(modelsKept);
    await store.collect(hour);
    changed();
    const due =
      manifest.version > (store.reconstructions.summary()?.modelVersion ?? 0) &&
      (state.state === 'finished' || stageOfRound(plan, Math.max(1, manifest.round)).last) &&
      reconstructable({ plan, has }, manifest).length > 0;
    if (due) await startReconstruction(context, connection(), manifest).ended;
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
          client: connection(),
          enrolment: enrolled(store),
          report: (report) => job.update(withoutRest(report)),
          train,
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
      const state = await connection().currentRound();
      heard(state);
      const manifest = await knownModel(
        { store, client: connection(), enrolment: enrolled(store) },
        state.modelVersion,
      );
      return startReconstruction(context, connection(), manifest).view;
    },
    resume: () => {
      if (store.enrolment.get() && active && !running) start();
    },
    reconnect: () => {
      client?.close();
      client = undefined;
    },
    redo: async (job) => {
      const { modelVersion } = job.request as { modelVersion: number };
      const model = store.models.get(modelVersion);
      if (model) await startReconstruction(context, connection(), model.manifest, job.id).ended;
      else store.jobs.finish(job.id, 'stopped');
    },
    dataChanged: () => {
      const enrolment = store.enrolment.get();
      const model = store.models.newest();
      if (enrolment && model && reconstructable(enrolment, model.manifest).length > 0)
        startReconstruction(context, connection(), model.manifest);
    },
    close: () => client?.close(),
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
