import { randomUUID } from 'node:crypto';
import { FedReconError } from '../../../protocol/errors.ts';
import type { Api } from '../../api/contract.ts';
import { knownModel } from '../../sync/fetch-model.ts';
import type { RunningJob } from '../activity.ts';
import type { Connection } from '../aggregator-connection.ts';
import { type Context, enrolled, settingNames } from '../context.ts';
import { describe, refuseWhileBusy } from '../durable-jobs.ts';
import { declareMembership, followData } from '../membership.ts';
import { modelInUse } from '../models/decide.ts';
import type { ModelService } from '../models/model-service.ts';
import { reconstructable } from '../reconstructable.ts';
import { watchExtraRounds } from './extra-rounds.ts';
import { noteAsking, noteRound } from './heard-round.ts';
import { takePart } from './take-part.ts';

interface ParticipationService extends Pick<Api, 'round.join' | 'review.refresh'> {
  /** True from Join round until the schedule ends, it is stopped or it fails; over restarts too. */
  readonly active: boolean;
  /** Takes part no more, now and at the next start. */
  leave(): void;
  /** Goes on taking part, if a closed or killed app did. */
  resume(): void;
  /** Follows a change of parts: reconstructs with the model in use; without one, judges the one that is here. */
  dataChanged(): void;
  /** Asks for no extra rounds any more. */
  close(): void;
}

/** Service of all that a plant does with the aggregator once it belongs to a federation. */
export function participationService(
  context: Context,
  connection: Connection,
  models: ModelService,
): ParticipationService {
  const { store, activity, changed } = context;
  let running = false;
  let active = store.settings.get<boolean>(settingNames.participating) ?? false;

  function start(): void {
    const stop = new AbortController();
    context.stops.add(stop);
    store.settings.set(settingNames.participating, true);
    active = true;
    noteAsking(context);
    const exchange = (job: RunningJob) =>
      takePart(
        { store, context, client: connection.client(), enrolment: enrolled(store), models, job },
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

  /** Ends taking part, now and at the next start. */
  function leave(): void {
    active = false;
    changed();
    store.settings.set(settingNames.participating, false);
  }

  const extra = watchExtraRounds(
    context,
    () => connection.client(),
    () => !running && !active,
  );

  return {
    close: () => extra.close(),
    get active() {
      return active;
    },
    leave,
    'round.join': async () => {
      enrolled(store);
      if (store.parts.counts().parts === 0) throw new FedReconError('no-data');
      followData(store);
      if (!running) start();
      changed();
      return context.state();
    },
    'review.refresh': async () => {
      refuseWhileBusy(context);
      const asking = { store, client: connection.client(), enrolment: enrolled(store) };
      const state = await asking.client.currentRound();
      noteRound(context, state);
      await declareMembership(asking, state);
      const manifest = await knownModel(asking, state.modelVersion);
      return (models.adopt(manifest) ?? models.reconstruct()).view;
    },
    resume: () => {
      if (store.enrolment.get() && active && !running) start();
    },
    dataChanged: () => {
      const model = store.models.newest();
      const enrolment = store.enrolment.get();
      if (!enrolment || !model || store.parts.counts().parts === 0) return;
      if (modelInUse(store)) models.reconstruct();
      else if (reconstructable(enrolment, model.manifest).length > 0 && !models.adopt(model.manifest)) {
        if (modelInUse(store)) models.reconstruct();
      }
    },
  };
}
