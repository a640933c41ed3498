import { createHash } from 'node:crypto';
import type { Plan } from '../../protocol/plan.ts';
import { type Dataset, has, heldModalities, partsWith, withoutParts } from '../learning/datasets.ts';
import { partIdentities } from '../learning/identity.ts';

/**
 * Held-out parts: the plan's share of the parts with two modalities or more, drawn by the hash of what was measured.
 * This plant never trains on them, so that evaluation and calibration on them are honest. Whatever others are imported,
 * in whatever order, under whatever seed, a part stays on its side, until more is measured of it; parts that were
 * measured alike are on the same one. A modality that would be left without a part to train on keeps its parts.
 */
export function heldOutParts(plan: Plan, dataset: Dataset): Uint32Array {
  const share = plan.evaluation.holdOut;
  if (share === 0) return new Uint32Array();
  const names = heldModalities(plan, dataset);
  const identities = partIdentities(dataset);
  const drawn = partsWith(dataset).filter(
    (part) =>
      names.filter((name) => has(dataset, name, part)).length > 1 && placeOf(identities[part]!) < share,
  );
  const isDrawn = new Set(drawn);
  const needed = names.filter((name) => partsWith(dataset, name).every((part) => isDrawn.has(part)));
  return drawn.filter((part) => !needed.some((name) => has(dataset, name, part)));
}

/** Data set that this plant trains on: all but its {@link heldOutParts}. */
export function trainingParts(plan: Plan, dataset: Dataset): Dataset {
  return withoutParts(dataset, heldOutParts(plan, dataset));
}

/** Place of a part's identity in [0, 1); copies (`digest.1`) have the same. */
function placeOf(identity: string): number {
  const [digest] = identity.split('.') as [string];
  return createHash('sha256').update(`hold-out ${digest}`).digest().readUInt32BE() / 2 ** 32;
}
