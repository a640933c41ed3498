import { openEngine } from '../../../../training/engine/index.ts';
import { readAllGarments } from '../world.ts';
import { openBench } from './cell.ts';
import type { Answer, Job } from './pool.ts';

/** A process that does one job after the other for `pool.ts`; its argument is the device. It ends with its parent. */
const [, , device = 'cpu'] = process.argv;
const engine = await openEngine({ engine: 'onnx', device, threads: 1 });
const bench = openBench(engine, await readAllGarments());
process.on('disconnect', () => process.exit());
process.on('message', async ({ cell, setting }: Job) => {
  let answer: Answer;
  try {
    if (setting) await bench.prepare(setting);
    answer = { measured: cell && (await bench.measure(cell)) };
  } catch (error) {
    answer = { problem: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  process.send!(answer);
});
process.send!({} satisfies Answer);
