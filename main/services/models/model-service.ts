import { FedReconError } from '../../../protocol/errors.ts';
import type { ModelManifest } from '../../../protocol/messages.ts';
import type { Api } from '../../api/contract.ts';
import type { JobView } from '../../api/views.ts';
import type { JobRow } from '../../store/job-store.ts';
import type { Connection } from '../aggregator-connection.ts';
import { type Context, enrolled } from '../context.ts';
import { describe, refuseWhileBusy } from '../durable-jobs.ts';
import { actorOf } from '../people-service.ts';
import { reconstructable } from '../reconstructable.ts';
import { startReconstruction } from '../reconstruction.ts';
import { adoptByPolicy, decide, genuineModelInUse, modelInUse, stateHere } from './decide.ts';
import { type EvaluationRequest, startEvaluation } from './evaluation.ts';
import { cardView, modelsView } from './model-views.ts';
import type { Wish } from './sign-off-rules.ts';

export interface ModelService
  extends Pick<Api, 'models.list' | 'models.card' | 'models.evaluate' | 'models.decide'> {
  /**
   * Judges a version that was not judged before, puts it to use where the plan lets it, and brings the reconstructions
   * up to date with what is in use then.
   * @returns the first job of it and the end of all; undefined when there is nothing to judge
   */
  adopt(manifest: ModelManifest): { view: JobView; ended: Promise<void> } | undefined;
  /** Reconstructs with the model in use. @throws FedReconError `model-not-signed`, `sign-off-invalid` */
  reconstruct(): { view: JobView; ended: Promise<void> };
  /** Reconstructs where another model, or calibration of it, is in use than the one that reconstructions were made with; not with one whose sign-off does not hold. */
  followUse(): Promise<void>;
  /** Does a job again that a killed app left undone; resolves when it ended. */
  redo(job: JobRow): Promise<void>;
}

/**
 * Service of the model versions at this plant: judged before they are used, decided about by people or by the plan's
 * policy.
 */
export function modelService(context: Context, connection: Connection): ModelService {
  const { store } = context;

  function reconstruct(id?: string): { view: JobView; ended: Promise<void> } {
    const used = modelInUse(store);
    if (!used) throw new FedReconError('model-not-signed');
    return startReconstruction(context, connection.client(), used, id);
  }

  async function followUse(): Promise<void> {
    const used = genuineModelInUse(store);
    // By the log: reconstructions that were deleted because they were old are not made again.
    const last = store.log.latest('reconstruction.made')?.detail;
    const calibration = used && (store.calibrations.of(used.version)?.number ?? null);
    if (!used || (used.version === last?.modelVersion && calibration === (last.calibration ?? null))) return;
    const { parts, present } = store.parts.counts();
    const isMissing = (modality: string) => (present.get(modality) ?? 0) < parts;
    if (reconstructable(enrolled(store), used).some(isMissing)) await reconstruct().ended;
  }

  function evaluate(
    manifest: ModelManifest,
    adopts: boolean,
    id?: string,
  ): { view: JobView; ended: Promise<void> } {
    const { view, ended } = startEvaluation(context, connection.client(), manifest, adopts, id);
    return { view, ended: logged(ended.then(followUse)) };
  }

  /** Logs a failure of work whose end nobody waits for; the window shows how it went. */
  function logged(work: Promise<void>): Promise<void> {
    work.catch((thrown: unknown) => context.log(describe(thrown)));
    return work;
  }

  function known(version: number): ModelManifest {
    const model = store.models.get(version);
    if (!model || model.manifest.planHash !== enrolled(store).planHash)
      throw new FedReconError('model-gone', { version });
    return model.manifest;
  }

  return {
    followUse,
    reconstruct,
    adopt: (manifest) => {
      const isJudged = store.adoption.judged().has(manifest.version);
      if (stateHere(store, manifest.version, isJudged) === 'received') return evaluate(manifest, true);
      adoptByPolicy(store, manifest.version);
      return undefined;
    },
    redo: async ({ id, kind, request }) => {
      const { modelVersion, adopts } = request as EvaluationRequest;
      const manifest = store.models.get(modelVersion)?.manifest;
      if (kind === 'evaluate' && manifest) await evaluate(manifest, adopts, id).ended;
      // What was begun with a version that is in use no more is not gone on with.
      else if (kind === 'reconstruct' && modelInUse(store)?.version === modelVersion)
        await reconstruct(id).ended;
      else store.jobs.finish(id, 'stopped');
    },
    'models.list': async () => modelsView(store),
    'models.card': async ({ version }) => cardView(store, version),
    'models.evaluate': async ({ version }) => {
      refuseWhileBusy(context);
      return evaluate(known(version), false).view;
    },
    'models.decide': async ({ version, ...wanted }) => {
      const wish: Wish = { ...wanted, by: actorOf(store) };
      decide(store, version, wish);
      context.changed();
      void logged(followUse());
      return modelsView(store);
    },
  };
}
