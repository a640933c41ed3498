import { scheduledRounds } from '../../../../protocol/schedule.ts';
import { openPrograms } from '../../../../training/learning/programs.ts';
import { trainRound } from '../../../../training/learning/round.ts';
import { type SimulatedRound, simulate } from '../../simulate.ts';
import { workWatch } from '../../stopwatch.ts';
import { type SourceSet, sourceSets } from '../setting.ts';
import { ableTo } from '../world.ts';
import { reconstructTest, sourceCost } from './fedrecon.ts';
import { latentsOf } from './latents.ts';
import type { Method } from './method.ts';

/** The same stages, rounds and passes at every plant that has a camera, without any exchange. */
export const localOnly: Method = {
  name: 'local-only',
  followsPlan: true,
  about: 'the same stages at each plant alone; mean over the plants that hold camera and sources',
  outside: 'alone',
  cost: sourceCost,
  async *run(world, engine) {
    const { plan } = world;
    const rounds = scheduledRounds(plan);
    const programs = openPrograms(engine);
    const plants = ableTo(world);
    const watch = () => workWatch(engine.device);
    const alone = plants.map((plant) => simulate(plan, [plant], programs, trainRound, watch));
    try {
      for (let round = 1; round <= rounds; round++) {
        const results: SimulatedRound[] = [];
        for (const one of alone) results.push((await one.next()).value!);
        const ofEach = async <Result>(source: SourceSet, read: (own: SimulatedRound) => Promise<Result>) => {
          const found = [];
          for (const [index, { held }] of plants.entries())
            if (sourceSets[source].every((name) => held.includes(name)))
              found.push(await read(results[index]!));
          return found;
        };
        yield {
          round,
          rounds,
          seconds: results.reduce((sum, { seconds }) => sum + seconds[0]!, 0),
          bytes: 0,
          reconstruct: (source) =>
            ofEach(source, ({ serving }) => reconstructTest(world, source, serving, programs)),
          latents: (source) => ofEach(source, ({ serving }) => latentsOf(world, source, serving, programs)),
        };
      }
    } finally {
      await programs.dispose();
    }
  },
};
