import { canonicalJson, type Plan, planHash } from '../../protocol/plan.ts';
import type { ExplainedModel } from '../explain/explained-model.ts';
import { type Latents, latentsOf } from '../explain/neighbours.ts';
import { readDatasets } from '../learning/datasets.ts';
import { readServingModules } from './files/module-files.ts';
import type { ExplainJob, WhatIfJob } from './messages.ts';

/** Model and plant's parts that are kept in memory between questions about them. */
export interface OpenedModel {
  readonly model: Omit<ExplainedModel, 'programs' | 'abort' | 'words'>;
  /** Latents of the parts; encoded at the first question that needs them. */
  latents(model: ExplainedModel, sources: readonly string[]): Promise<Latents>;
}

/** Cache of opened models: one model and data set at a time; another takes its place. */
export interface OpenedModels {
  /** Opens the model and parts of a question. @throws FedReconError of files that cannot be read */
  open(plan: Plan, job: ExplainJob | WhatIfJob): Promise<OpenedModel>;
}

/** Empty cache of opened models; the first question opens one. */
export function openedModels(): OpenedModels {
  let current: { readonly key: string; readonly opened: Promise<OpenedModel> } | undefined;
  return {
    open(plan, job) {
      const { datasets, modules, bridges } = job;
      const key = canonicalJson({ plan: planHash(plan), datasets, modules, bridges });
      if (current?.key !== key) {
        const opened = readModel(plan, job);
        current = { key, opened };
        // What could not be read is tried again when it is asked for again.
        opened.catch(() => {
          if (current?.opened === opened) current = undefined;
        });
      }
      return current.opened;
    },
  };
}

async function readModel(
  plan: Plan,
  { datasets, modules: files, bridges }: ExplainJob | WhatIfJob,
): Promise<OpenedModel> {
  const dataset = await readDatasets(plan, datasets);
  const { modules, fetched } = await readServingModules(plan, dataset, files);
  const encoded = new Map<string, Promise<Latents>>();
  return {
    model: { plan, modules, dataset, fetched, learned: bridges },
    async latents(model, sources) {
      const found: Latents[] = [];
      for (const source of sources) {
        const latents = encoded.get(source) ?? latentsOf(model, [source]);
        encoded.set(source, latents);
        latents.catch(() => encoded.delete(source));
        found.push(await latents);
      }
      return Object.assign({}, ...found);
    },
  };
}
