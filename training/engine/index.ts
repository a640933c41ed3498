import { openCandidate } from './selection/candidates.ts';
import { selectEngine } from './selection/select.ts';
import type { Engine, EngineName } from './types.ts';

export { candidates } from './selection/candidates.ts';
export type { Selection } from './selection/select.ts';
export { probeCandidate, selectEngine } from './selection/select.ts';
export type { Engine, EngineName, Program, Signature, Step, TensorFunction } from './types.ts';
export { unroll } from './unroll.ts';

interface EngineOptions {
  readonly engine?: EngineName;
  /** Device: `cpu`, `webgpu`, `dml`, `cuda`, `coreml` (onnx); `gpu`, `cpu` (tensorflow). */
  readonly device?: string;
  /** Number of CPU threads; if not given, as many as are worth using on this machine. */
  readonly threads?: number;
}

/**
 * Opens the named engine and device; `onnx` alone means its CPU, `tensorflow` alone its GPU. With neither, the devices
 * of this machine are tested and timed, and the fastest right one is opened.
 * @throws FedReconError `engine-device`
 */
export async function openEngine({ engine, device, threads }: EngineOptions = {}): Promise<Engine> {
  if (engine === undefined && device === undefined) {
    return (await selectEngine(threads === undefined ? {} : { threads })).engine;
  }
  const name = engine ?? (device === 'gpu' ? 'tensorflow' : 'onnx');
  return openCandidate({ engine: name, device: device ?? defaultDevice[name] }, threads);
}

const defaultDevice: Readonly<Record<EngineName, string>> = {
  onnx: 'cpu',
  tensorflow: 'gpu',
  reference: 'cpu',
};
