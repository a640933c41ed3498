import type { ModelCardView } from './views/models.ts';
import type { PilotState } from './views/pilot.ts';

/** A pilot report without the parts that show what came back of a hidden measurement; its figures stay. */
export function withoutExamples(state: PilotState): PilotState {
  if (!state.report) return state;
  const { quality } = state.report;
  const modalities = quality.modalities.map((modality) => ({ ...modality, examples: [] }));
  return { ...state, report: { ...state.report, quality: { ...quality, modalities } } };
}

/** A model card without the parts that came out worst; its figures stay. */
export function withoutWorst(card: ModelCardView): ModelCardView {
  return { ...card, targets: card.targets.map((target) => ({ ...target, worst: [] })) };
}
