import { FedReconError } from '../../../protocol/errors.ts';
import { isWords } from '../../../protocol/kinds/index.ts';
import { namedInErrors } from '../../../protocol/kinds/named-in-errors.ts';
import { modalityOf } from '../../../protocol/plan.ts';
import { wordsOf } from '../../cells/words.ts';
import { inputsOf } from '../../explain/baseline.ts';
import { explain } from '../../explain/explain.ts';
import type { ExplainedModel } from '../../explain/explained-model.ts';
import { nearestParts } from '../../explain/neighbours.ts';
import { reconstructRows } from '../../explain/run.ts';
import { whatIf } from '../../explain/what-if.ts';
import type { Recipe } from '../../model/recipe.ts';
import type { JobContext } from '../job-context.ts';
import type { ExplainJob, ExplainResult, WhatIfJob, WhatIfResult } from '../messages.ts';
import type { OpenedModel } from '../opened-models.ts';

/** Explains one reconstruction. */
export async function runExplain(job: ExplainJob, context: JobContext): Promise<ExplainResult> {
  const { opened, model } = await openModel(job, context);
  const { modality, part, region, through } = job;
  const { recipe, attribution, contributions, agreement, ...found } = await explain(model, modality, part, {
    region,
    through,
  });
  return {
    kind: 'explain',
    value: found.value,
    baselineValue: found.baselineValue,
    residue: found.residue,
    agreement: agreement ?? null,
    sources: contributions.map(({ source, change, share }) => ({
      modality: source,
      attribution: [...attribution[source]!],
      change,
      share,
    })),
    units: found.units.map(({ modality, label, attribution, occlusion }) => ({
      modality,
      label,
      attribution,
      occlusion,
    })),
    neighbours: await neighboursOf(opened, model, recipe, job),
  };
}

/** Reconstructs a part with changed measurements. */
export async function runWhatIf(job: WhatIfJob, context: JobContext): Promise<WhatIfResult> {
  const { model } = await openModel(job, context);
  const { values, change, beyond } = await whatIf(model, job.modality, job.part, job.changes, job.through);
  return { kind: 'what-if', values: [...values], change, beyond };
}

async function openModel(
  job: ExplainJob | WhatIfJob,
  { plan, abort, openedModels, programs }: JobContext,
): Promise<{ opened: OpenedModel; model: ExplainedModel }> {
  const opened = await openedModels.open(plan, job);
  const modality = modalityOf(plan, job.modality);
  if (job.part >= opened.model.dataset.count)
    throw new FedReconError('part-unknown', { part: job.part, ...namedInErrors(modality) });
  const texts = job.kind === 'explain' ? job.texts : {};
  const model: ExplainedModel = {
    ...opened.model,
    abort,
    programs: await programs(),
    words(modality, part) {
      const entry = modalityOf(plan, modality);
      const text = part === job.part ? texts[modality] : undefined;
      return text !== undefined && isWords(entry) ? wordsOf(text, entry.maxWords) : undefined;
    },
  };
  return { opened, model };
}

/** Nearest parts of this plant, each with the reconstruction from the same sources. */
async function neighboursOf(
  opened: OpenedModel,
  model: ExplainedModel,
  recipe: Recipe,
  { part, neighbours: count }: ExplainJob,
): Promise<ExplainResult['neighbours']> {
  const sources = recipe.paths.map(({ source }) => source);
  const nearest = nearestParts(model, recipe, part, await opened.latents(model, sources), count);
  if (nearest.length === 0) return [];
  const rows = nearest.map((neighbour) => inputsOf(model, recipe, neighbour.part));
  const values = await reconstructRows(model, recipe, part, rows);
  return nearest.map((neighbour, index) => ({ ...neighbour, values: [...values[index]!] }));
}
