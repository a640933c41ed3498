import { availableParallelism } from 'node:os';
import type { Engine } from '../types.ts';
import { compileProgram, type ProgramOptions } from './program.ts';
import { env } from './runtime.ts';

/** Execution providers of ONNX Runtime, by its own names; which of them exist depends on the platform. */
export const onnxProviders = ['webgpu', 'dml', 'cuda', 'coreml', 'cpu'] as const;
export type OnnxProvider = (typeof onnxProviders)[number];

interface OnnxOptions {
  readonly provider?: OnnxProvider;
  /** Number of CPU threads. */
  readonly threads?: number;
}

// Every failure comes back as an error as well; the library's own lines on stderr would only double it.
env.logLevel = 'fatal';

/**
 * Number of threads on a machine that was not timed: half of its logical cores. Steps of these sizes gain little from
 * the second thread of a core, and lose a lot when other programs hold the cores that ONNX Runtime waits for.
 */
const defaultThreads = Math.max(1, Math.floor(availableParallelism() / 2));

/** ONNX engine: traces functions to ONNX graphs and runs them in ONNX Runtime. */
export function openOnnxEngine({ provider = 'cpu', threads = defaultThreads }: OnnxOptions = {}): Engine {
  const options: ProgramOptions = {
    deviceMemory: provider === 'webgpu',
    fused: provider === 'cpu',
    session: {
      executionProviders: [provider],
      intraOpNumThreads: threads,
      graphOptimizationLevel: 'all',
      logSeverityLevel: 4,
    },
  };
  return {
    name: 'onnx',
    device: provider === 'cpu' ? `cpu (${threads} thread${threads === 1 ? '' : 's'})` : provider,
    compile: (fn, signature) => compileProgram(fn, signature, options),
    dispose: () => Promise.resolve(),
  };
}
