import { canonicalJson, type Plan, planHash } from '../../protocol/plan.ts';
import { servingModules } from '../../protocol/serving.ts';
import { type Latents, latentsOf } from '../explain/neighbours.ts';
import type { ExplainedModel } from '../explain/recipe.ts';
import { heldModalities, readDatasets } from '../learning/dataset.ts';
import { initialModule } from '../model/initialise.ts';
import { readModules } from './files.ts';
import type { ExplainJob, WhatIfJob } from './messages.ts';

/** A model and a plant's parts, kept in memory between questions about them. */
export interface Inspection {
  readonly model: Omit<ExplainedModel, 'programs' | 'abort' | 'words'>;
  /** The parts' latents; encoded at the first question that asks for them. */
  latents(model: ExplainedModel, sources: readonly string[]): Promise<Latents>;
}

/** The inspection of one model and data set; that of another takes its place. */
export interface Inspections {
  /** @throws FedReconError of files that cannot be read */
  open(plan: Plan, job: ExplainJob | WhatIfJob): Promise<Inspection>;
}

/** No inspection yet; the first question opens one. */
export function openInspections(): Inspections {
  let current: { readonly key: string; readonly inspection: Promise<Inspection> } | undefined;
  return {
    open(plan, job) {
      const { datasets, modules, bridges } = job;
      const key = canonicalJson({ plan: planHash(plan), datasets, modules, bridges });
      if (current?.key !== key) {
        const inspection = readInspection(plan, job);
        current = { key, inspection };
        // What could not be read is tried again when it is asked for again.
        inspection.catch(() => {
          if (current?.inspection === inspection) current = undefined;
        });
      }
      return current.inspection;
    },
  };
}

async function readInspection(
  plan: Plan,
  { datasets, modules: files, bridges }: ExplainJob | WhatIfJob,
): Promise<Inspection> {
  const dataset = await readDatasets(plan, datasets);
  const { modules: given } = await readModules(plan, files);
  const needed = servingModules(plan, heldModalities(plan, dataset));
  const modules = Object.fromEntries(needed.map((name) => [name, given[name] ?? initialModule(plan, name)]));
  const encoded = new Map<string, Promise<Latents>>();
  return {
    model: { plan, modules, dataset, fetched: new Set(Object.keys(given)), learned: bridges },
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
