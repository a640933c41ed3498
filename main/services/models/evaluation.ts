import { learnedBridges } from '../../../protocol/backing.ts';
import type { ModelManifest } from '../../../protocol/messages.ts';
import { servingModules } from '../../../protocol/serving.ts';
import type { EvaluateResult } from '../../../training/process/messages.ts';
import type { JobView } from '../../api/views.ts';
import { theWorkstation } from '../../log/entries.ts';
import type { AggregatorClient } from '../../sync/aggregator-client.ts';
import { downloadModules, pick } from '../../sync/fetch-model.ts';
import type { Context } from '../context.ts';
import { dataInUse } from '../data-view.ts';
import { startJob } from '../durable-jobs.ts';
import { groundsFor } from '../reconstructable.ts';
import { composeCard } from './compose-card.ts';
import { adoptByPolicy, genuineModelInUse, holdWorse } from './decide.ts';

/** What a killed app needs to evaluate again. */
export interface EvaluationRequest {
  readonly modelVersion: number;
  readonly adopts: boolean;
}

/** Share of the progress bar for fetching modules. */
const fetching = 0.1;

/**
 * Starts the evaluation of a model version: judges it on this plant's held-out parts beside the one in use, writes its
 * card, and holds it back where it is worse.
 * @param adopts whether it then comes into use where the plan lets it: only where the plant takes part, never because
 *   somebody wanted it judged
 * @throws FedReconError `model-not-ready`, `no-data`, `not-enrolled`
 */
export function startEvaluation(
  context: Context,
  client: AggregatorClient,
  manifest: ModelManifest,
  adopts: boolean,
  id?: string,
): { view: JobView; ended: Promise<void> } {
  const { store, supervisor, engine } = context;
  const { enrolment } = groundsFor(store, manifest);
  const { plan, has } = enrolment;
  const needed = ({ serving }: ModelManifest) => pick(serving, servingModules(plan, has));
  const filesOf = (model: ModelManifest) => ({
    modules: store.files.paths(needed(model)),
    bridges: learnedBridges(model.backing),
  });

  return startJob(
    context,
    {
      kind: 'evaluate',
      request: { modelVersion: manifest.version, adopts } satisfies EvaluationRequest,
      work: async (job, jobId, abort) => {
        const inUse = genuineModelInUse(store);
        const used = inUse?.version === manifest.version ? undefined : inUse;
        const modules = [...needed(manifest), ...(used ? needed(used) : [])];
        await downloadModules({ store, client }, modules, manifest.round, abort, (fraction) =>
          job.update({ phase: 'downloading', fraction: fraction * fetching }),
        );
        const { datasets, parts } = await dataInUse(store);
        const result = (await supervisor.run(
          {
            ...{ kind: 'evaluate', id: jobId, plan, engine: engine(), datasets },
            model: filesOf(manifest),
            ...(used && { reference: filesOf(used) }),
            output: await store.files.scratch(),
          },
          {
            progress: (progress) =>
              job.update({ ...progress, fraction: fetching + (1 - fetching) * progress.fraction }),
          },
          abort,
        )) as EvaluateResult;
        const { card, examples } = await composeCard(store, enrolment, manifest, used, {
          ...result,
          rows: parts,
        });
        store.transaction(() => {
          const cardHash = store.adoption.addCard(card, examples);
          const { comparison, unevaluated, parts: judged } = card.evaluation;
          store.log.append({
            ...{ action: 'model.evaluated', actor: theWorkstation, object: card.modelHash },
            detail: {
              ...{ modelVersion: card.version, card: cardHash, comparison, unevaluated, parts: judged.used },
              comparedWith: used?.version ?? null,
            },
          });
          holdWorse(store, manifest.version);
          if (adopts) adoptByPolicy(store, manifest.version);
        });
        context.changed();
      },
    },
    id,
  );
}
