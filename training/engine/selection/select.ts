import { FedReconError } from '../../../protocol/errors.ts';
import type { DeviceReport } from '../../process/messages.ts';
import type { Engine } from '../types.ts';
import { type Candidate, candidates, openCandidate } from './candidates.ts';
import { type Probe, type Prober, probeApart, probeHere } from './probe.ts';

export interface Selection {
  readonly engine: Engine;
  /** Every device that was tried, and what became of it. */
  readonly devices: readonly DeviceReport[];
}

export interface SelectOptions {
  /** CPU threads; if not given, what pays on this machine. */
  readonly threads?: number;
  readonly candidates?: readonly Candidate[];
  /** Tests every device but the CPU; a child process if not given. */
  readonly prober?: Prober;
}

/**
 * Tests and times the machine's devices one after the other and opens the fastest right one.
 * @throws FedReconError `engine-device` if none is right
 */
export async function selectEngine(options: SelectOptions = {}): Promise<Selection> {
  const devices = await probeDevices(options);
  const chosen = devices.find((device) => device.chosen);
  if (chosen === undefined) {
    const problem = devices.map(({ engine, device, reason }) => `${engine} ${device}: ${reason}`).join('; ');
    throw new FedReconError('engine-device', { device: 'cpu', problem });
  }
  return { engine: await openCandidate(chosen, options.threads), devices };
}

/** A packaged Electron app can start no plain Node child (its `runAsNode` fuse is off), so it tests in place. */
const standardProber: Prober = 'electron' in process.versions ? probeHere : probeApart;

/** Tests and times the machine's devices one after the other; the fastest right one is marked as chosen. */
export async function probeDevices(options: SelectOptions = {}): Promise<DeviceReport[]> {
  const tried: (Candidate & Probe)[] = [];
  for (const candidate of options.candidates ?? candidates()) {
    const isCpu = candidate.engine === 'onnx' && candidate.device === 'cpu';
    const probe = await (isCpu ? probeHere : (options.prober ?? standardProber))(candidate, options.threads);
    tried.push({ ...candidate, ...probe });
  }
  return rank(tried);
}

/** Marks the fastest right device, and says of a graphics device slower than the CPU that it is no real one. */
export function rank(tried: readonly (Candidate & Probe)[]): DeviceReport[] {
  const speed = (probe: Probe) =>
    probe.ok ? (probe.milliseconds ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;
  const fastest = Math.min(...tried.map(speed));
  const cpu = tried.find(({ engine, device }) => engine === 'onnx' && device === 'cpu');
  return tried.map((probe) => {
    const slow = probe.ok && cpu !== undefined && probe.device !== 'cpu' && speed(probe) > speed(cpu);
    return {
      ...probe,
      engine: probe.engine === 'tensorflow' ? 'tensorflow' : 'onnx',
      ...(slow ? { reason: 'slower than the CPU (a software adapter?)' } : {}),
      chosen: probe.ok && speed(probe) === fastest,
    };
  });
}
