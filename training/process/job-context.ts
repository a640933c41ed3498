import type { Plan } from '../../protocol/plan.ts';
import type { Programs } from '../learning/programs.ts';
import type { Progress } from './messages.ts';
import type { OpenedModels } from './opened-models.ts';

/** What a running job has at hand. */
export interface JobContext {
  readonly plan: Plan;
  readonly abort: AbortSignal;
  progress(progress: Progress): void;
  /** The engine's programs; the application is told which device it is. */
  programs(): Promise<Programs>;
  readonly openedModels: OpenedModels;
}
