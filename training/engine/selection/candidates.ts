import { createRequire } from 'node:module';
import { FedReconError } from '../../../protocol/errors.ts';
import { type OnnxProvider, onnxProviders, openOnnxEngine } from '../onnx/engine.ts';
import { listSupportedBackends } from '../onnx/runtime.ts';
import { openReferenceEngine } from '../reference.ts';
import { openTensorflowEngine, tensorflowPackages } from '../tensorflow.ts';
import type { Engine, EngineName } from '../types.ts';
import { deviceReasons, reasonInError } from './device-reason.ts';
import type { DeviceCandidate } from './devices.ts';

/** Candidates on this machine, the CPU last: devices that the installed libraries could drive. */
export function candidates(): DeviceCandidate[] {
  const supported = new Set(listSupportedBackends().map(({ name }) => name));
  const onnx = onnxProviders.filter((provider) => supported.has(provider) && provider !== 'cpu');
  return [
    ...Object.entries(tensorflowPackages)
      .filter(([, name]) => isInstalled(name))
      .map(([device]) => ({ engine: 'tensorflow', device }) as const),
    ...onnx.map((device) => ({ engine: 'onnx', device }) as const),
    { engine: 'onnx', device: 'cpu' },
  ];
}

/**
 * Opens the engine of a candidate.
 * @throws FedReconError `engine-device` if there is no such device, or its library does not load
 */
export async function openCandidate(
  { engine, device }: { readonly engine: EngineName; readonly device: string },
  threads?: number,
): Promise<Engine> {
  if (engine === 'reference') return openReferenceEngine();
  if (engine === 'tensorflow') return openTensorflowEngine(device);
  const provider = onnxProviders.find((name) => name === device);
  if (provider === undefined) {
    throw new FedReconError('engine-device', {
      device,
      ...reasonInError(deviceReasons.noneOf(onnxProviders)),
    });
  }
  return openOnnxEngine({
    provider: provider satisfies OnnxProvider,
    ...(threads === undefined ? {} : { threads }),
  });
}

function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch {
    return false;
  }
}
