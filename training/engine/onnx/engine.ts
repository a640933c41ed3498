import { availableParallelism } from 'node:os';
import { env, type InferenceSession } from 'onnxruntime-node';
import type { Engine } from '../types.ts';
import { compileProgram } from './program.ts';

/** What ONNX Runtime can compute on, by its own names for them; which of them exist depends on the platform. */
export const onnxProviders = ['webgpu', 'dml', 'cuda', 'coreml', 'cpu'] as const;
export type OnnxProvider = (typeof onnxProviders)[number];

export interface OnnxOptions {
  readonly provider?: OnnxProvider;
  /** CPU threads; all cores if not given. */
  readonly threads?: number;
}

// Every failure comes back as an error as well; the library's own lines on stderr would only double it.
env.logLevel = 'fatal';

/** The engine that traces functions to ONNX graphs and runs them in ONNX Runtime. */
export function openOnnxEngine(options: OnnxOptions = {}): Engine {
  const provider = options.provider ?? 'cpu';
  const threads = options.threads ?? availableParallelism();
  const sessionOptions: InferenceSession.SessionOptions = {
    executionProviders: [provider],
    intraOpNumThreads: threads,
    graphOptimizationLevel: 'all',
    logSeverityLevel: 4,
  };
  return {
    name: 'onnx',
    device: provider === 'cpu' ? `cpu (${threads} thread${threads === 1 ? '' : 's'})` : provider,
    compile: (fn, signature) => compileProgram(fn, signature, sessionOptions),
    dispose: () => Promise.resolve(),
  };
}
