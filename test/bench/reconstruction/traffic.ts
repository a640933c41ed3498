import { type ModuleName, moduleUse } from '../../../protocol/modules.ts';
import type { HostTensors } from '../../../protocol/tensors.ts';
import { heldModalities } from '../../../training/learning/datasets.ts';
import type { RoundJob } from '../../../training/learning/round-job.ts';
import type { PlantTraining } from '../simulate.ts';

/** Modules that a plant fetches for a round. */
export type Needs = (job: RoundJob) => readonly ModuleName[];

/** What the product fetches: all that it trains or uses in the stage. */
export const productNeeds: Needs = ({ plan, dataset, stage, round }) => {
  const { train, use } = moduleUse(plan, heldModalities(plan, dataset), stage, round);
  return [...train, ...use];
};

/** A training whose exchange is counted. */
export interface Metered {
  readonly train: PlantTraining;
  /** Bytes of all plants since the last call: what they sent, and what they fetched that they did not hold. */
  bytes(): number;
}

/** Counts float32 tensors alone; the wire adds headers, and may compress. */
export function meter(train: PlantTraining, needs: Needs): Metered {
  const held = new Map<RoundJob['dataset'], Map<ModuleName, HostTensors>>();
  let bytes = 0;
  return {
    async train(job) {
      const known = held.get(job.dataset) ?? new Map<ModuleName, HostTensors>();
      held.set(job.dataset, known);
      for (const name of needs(job)) {
        const tensors = job.modules[name];
        if (!tensors || known.get(name) === tensors) continue;
        bytes += bytesOf(tensors);
        known.set(name, tensors);
      }
      const result = await train(job);
      for (const { tensors } of result.modules.values()) bytes += bytesOf(tensors);
      return result;
    },
    bytes() {
      const counted = bytes;
      bytes = 0;
      return counted;
    },
  };
}

function bytesOf(tensors: HostTensors): number {
  return Object.values(tensors).reduce((sum, { data }) => sum + data.byteLength, 0);
}
