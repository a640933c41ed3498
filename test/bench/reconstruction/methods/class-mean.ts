import { garmentTypes } from '../../../../main/demo/garments.ts';
import { row, type Table } from '../../../../training/learning/row-table.ts';
import { federate } from '../federate.ts';
import { crossEntropy, oneHot } from '../network.ts';
import { ableTo } from '../world.ts';
import { meanOfImages, repeated } from './mean-image.ts';
import type { Method } from './method.ts';
import { initialNetworks, networkTasks, runNetwork, type SourceNetworks } from './source-network.ts';

/** Label-aligned reconstruction. It alone learns from labels, which plants would have to have. */
export const classMean: Method = {
  name: 'class-mean',
  about:
    'the mean image of the label that a federated classifier predicts from the sources (is given the labels)',
  outside: 'labels',
  async *run(world, engine) {
    const { plan, plants } = world;
    const truths = new Map<unknown, Table>(
      plants.map((plant) => [plant, oneHot(plant.types, garmentTypes.length)]),
    );
    const networks: SourceNetworks = {
      output: 'label',
      width: garmentTypes.length,
      last: (raw) => raw,
      loss: crossEntropy,
      truth: (plant) => truths.get(plant),
      needed: [],
    };
    const means = garmentTypes.map((_, type) => meanOfImages(world, type));
    const rounds = federate(world, engine, {
      plan,
      initial: initialNetworks(plan, networks),
      tasks: (plant) => networkTasks(plan, networks, plant),
      async reconstruct(source, serving, programs) {
        const logits = await runNetwork(world, networks, source, serving, programs);
        return repeated(world, (place) => means[largest(row(logits, place))]!);
      },
    });
    // The means travel once: each camera plant sends its own, and every plant gets the federation's.
    let once = (ableTo(world).length + plants.length) * means.length * means[0]!.byteLength;
    for await (const snapshot of rounds) {
      yield { ...snapshot, bytes: snapshot.bytes + once };
      once = 0;
    }
  },
};

function largest(values: Float32Array): number {
  return values.indexOf(Math.max(...values));
}
