import type { Garment } from '../../main/demo/garments.ts';
import { type Engine, openEngine } from '../../training/engine/index.ts';
import type { Answer, Order } from './pool.ts';
import { judgeTensors } from './reconstruction/judge-file.ts';
import { readAllGarments } from './reconstruction/world.ts';

/** What a worker works with. */
export interface Tools {
  readonly engine: Engine;
  readonly garments: readonly Garment[];
}

/**
 * Makes this process a worker of `pool.ts`, which does one order after the other. Its argument is the device. It ends
 * with its parent.
 * @param open is called once and gives what does a job
 */
export async function serve<Job, Result>(
  open: (tools: Tools) => (job: Job) => Promise<Result>,
): Promise<void> {
  const [, , device = 'cpu'] = process.argv;
  const engine = await openEngine({ engine: 'onnx', device, threads: 1 });
  const garments = await readAllGarments();
  const work = open({ engine, garments });
  process.on('disconnect', () => process.exit());
  process.on('message', async ({ job, judgeOf }: Order<Job>) => {
    let answer: Answer<Result>;
    try {
      if (judgeOf) await judgeTensors(judgeOf, garments, engine);
      answer = { result: job && (await work(job)) };
    } catch (error) {
      answer = { problem: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    }
    process.send!(answer);
  });
  process.send!({} satisfies Answer<Result>);
}
