import { type EvidenceByModule, gatherEvidence } from '../../protocol/evidence.ts';
import { type ModuleName, servingModules } from '../../protocol/modules.ts';
import { type Plan, scheduledRounds, stageOfRound } from '../../protocol/plan.ts';
import type { HostTensors } from '../../protocol/tensors.ts';
import { type Dataset, heldModalities } from '../../training/learning/dataset.ts';
import type { Modules } from '../../training/learning/inference.ts';
import type { Programs } from '../../training/learning/programs.ts';
import { type RoundJob, type TrainedTensors, trainRound } from '../../training/learning/round.ts';
import { memoryStateStore } from '../../training/learning/state.ts';
import { initialModule } from '../../training/model/initialise.ts';
import { type ModalityReconstruction, reconstruct } from '../../training/reconstruction/reconstruct.ts';

/** One plant of a simulation. */
export interface SimulatedPlant {
  readonly name: string;
  readonly dataset: Dataset;
}

export interface SimulatedRound {
  readonly round: number;
  readonly stage: string;
  /** Seconds each plant trained, in the plants' order. */
  readonly seconds: readonly number[];
  /** The modules that reconstruct, after this round. */
  readonly serving: Modules;
  /** What stands behind the modules, so far. */
  readonly evidence: EvidenceByModule;
}

/** What a plant does in a round: the product's training, or a rival's. */
export type PlantTraining = (job: RoundJob) => Promise<{ modules: ReadonlyMap<ModuleName, TrainedTensors> }>;

/**
 * A federation in one process: the plants' real training, one after the other, and the aggregator's average,
 * moving average and stage transition in memory. No network, no files.
 */
export async function* simulate(
  plan: Plan,
  plants: readonly SimulatedPlant[],
  programs: Programs,
  train: PlantTraining = trainRound,
): AsyncGenerator<SimulatedRound> {
  const states = plants.map(() => memoryStateStore());
  const { signal } = new AbortController();
  let modules: Modules = {};
  let serving: Modules = {};
  let evidence: EvidenceByModule = {};
  for (let round = 1; round <= scheduledRounds(plan); round++) {
    const { stage, last } = stageOfRound(plan, round);
    const seconds: number[] = [];
    const contributions: ReadonlyMap<ModuleName, TrainedTensors>[] = [];
    for (const [index, { dataset }] of plants.entries()) {
      const began = performance.now();
      const state = states[index]!;
      const common = { plan, stage, round, dataset, modules, programs, state, signal };
      const result = await train({ ...common, key: `round ${round}`, progress: () => {} });
      contributions.push(result.modules);
      seconds.push((performance.now() - began) / 1000);
    }
    evidence = gatherEvidence(evidence, contributions.map(evidenceOf));
    const averaged = average(contributions);
    modules = { ...modules, ...averaged };
    serving = { ...serving, ...movingAverage(serving, averaged, plan.training.servingEma) };
    if (last) modules = serving;
    yield { round, stage, seconds, serving, evidence };
  }
}

/** What a plant sees of the modalities that its parts lack, with the serving modules. */
export async function reconstructAt(
  plan: Plan,
  { dataset }: SimulatedPlant,
  serving: Modules,
  programs: Programs,
  includeMeasured = false,
): Promise<Record<string, ModalityReconstruction>> {
  const needed = servingModules(plan, heldModalities(plan, dataset));
  const modules = Object.fromEntries(
    needed.map((name) => [name, serving[name] ?? initialModule(plan, name)]),
  );
  const { signal } = new AbortController();
  return reconstruct({ plan, programs, modules, signal }, dataset, {
    draws: 16,
    includeMeasured,
    fetched: new Set(Object.keys(serving)),
    progress: () => {},
  });
}

function evidenceOf(contribution: ReadonlyMap<ModuleName, TrainedTensors>): EvidenceByModule {
  const stated = [...contribution].flatMap(([name, { evidence }]) =>
    evidence ? [[name, evidence] as const] : [],
  );
  return Object.fromEntries(stated);
}

/** The mean of each module over those that trained it, weighted by samples. */
function average(contributions: readonly ReadonlyMap<ModuleName, TrainedTensors>[]): Modules {
  const names = new Set(contributions.flatMap((contribution) => [...contribution.keys()]));
  const averaged: Record<string, HostTensors> = {};
  for (const name of names) {
    const given = contributions.flatMap((contribution) => contribution.get(name) ?? []);
    const total = given.reduce((sum, { samples }) => sum + samples, 0);
    averaged[name] = combine(given.map(({ tensors, samples }) => [tensors, samples / total] as const));
  }
  return averaged;
}

function movingAverage(before: Modules, now: Modules, keep: number): Modules {
  const entries = Object.entries(now).map(([name, tensors]) => {
    const old = before[name as ModuleName];
    return [name, old ? combine([[old, keep] as const, [tensors!, 1 - keep] as const]) : tensors!] as const;
  });
  return Object.fromEntries(entries);
}

function combine(parts: readonly (readonly [tensors: HostTensors, share: number])[]): HostTensors {
  const [first] = parts[0]!;
  const entries = Object.entries(first).map(([name, { shape, data }]) => {
    const sum = new Float32Array(data.length);
    for (const [tensors, share] of parts)
      for (const [place, value] of tensors[name]!.data.entries()) sum[place]! += share * value;
    return [name, { shape, data: sum }] as const;
  });
  return Object.fromEntries(entries);
}
