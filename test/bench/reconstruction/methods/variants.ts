import type { ModuleTensors } from '../../../../training/learning/inference.ts';
import type { Programs } from '../../../../training/learning/programs.ts';
import { type SourceSet, sourceSets } from '../setting.ts';
import type { World } from '../world.ts';
import { serverAdam, serverYogi } from './adaptive-server.ts';
import { fedrecon, reconstructTest, sourceCost, trainTogether } from './fedrecon.ts';
import { latentsOf, meanTable } from './latents.ts';
import type { Cost, Method } from './method.ts';

/** FedRecon with what no plan can ask for, because it loses: for the ablations alone. */
export const variants: readonly Method[] = [
  {
    ...fedrecon,
    name: 'fedrecon-adam',
    about: 'the product with the server’s FedAdam',
    run: (world, engine) => trainTogether(world, engine, world.plants, { server: serverAdam() }),
  },
  {
    ...fedrecon,
    name: 'fedrecon-yogi',
    about: 'the product with the server’s FedYogi',
    run: (world, engine) => trainTogether(world, engine, world.plants, { server: serverYogi() }),
  },
  {
    ...fedrecon,
    name: 'fedrecon-mixture',
    about: 'the product, each source decoded by itself and the images mixed in equal shares',
    run: (world, engine) =>
      trainTogether(world, engine, world.plants, { reconstruct: mixtureImages, latents: mixtureLatents }),
    cost: mixtureCost,
  },
];

/** The mean of a mixture of experts in equal shares, as in Shi et al., arXiv 1911.03393: the mean of their means. */
async function mixtureImages(world: World, source: SourceSet, serving: ModuleTensors, programs: Programs) {
  const images = [];
  for (const one of sourceSets[source]) images.push(await reconstructTest(world, one, serving, programs));
  return meanTable(images);
}

/** The centre of what the sources say. */
async function mixtureLatents(world: World, source: SourceSet, serving: ModuleTensors, programs: Programs) {
  const mapped = [];
  for (const one of sourceSets[source]) mapped.push((await latentsOf(world, one, serving, programs)).mapped);
  return { ...(await latentsOf(world, source, serving, programs)), mapped: meanTable(mapped) };
}

/** The decoder runs once a source. */
function mixtureCost(world: World, source: SourceSet): Cost {
  const each = sourceSets[source].map((one) => sourceCost(world, one).mflop);
  return {
    parameters: sourceCost(world, source).parameters,
    mflop: each.reduce((sum, mflop) => sum + mflop, 0),
  };
}
