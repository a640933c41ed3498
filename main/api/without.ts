import type { ModelCardView } from './views/models.ts';
import type { PilotState } from './views/pilot.ts';
import type { LogAction, LogEntryView, LogPage } from './views.ts';

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

/** Actions whose entries say in their details what single reconstructions rest on: confidence, verdict and sources. */
export const actionsOnReconstructions: readonly LogAction[] = [
  'decision.accept',
  'decision.flag',
  'decision.reject',
  'decision.undo',
  'truth.arrived',
];

/** A page of the log in which entries about reconstructions only say what they concern, and are marked so. */
export function withoutDetail({ entries, total }: LogPage): LogPage {
  return { entries: entries.map(concernOnly), total };
}

function concernOnly(entry: LogEntryView): LogEntryView {
  if (!actionsOnReconstructions.some((action) => action === entry.action)) return entry;
  const { part, modality } = entry.detail;
  const detail = { ...(part !== undefined && { part }), ...(modality !== undefined && { modality }) };
  return { ...entry, detail, withheld: true };
}
