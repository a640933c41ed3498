import { pathCost } from '../../protocol/cost.ts';
import { canvasOf, channelsOf, hasIntervals, isWords } from '../../protocol/kinds/index.ts';
import { modulesOf } from '../../protocol/modules.ts';
import type { Modality, Plan } from '../../protocol/plan.ts';
import { policyOf } from '../../protocol/policy.ts';
import { encodeTensors } from '../../protocol/safetensors.ts';
import { scheduledRounds } from '../../protocol/schedule.ts';
import { moduleShapes, type Shapes } from '../../protocol/shapes.ts';
import { sizeOf } from '../../protocol/tensors.ts';
import type { ModalityView, PlanView } from '../api/views.ts';
import { workstationKind } from '../kinds/index.ts';

/** A plan in the words of the window. */
export function planView(plan: Plan, hash: string): PlanView {
  return {
    hash,
    name: plan.name,
    purpose: plan.purpose,
    policy: policyOf(plan),
    modalities: plan.modalities.map(modalityView),
    stages: plan.stages,
    scheduledRounds: scheduledRounds(plan),
    parameters: pathCost(plan, modulesOf(plan)).parameters,
  };
}

/** Bytes of all modules of a plan as they travel. */
export function modelBytes(plan: Plan): number {
  return modulesOf(plan).reduce((sum, module) => sum + fileBytes(moduleShapes(plan, module)), 0);
}

function modalityView(modality: Modality): ModalityView {
  const { name, label, kind } = modality;
  const canvas = canvasOf(modality);
  return {
    ...{ name, label, kind },
    isWords: isWords(modality),
    hasIntervals: hasIntervals(modality),
    ...(canvas && !channelsOf(modality) && { places: { columns: canvas.width, rows: canvas.height } }),
    ...workstationKind(modality).planFields(modality),
  };
}

function fileBytes(shapes: Shapes): number {
  const zeros = Object.entries(shapes).map(
    ([name, shape]) => [name, { shape, data: new Float32Array(sizeOf(shape)) }] as const,
  );
  return encodeTensors(Object.fromEntries(zeros)).length;
}
