import type { Api, WorkstationEvent } from '../api/contract.ts';
import type { WorkstationState } from '../api/views.ts';
import { createInspector } from '../jobs/inspector.ts';
import { createSupervisor } from '../jobs/supervisor.ts';
import type { TrainingHost } from '../jobs/training-connection.ts';
import { openStore } from '../store/store.ts';
import { createActivity } from './activity.ts';
import { createConnection } from './aggregator-connection.ts';
import { bulkDecisions } from './bulk-decisions.ts';
import type { Context } from './context.ts';
import { findingsService } from './data/findings-service.ts';
import { dataService } from './data-service.ts';
import { chosenEngine, deviceService } from './device-service.ts';
import { diagnosisService } from './diagnosis/diagnosis-service.ts';
import { changesData, describe, takingOut } from './durable-jobs.ts';
import { enrolmentService } from './enrolment-service.ts';
import { createEvents } from './events.ts';
import { reasonsService } from './explanation-service.ts';
import { exportService, sweepExport } from './exporting/export-service.ts';
import { createFilteredQueues } from './filtered-queues.ts';
import { keepStatus, withHolder } from './held-status.ts';
import { type Served, serveImage } from './images.ts';
import { logService } from './log-service.ts';
import { createMadePictures } from './made-pictures.ts';
import { modelService } from './models/model-service.ts';
import { participationService } from './participation/participation-service.ts';
import { peopleService } from './people-service.ts';
import { guarded, permittedOnly } from './permission/guard.ts';
import { pilotService } from './pilot-service.ts';
import { createQueueOrder } from './queue-order.ts';
import { queueViews } from './queue-views.ts';
import { keepRetention } from './retention.ts';
import { reviewService } from './review-service.ts';
import { settingsService } from './settings-service.ts';
import { createSnapshots } from './snapshots.ts';
import { type WatchPauses, watchService } from './watch-service.ts';

interface WorkstationOptions {
  /** Folder that everything is kept in; one app uses it at a time. */
  readonly dataFolder: string;
  readonly trainingHost: TrainingHost;
  readonly version: string;
  /** What this process is to whoever finds the folder in use: a command by its name; absent: the app. */
  readonly program?: string;
  readonly demo?: boolean;
  /** CPU threads of the training process; absent: all cores. */
  readonly threads?: number;
  /** Whether it goes on with what it was doing, and tests devices it never tested; a command that does one thing does not, but for what was being deleted. */
  readonly goesOn?: boolean;
  /** How long is waited between looks at a watched folder; absent: five seconds, and a minute. */
  readonly watchPauses?: WatchPauses;
  /** Listener for lines to a person who looks for a fault. */
  readonly log?: (line: string) => void;
}

/** A workstation without its window: what both hosts carry. */
export interface Workstation {
  readonly api: Api;
  /** Calls `listener` with every event; returns the function that ends the subscription. */
  subscribe(listener: (event: WorkstationEvent) => void): () => void;
  /** The image behind an address of a view (`/images/…`), where whoever works here may see it. */
  image(path: string): Promise<Served | undefined>;
  /** Resolves when nothing runs any more, what followed from a job that ended included. */
  idle(): Promise<void>;
  /** Ends all work, which goes on at the next start. No process is left behind. */
  close(): Promise<void>;
}

/**
 * Opens the workstation that lives in a data folder, and goes on with what it was doing when it was closed or
 * killed.
 * @throws FedReconError `data-folder-in-use`, `data-folder-unusable`, `store-newer`, `store-other`, `store-damaged`, `disk-full`
 */
