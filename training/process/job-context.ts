import type { Plan } from '../../protocol/plan.ts';
import type { Programs } from '../learning/programs.ts';
import type { Progress } from './messages.ts';
import type { OpenedModels } from './opened-models.ts';

/** Context of a running job. */
export interface JobContext {
  readonly plan: Plan;
  readonly abort: AbortSignal;
  progress(progress: Progress): void;
  /** Opens the engine's programs and tells the application which device it is. */
  programs(): Promise<Programs>;
  readonly openedModels: OpenedModels;
}
