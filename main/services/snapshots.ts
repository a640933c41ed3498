import type { WorkstationState } from '../api/views.ts';
import type { Store } from '../store/store.ts';
import { type HeardRound, settingNames } from './context.ts';
import { deviceViews } from './device-service.ts';
import { adoptionView } from './models/model-views.ts';
import { federationStatus } from './participation/plant-status.ts';
import { personAtWork } from './people-service.ts';
import { refusalsHere } from './permission/guard.ts';
import { modelBytes, planView } from './plan-view.ts';
import { createPromises } from './promise-views.ts';
import { lastDeletion } from './retention.ts';
import { saveFolder } from './save-folder.ts';
import { windowSettings } from './settings-service.ts';

const lossPointsShown = 600;

/** State that a snapshot needs beside the store. */
interface Live {
  readonly demo: boolean;
  readonly version: string;
  readonly participating: boolean;
  readonly job: WorkstationState['job'];
  readonly findings: WorkstationState['findings'];
}

/** Makes snapshots of a workstation; what is costly and never changes is worked out once. */
export function createSnapshots(store: Store): (live: Live) => WorkstationState {
  let revision = 0;
  const saving = saveFolder();
  const promises = createPromises(store);
  const plans = new Map<string, { view: ReturnType<typeof planView>; bytes: number }>();

  function federation(participating: boolean): {
    view: WorkstationState['federation'];
    fullModelBytes: number;
  } {
    const enrolment = store.enrolment.get();
    if (!enrolment) return { view: undefined, fullModelBytes: 0 };
    const { plan, planHash, has } = enrolment;
    const known = plans.get(planHash) ?? { view: planView(plan, planHash), bytes: modelBytes(plan) };
    plans.set(planHash, known);
    const heard = store.settings.get<HeardRound>(settingNames.heard);
    const contributedRounds = store.rounds.contributed();
    return {
      view: {
        plant: enrolment.plant,
        aggregator: enrolment.aggregator,
        plan: known.view,
        has,
        lacks: plan.modalities.map(({ name }) => name).filter((name) => !has.includes(name)),
        countedFor: heard?.state?.membership?.inRound ?? null,
        round: heard?.state?.round ?? 0,
        stage: heard?.state?.stage ?? plan.stages[0]!.stage,
        roundState: heard?.reachable === false ? 'unreachable' : (heard?.state?.state ?? 'waiting'),
        plants: heard?.state?.plants ?? { enrolled: 0, contributed: 0 },
        contributedRounds,
        lastContact: heard?.at ?? null,
        status: federationStatus(heard, { participating, scheduledRounds: known.view.scheduledRounds }),
      },
      // Whoever exchanges whole models fetches one and sends one back in every round, and calibrates them as well.
      fullModelBytes: known.bytes * 2 * contributedRounds + store.ledger.moved('calibration'),
    };
  }

  function counts(): WorkstationState['data'] {
    const { parts, present } = store.parts.counts();
    const plan = store.enrolment.get()?.plan;
    const names = plan ? plan.modalities.map(({ name }) => name) : [...present.keys()];
    return {
      parts,
      problems: store.imports.problemCount(),
      counts: names.map((modality) => {
        const held = present.get(modality) ?? 0;
        return { modality, present: held, missing: parts - held };
      }),
    };
  }

  return ({ demo, version, participating, job, findings }) => {
    const { view, fullModelBytes } = federation(participating);
    const model = store.models.newest();
    // The clock keeps it growing over a restart.
    revision = Math.max(revision + 1, Date.now());
    return {
      revision,
      settings: windowSettings(store),
      person: personAtWork(store) ?? null,
      refusals: refusalsHere(store),
      ...{ demo, version, saveFolder: saving },
      ...(view && { federation: view }),
      data: counts(),
      findings,
      model: model
        ? { version: model.manifest.version, round: model.manifest.round, receivedAt: model.receivedAt }
        : null,
      adoption: adoptionView(store),
      judged: store.adoption.revision(),
      queue: store.reconstructions.revision(),
      reconstructed: store.reconstructions.summary() ?? null,
      deleted: lastDeletion(store),
      engine: deviceViews(store),
      participating,
      job,
      traffic: { ...store.ledger.totals(), bytesFullModel: fullModelBytes },
      losses: store.losses.list(lossPointsShown),
      promises: promises(),
    };
  };
}
