import { modulesOf } from '../../../../protocol/modules.ts';
import { estimateBy, pathsTo, type SourceEstimate } from '../../../../training/learning/estimates.ts';
import type { EncodedTables, FrozenModel, ModuleTensors } from '../../../../training/learning/inference.ts';
import { encodeParts } from '../../../../training/learning/inference.ts';
import type { Programs } from '../../../../training/learning/programs.ts';
import { emptyTable, type Table } from '../../../../training/learning/row-table.ts';
import { givenOrInitial } from '../../../../training/model/initialise.ts';
import { fuseParts } from '../../../../training/reconstruction/fuse-parts.ts';
import { type SourceSet, sourceSets, target } from '../setting.ts';
import { testDataset, type World } from '../world.ts';
import type { Latents } from './method.ts';

/** The product's latents of the held-out parts: each source mapped to the camera's latent, and fused. */
export async function latentsOf(
  world: World,
  source: SourceSet,
  serving: ModuleTensors,
  programs: Programs,
): Promise<Latents> {
  const { plan, test } = world;
  const sources = sourceSets[source];
  const dataset = testDataset(world, [...sources, target]);
  const parts = Uint32Array.from(test.keys());
  const { signal } = new AbortController();
  const frozen: FrozenModel = {
    plan,
    programs,
    modules: givenOrInitial(plan, modulesOf(plan), serving),
    abort: signal,
  };
  const encodings: Record<string, EncodedTables> = {};
  for (const [name, { values }] of Object.entries(dataset.modalities))
    encodings[name] = await encodeParts(frozen, name, values, parts);
  const inputs = Object.fromEntries(Object.entries(encodings).map(([name, { input }]) => [name, input]));
  const estimates: SourceEstimate[] = [];
  for (const path of pathsTo(frozen, sources, target, new Set(Object.keys(serving))))
    estimates.push(await estimateBy(frozen, dataset, inputs, target, path, parts));
  const { mean } = await fuseParts(frozen, target, estimates, parts);
  const truth = encodings[target]!.mean;
  const own = sources.map((name) => encodings[name]!.mean);
  return {
    truth,
    mapped: mean,
    ...(own.every(({ width }) => width === truth.width) && { own: meanTable(own) }),
  };
}

/** The mean of equally large tables, cell by cell. */
export function meanTable(tables: readonly Table[]): Table {
  const { width, data } = tables[0]!;
  const result = emptyTable(data.length / width, width);
  for (const table of tables)
    for (const [cell, value] of table.data.entries()) result.data[cell]! += value / tables.length;
  return result;
}
