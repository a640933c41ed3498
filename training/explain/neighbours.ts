import { has, partsWith } from '../learning/datasets.ts';
import { encodeParts } from '../learning/inference.ts';
import { row, type Table } from '../learning/row-table.ts';
import { mean, variance } from '../measures/statistics.ts';
import type { Recipe } from '../model/recipe.ts';
import type { ExplainedModel } from './explained-model.ts';
import type { Neighbour } from './explanation-facts.ts';

/** Latents of the plant's own parts by modality, each dimension in its own standard deviations. */
export type Latents = Readonly<Record<string, Table>>;

/** Encodes every part once, to find nearest parts among them. Other plants' parts are not on this workstation. */
export async function latentsOf(model: ExplainedModel, sources: readonly string[]): Promise<Latents> {
  const found: Record<string, Table> = {};
  for (const source of sources) {
    const parts = partsWith(model.dataset, source);
    const { mean } = await encodeParts(model, source, model.dataset.modalities[source]!.values, parts);
    found[source] = standardised(mean, parts);
  }
  return found;
}

/**
 * Parts nearest to `part` in the latents of its sources, nearest first, among those that have the same sources. Where
 * enough of them have the target measured only those are taken, since they show how well the model did.
 */
export function nearestParts(
  { dataset }: ExplainedModel,
  { target, paths }: Recipe,
  part: number,
  latents: Latents,
  count: number,
): Neighbour[] {
  const sources = paths.map(({ source }) => source);
  const all = partsWith(dataset, ...sources).filter((other) => other !== part);
  const measured = all.filter((other) => has(dataset, target, other));
  const distances = (measured.length >= count ? measured : all) as Iterable<number>;
  return Array.from(distances, (other) => ({
    part: other,
    distance: Math.sqrt(
      sources.reduce((sum, source) => sum + squaredDistance(latents[source]!, part, other), 0) /
        sources.length,
    ),
    measured: has(dataset, target, other),
  }))
    .sort((a, b) => a.distance - b.distance || a.part - b.part)
    .slice(0, count);
}

function squaredDistance(table: Table, one: number, other: number): number {
  const [a, b] = [row(table, one), row(table, other)];
  return a.reduce((sum, value, place) => sum + (value - b[place]!) ** 2, 0) / table.width;
}

function standardised({ data, width }: Table, parts: Uint32Array): Table {
  const scaled = new Float32Array(data.length);
  for (let dimension = 0; dimension < width; dimension++) {
    const values = Array.from(parts, (part) => data[part * width + dimension]!);
    const centre = mean(values);
    // A dimension that no part uses tells none apart.
    const deviation = Math.sqrt(variance(values)) || 1;
    for (const part of parts)
      scaled[part * width + dimension] = (data[part * width + dimension]! - centre) / deviation;
  }
  return { data: scaled, width };
}