export async function createWorkstation(options: WorkstationOptions): Promise<Workstation> {
  const {
    dataFolder,
    trainingHost,
    version,
    demo = false,
    goesOn = true,
    program = 'FedRecon Workstation',
    threads,
    watchPauses,
    log = () => {},
  } = options;
  const store = await openStore(dataFolder).catch(async (thrown: unknown) => {
    throw await withHolder(thrown);
  });
  const supervisor = createSupervisor(trainingHost, log);
  const inspector = createInspector(trainingHost, log);
  const pictures = createMadePictures();
  const snapshot = createSnapshots(store);
  const state = (): WorkstationState =>
    snapshot({
      demo,
      version,
      participating: participation.active,
      job: activity.shown,
      findings: findings.state(),
    });
  const events = createEvents(state, log);
  const activity = createActivity((job, edge) => {
    events.emit({ type: 'progress', job });
    if (edge) events.changed();
  });
  const status = keepStatus(dataFolder, program, log);
  events.subscribe((event) => {
    if (event.type === 'state') status.changed(event.state);
  });
  let closing = false;
  const context: Context = {
    store,
    supervisor,
    activity,
    log,
    state,
    changed: events.changed,
    emit: events.emit,
    closing: () => closing,
    goesOn,
    stops: new Set(),
    engine: () => chosenEngine(store, threads),
    order: createQueueOrder(store, () => closing),
    filtered: createFilteredQueues(store),
  };
  const connection = createConnection(context);
  const models = modelService(context, connection);
  const participation = participationService(context, connection, models);
  const findings = findingsService(context);
  const data = dataService(context, pictures, () => {
    participation.dataChanged();
    if (goesOn) findings.dataChanged();
    orderQueues();
  });
  const watching = watchService(context, data, () => participation['round.join']({}), watchPauses);
  const devices = deviceService(context, trainingHost);
  const { close: closePeople, ...people } = peopleService(context);
  const { image: pilotImage, ...pilot } = pilotService(context, trainingHost, threads);

  const api = guarded(store, {
    'workstation.state': async () => state(),
    'job.stop': async () => {
      activity.stopping();
      for (const stop of context.stops) stop.abort();
      participation.leave();
      return state();
    },
    'ledger.list': async () => store.ledger.list(1000),
    ...settingsService(context, connection),
    ...diagnosisService(context, connection, { trainingHost, version }),
    ...people,
    ...logService(context),
    ...enrolmentService(context, connection.reconnect),
    ...data,
    'data.findings': findings['data.findings'],
    'data.check': findings['data.check'],
    'data.watch': watching['data.watch'],
    'data.watched': watching['data.watched'],
    'data.pauseWatch': watching['data.pauseWatch'],
    'data.takeUnfinished': watching['data.takeUnfinished'],
    ...devices,
    ...pilot,
    ...reviewService(context),
    ...queueViews(context),
    ...bulkDecisions(context),
    ...reasonsService(context, inspector, pictures),
    ...exportService(context),
    'models.list': models['models.list'],
    'models.card': models['models.card'],
    'models.evaluate': models['models.evaluate'],
    'models.decide': models['models.decide'],
    'round.join': participation['round.join'],
    'review.refresh': participation['review.refresh'],
  });

  /** Puts the queues in order in the background, where limits or truths are others now, before somebody opens one. */
  function orderQueues(): void {
    const before = store.reconstructions.revision();
    const tell = () => {
      if (!closing && store.reconstructions.revision() !== before) events.changed();
    };
    context.order.settle().then(tell, (thrown: unknown) => log(describe(thrown)));
  }

  async function goOn(): Promise<void> {
    for (const job of store.jobs.unfinished()) {
      if (closing) return;
      // What was to be deleted must not stay, whoever opens the folder.
      if (!goesOn && !takingOut.has(job.kind)) continue;
      const redo = changesData.has(job.kind) ? data.redo : models.redo;
      await redo(job).catch((thrown: unknown) => log(describe(thrown)));
    }
    if (closing || !goesOn) return;
    participation.resume();
    watching.resume();
    await models.followUse().catch((thrown: unknown) => log(describe(thrown)));
  }
  if (goesOn) devices.probeOnce().catch((thrown: unknown) => log(describe(thrown)));
  const swept = sweepExport(context);
  const retention = keepRetention(context);
  status.changed(state());
  orderQueues();
  const started = goOn();

  return {
    api,
    subscribe: events.subscribe,
    image: async (path) => {
      const found = pictures.get(path) ?? pilotImage(path) ?? (await serveImage(store, path));
      return permittedOnly(store, found);
    },
    idle: async () => {
      // What follows from a job starts when its end has been heard of.
      await new Promise(setImmediate);
      await Promise.all([activity.idle(), findings.idle()]);
    },
    close: async () => {
      closing = true;
      participation.close();
      const watched = watching.close();
      const found = findings.close();
      for (const stop of context.stops) stop.abort();
      await supervisor.close();
      await inspector.close();
      await started;
      await Promise.all([watched, found, swept]);
      await activity.idle();
      retention.close();
      closePeople();
      connection.close();
      events.close();
      await status.close();
      store.close();
    },
  };
}
