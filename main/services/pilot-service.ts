import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorRecord, FedReconError } from '../../protocol/errors.ts';
import { openManifestFolder } from '../../training/cells/folder.ts';
import { findManifest } from '../../training/data/manifest/manifest.ts';
import type { Api } from '../api/contract.ts';
import type { PilotReport } from '../api/views/pilot.ts';
import type { ErrorView } from '../api/views.ts';
import { probeDevices } from '../jobs/probe-devices.ts';
import { JobStopped } from '../jobs/stopped.ts';
import type { TrainingHost } from '../jobs/training-connection.ts';
import { pdfReport } from '../pilot/pdf/document.ts';
import { pdfName } from '../pilot/pdf/name.ts';
import { pngOf } from '../pilot/pdf/shown.ts';
import { checkPilot } from '../pilot/pilot-check.ts';
import { lookAtFolder } from '../pilot/pilot-look.ts';
import type { PilotOutcome } from '../pilot/report.ts';
import { unwritable } from '../store/file-errors.ts';
import type { Store } from '../store/store.ts';
import { type Context, settingNames } from './context.ts';
import { problemView } from './data/problem-view.ts';
import { deviceViews } from './device-service.ts';
import { describe, refuseWhileBusy } from './durable-jobs.ts';
import { errorView } from './error-view.ts';
import type { Served } from './images.ts';

interface PilotService extends Pick<Api, 'pilot.look' | 'pilot.state' | 'pilot.start' | 'pilot.save'> {
  /** A picture of the newest report by its address; undefined for any other. */
  image(path: string): Served | undefined;
}

const address = /^\/images\/pilot\/([0-9a-f-]{36})\/(\d{1,4})$/;

/** The pilot check in the app: before or after joining, on a folder that need not be the imported one. */
export function pilotService(context: Context, trainingHost: TrainingHost, threads?: number): PilotService {
  const { store, supervisor, activity, stops, log } = context;
  /** Failure of the newest check; another job may be on show by then. */
  let failure: ErrorView | null = null;
  const newest = () => store.settings.get<PilotOutcome>(settingNames.pilot);
  return {
    'pilot.state': async () => ({
      report: newest()?.report ?? null,
      failure,
    }),

    'pilot.look': async ({ columns = {}, id, ...where }) => {
      const { plan } = joined(store);
      const { found, ...understood } = await lookAtFolder({ ...where, said: { columns, id }, plan });
      const { parts: _, samples: __, problems, ...data } = found;
      return { ...understood, data: { ...data, problems: problems.map(problemView), samples: [] } };
    },

    'pilot.start': async ({ folder, manifest, reading, columns = {}, id, minutes, lines }) => {
      refuseWhileBusy(context);
      await findManifest((await openManifestFolder(folder)).path, manifest, reading);
      failure = null;
      const stop = new AbortController();
      stops.add(stop);
      const running = activity.during({ id: randomUUID(), kind: 'pilot', phase: 'starting' }, async (job) => {
        const outcome = await checkPilot(
          { ...joined(store), ...{ folder, manifest, reading, said: { columns, id }, minutes, lines } },
          {
            ...{ supervisor, threads, scratch: await store.files.scratch(), abort: stop.signal },
            pictureCache: store.files.pictures,
            devices: async () => {
              const { devices } = deviceViews(store);
              if (devices.length > 0) return devices;
              return probeDevices(trainingHost, { abort: stop.signal, progress: () => {} });
            },
            progress: (at) => job.update(at),
          },
        );
        store.settings.set(settingNames.pilot, outcome);
      });
      running
        .catch((thrown: unknown) => {
          if (!(thrown instanceof JobStopped)) failure = errorView(errorRecord(thrown));
          log(`pilot: ${describe(thrown)}`);
        })
        .finally(() => stops.delete(stop));
      return activity.shown!;
    },

    'pilot.save': async ({ language, folder }) => {
      const outcome = newest();
      if (!outcome) throw new FedReconError('pilot-none');
      const file = join(folder, pdfName(outcome.report, language));
      const bytes = await pdfReport(outcome, language);
      await mkdir(folder, { recursive: true })
        .then(() => writeFile(file, bytes))
        .catch((thrown: unknown) => {
          throw unwritable(thrown, folder);
        });
      return { file };
    },

    image: (path) => {
      const [, id, number] = address.exec(path) ?? [];
      const outcome = id === undefined ? undefined : newest();
      const picture = outcome?.report.id === id ? outcome?.pictures[Number(number)] : undefined;
      if (!picture) return undefined;
      const shows = isMade(outcome!.report, Number(number)) ? 'reconstructions' : 'measurements';
      return { shows, bytes: pngOf(picture), type: 'image/png' };
    },
  };
}

/** True if a picture of a report is the reconstruction of a hidden measurement. */
function isMade({ quality }: PilotReport, picture: number): boolean {
  const made = quality.modalities.flatMap(({ examples }) =>
    examples.map(({ reconstructed }) => reconstructed),
  );
  return made.some((shown) => 'picture' in shown && shown.picture === picture);
}

/** Plan of the federation that was joined, with the version and round of its model. */
function joined(store: Store) {
  const plan = store.enrolment.get()?.plan;
  if (!plan) return { plan: undefined, published: null };
  const model = store.models.newest()?.manifest;
  return {
    plan: { plan, origin: 'federation' as const },
    published: model ? { version: model.version, round: model.round } : null,
  };
}
