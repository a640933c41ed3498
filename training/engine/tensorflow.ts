import util from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { FedReconError } from '../../protocol/errors.ts';
import { openEagerEngine } from './eager.ts';
import { deviceReasons, reasonInError } from './selection/device-reason.ts';
import type { Engine } from './types.ts';

/** Packages by the device that they drive. Both are optional: they fetch libtensorflow when they are installed. */
export const tensorflowPackages: Readonly<Record<string, string>> = {
  gpu: '@tensorflow/tfjs-node-gpu',
  cpu: '@tensorflow/tfjs-node',
};

/**
 * Eager TensorFlow on the GPU (`gpu`) or the CPU (`cpu`).
 * @throws FedReconError `engine-device` if the package is not installed, does not load, or finds no GPU
 */
export async function openTensorflowEngine(device: string): Promise<Engine> {
  const label = `tensorflow ${device}`;
  const name = tensorflowPackages[device];
  if (name === undefined) {
    throw new FedReconError('engine-device', {
      device: label,
      ...reasonInError(deviceReasons.noneOf(Object.keys(tensorflowPackages))),
    });
  }
  restoreTypeTests();
  try {
    await import(name);
  } catch (cause) {
    throw new FedReconError(
      'engine-device',
      { device: label, ...reasonInError(deviceReasons.notInstalled(name)) },
      { cause },
    );
  }
  if (device === 'gpu' && !usesGpu(tf.findBackend('tensorflow'))) {
    throw new FedReconError('engine-device', {
      device: label,
      ...reasonInError(deviceReasons.noGpu),
    });
  }
  return openEagerEngine('tensorflow', 'tensorflow', label);
}

/** True if a backend uses a GPU, by the field in which both packages say so. */
function usesGpu(backend: object | null): boolean {
  return backend !== null && 'isUsingGpuDevice' in backend && backend.isUsingGpuDevice === true;
}

/** Restores the type tests of Node that TensorFlow.js 4.22 calls and Node 23 removed. */
function restoreTypeTests(): void {
  const tests = {
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
    isArray: Array.isArray,
  };
  for (const [name, test] of Object.entries(tests)) {
    if (!(name in util)) Object.defineProperty(util, name, { value: test });
  }
}
