import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { modalityOf, type Plan } from '../../protocol/plan.ts';
import { trainingKind } from '../../training/kinds/index.ts';
import type { WorkstationState } from '../api/views.ts';
import { forkTrainingHost } from '../jobs/fork-host.ts';
import { dataInUse } from '../services/data-view.ts';
import { joinAndFinish } from '../services/follow.ts';
import { openStore } from '../store/store.ts';
import { createDemoFederation, type DemoFederation, workstationFolder } from './demo-federation.ts';
import type { DemoFigures, PlantFigures } from './figures.ts';
import { reconstructAlone } from './local-only.ts';
import { MemoryWatch } from './memory-watch.ts';
import { type ComparedPart, type ModalityFigures, resultOf } from './plant-result.ts';
import type { DemoPlant } from './plants.ts';
import { writeReport } from './report/report-page.ts';
import { summary } from './summary.ts';
import { ProgressLines } from './terminal.ts';
import { type HiddenTruth, readTruth } from './true-parts.ts';

interface DemoRun {
  /** Folder that everything is made in. */
  readonly folder: string;
  readonly quick: boolean;
  /** Path of the page to write. */
  readonly report: string;
}

/** Parts a plant of the quick demonstration. */
const quickParts = 1000;
/** Threads of each plant's training: one core each, so that three plants share an ordinary PC. */
const threads = 1;

type Judged = Record<string, Record<string, ComparedPart[]>>;

/**
 * Runs the whole demonstration.
 * @throws what stopped it; with `abort` aborted everything it started is ended first
 */
export async function runDemo(
  run: DemoRun,
  abort: AbortSignal,
): Promise<{ figures: DemoFigures; text: string }> {
  const started = performance.now();
  const memory = new MemoryWatch();
  const taken = await federate(run, abort);
  const judged: Judged = {};
  const plants: PlantFigures[] = [];
  const truths = await Promise.all(taken.plants.map(({ truth }) => readTruth(truth)));
  for (const plant of taken.plants) {
    const state = taken.states.get(plant.name)!;
    const reconstructed = await judgePlant(run.folder, plant, taken.plan, truths, abort);
    judged[plant.name] = reconstructed.parts;
    plants.push({
      name: plant.name,
      has: plant.has,
      bytesDown: state.traffic.bytesDown,
      bytesUp: state.traffic.bytesUp,
      bytesFullModel: state.traffic.bytesFullModel,
      seconds: taken.seconds.get(plant.name)!,
      reconstructed: reconstructed.figures,
    });
  }
  const devices = taken.states.get(taken.plants[0]!.name)!.engine.devices;
  // As the workstations do: the CPU until the devices have been tested.
  const device = devices.find(({ chosen }) => chosen) ?? { engine: 'onnx', device: 'cpu' };
  const figures: DemoFigures = {
    seconds: (performance.now() - started) / 1000,
    rounds: taken.rounds,
    peakMemoryMB: memory.stop(),
    engine: device.engine,
    device: device.device,
    plants,
  };
  await mkdir(dirname(run.report), { recursive: true });
  await writeReport(run.report, { plan: taken.plan, figures, judged, createdAt: new Date().toISOString() });
  return { figures, text: summary(figures, run.report) };
}

interface Taken {
  readonly plan: Plan;
  readonly plants: readonly DemoPlant[];
  readonly rounds: number;
  /** Final states of the workstations by plant, with the time that each took part. */
  readonly states: ReadonlyMap<string, WorkstationState>;
  readonly seconds: ReadonlyMap<string, number>;
}

/** Runs everything that the product does, from the plants' folders to their reconstructions. */
async function federate({ folder, quick }: DemoRun, abort: AbortSignal): Promise<Taken> {
  console.error('Writing three plants, starting the aggregator, enrolling, importing …');
  const federation = await createDemoFederation(folder, {
    quick,
    trainingHost: forkTrainingHost(),
    threads,
    version: 'demonstration',
    abort,
    ...(quick && { partsPerPlant: quickParts }),
  });
  try {
    return await inTime(follow(federation), abort);
  } finally {
    await federation.close();
  }
}

async function follow({ plants, workstations, plan }: DemoFederation): Promise<Taken> {
  const lines = new ProgressLines(plants.map(({ name }) => name));
  const begun = performance.now();
  const seconds = new Map<string, number>();
  await Promise.all(
    plants.map(async ({ name }) => {
      await joinAndFinish(workstations.get(name)!, (job, state) => {
        const rounds = state.federation!.plan.scheduledRounds;
        const round = Math.max(1, job.round ?? state.federation!.round);
        const position = round - 1 + (job.kind === 'train' ? job.fraction : 0);
        const speed = job.samplesPerSecond ? ` ${Math.round(job.samplesPerSecond)} parts/s` : '';
        const topic = `round ${round} of ${rounds} ${job.stage ?? state.federation!.stage}`;
        lines.update(name, position / rounds, topic, `${topic}, ${job.phase}${speed}`);
      });
      seconds.set(name, (performance.now() - begun) / 1000);
      lines.update(name, 1, 'done', 'done: everything missing is reconstructed');
    }),
  );
  lines.finish();
  const states = new Map<string, WorkstationState>();
  for (const [name, workstation] of workstations)
    states.set(name, await workstation.api['workstation.state']({}));
  const rounds = Math.max(...[...states.values()].map((state) => state.federation!.contributedRounds));
  return { plan, plants, rounds, states, seconds };
}

/** Opens what the plant's workstation left on disk and compares it with the truth. */
async function judgePlant(
  folder: string,
  plant: DemoPlant,
  plan: Plan,
  truths: readonly HiddenTruth[],
  abort: AbortSignal,
): Promise<{ figures: Record<string, ModalityFigures>; parts: Record<string, ComparedPart[]> }> {
  const truth = truths.find((entry) => entry.plant === plant.name)!;
  const store = await openStore(workstationFolder(folder, plant.name));
  try {
    // Values that an instrument measured are compared by a measure that all of them share; words have another.
    const targets = store.reconstructions
      .modalities()
      .filter((name) => trainingKind(modalityOf(plan, name)).measures.includes('psnr'));
    const train = targets.some((name) => plant.has.includes(name));
    if (train) console.error(`${plant.name} trains once more, alone: the yardstick "local only" …`);
    const alone = await inTime(
      reconstructAlone({
        plan,
        datasets: (await dataInUse(store)).datasets,
        folder: join(folder, 'alone', plant.name),
        trainingHost: forkTrainingHost(),
        engine: { engine: 'onnx', device: 'cpu' },
        train,
        abort,
      }),
      abort,
    );
    const figures: Record<string, ModalityFigures> = {};
    const parts: Record<string, ComparedPart[]> = {};
    for (const name of targets) {
      const verdict = await resultOf(plan, name, store, truths, truth, alone[name]!);
      figures[name] = verdict.figures;
      parts[name] = [...verdict.parts];
    }
    return { figures, parts };
  } finally {
    store.close();
  }
}

/** Resolves to the promise's result, or rejects as soon as `abort` aborts. */
function inTime<T>(work: Promise<T>, abort: AbortSignal): Promise<T> {
  const aborted = new Promise<never>((_, reject) => {
    if (abort.aborted) reject(abort.reason);
    abort.addEventListener('abort', () => reject(abort.reason), { once: true });
  });
  return Promise.race([work, aborted]);
}
