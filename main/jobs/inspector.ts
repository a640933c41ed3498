import type { ExplainJob, ExplainResult, WhatIfJob, WhatIfResult } from '../../training/process/messages.ts';
import { createSupervisor, type Supervisor } from './supervisor.ts';
import type { TrainingHost } from './training-connection.ts';

/**
 * Training process of its own that answers questions about reconstructions while a person waits, so that they do not
 * queue behind a round. It starts at the first question, keeps model and parts in memory, and ends when nobody asks.
 */
export interface Inspector {
  /**
   * Answers questions one after the other, each started again if the process dies under it.
   * @throws FedReconError that the question failed with; JobStopped when the app is closed
   */
  ask(question: ExplainJob): Promise<ExplainResult>;
  ask(question: WhatIfJob): Promise<WhatIfResult>;
  /** Ends the process. */
  close(): Promise<void>;
}

/**
 * Milliseconds without a question after which the process ends; whoever looks at one part for longer waits a second for
 * the next answer.
 */
const usualIdleMilliseconds = 5 * 60_000;

/**
 * Creates an inspector, without starting its process.
 * @param options.idleMilliseconds without a question, after which the process ends and its memory is free again
 */
export function createInspector(
  host: TrainingHost,
  log: (line: string) => void = () => {},
  options: { idleMilliseconds?: number } = {},
): Inspector {
  const { idleMilliseconds = usualIdleMilliseconds } = options;
  let open: { readonly about: string; readonly supervisor: Supervisor } | undefined;
  let timer: NodeJS.Timeout | undefined;
  /** The last question asked; the next waits for its answer, so that no change of model cuts it off. */
  let last: Promise<unknown> = Promise.resolve();
  let lastLine: string | undefined;

  /** Logs a line once: each answer says which device it comes from. */
  function logChanges(line: string): void {
    if (line !== lastLine) log(`inspection: ${line}`);
    lastLine = line;
  }

  async function end(): Promise<void> {
    clearTimeout(timer);
    const ending = open?.supervisor;
    open = undefined;
    await ending?.close();
  }

  async function answer(question: ExplainJob | WhatIfJob): Promise<ExplainResult & WhatIfResult> {
    const { plan, datasets, modules, bridges } = question;
    const about = JSON.stringify({ plan, datasets, modules, bridges });
    if (open?.about !== about) await end();
    clearTimeout(timer);
    open ??= { about, supervisor: createSupervisor(host, logChanges) };
    const result = await open.supervisor.run(question);
    timer = setTimeout(end, idleMilliseconds).unref();
    return result as ExplainResult & WhatIfResult;
  }

  function ask(question: ExplainJob | WhatIfJob): Promise<ExplainResult & WhatIfResult> {
    const answered = last.then(() => answer(question));
    last = answered.catch(() => undefined);
    return answered;
  }

  return { ask, close: end };
}
