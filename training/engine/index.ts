import { openOnnxEngine } from './onnx/engine.ts';
import { openReferenceEngine } from './reference.ts';
import type { Engine, EngineName } from './types.ts';

export interface EngineOptions {
  readonly engine?: EngineName;
  readonly device?: string;
  /** CPU threads; all cores if not given. */
  readonly threads?: number;
}

/** Opens an engine by name. */
export async function openEngine(options: EngineOptions = {}): Promise<Engine> {
  if (options.engine === 'reference') return openReferenceEngine();
  return openOnnxEngine(options.threads === undefined ? {} : { threads: options.threads });
}
