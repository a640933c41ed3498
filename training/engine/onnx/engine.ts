import { availableParallelism } from 'node:os';
import type { InferenceSession } from 'onnxruntime-node';
import type { Engine } from '../types.ts';
import { compileProgram } from './program.ts';

export type OnnxProvider = 'cpu' | 'webgpu' | 'dml' | 'cuda' | 'coreml';

export interface OnnxOptions {
  readonly provider?: OnnxProvider;
  /** CPU threads; all cores if not given. */
  readonly threads?: number;
}

/** The engine that traces functions to ONNX graphs and runs them in ONNX Runtime. */
export function openOnnxEngine(options: OnnxOptions = {}): Engine {
  const provider = options.provider ?? 'cpu';
  const threads = options.threads ?? availableParallelism();
  const sessionOptions: InferenceSession.SessionOptions = {
    executionProviders: [provider],
    intraOpNumThreads: threads,
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
  };
  return {
    name: 'onnx',
    device: provider === 'cpu' ? `cpu (${threads} thread${threads === 1 ? '' : 's'})` : provider,
    compile: (fn, signature) => compileProgram(fn, signature, sessionOptions),
    dispose: () => Promise.resolve(),
  };
}
