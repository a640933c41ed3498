import { availableParallelism } from 'node:os';
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
  /** CPU threads; if not given, as many as the probe shows to pay. */
  readonly threads?: number;
  readonly candidates?: readonly Candidate[];
  /** Tests every device but the CPU; a child process if not given. */
  readonly prober?: Prober;
}

/** A candidate with what its probe said; `threads` is what it was probed with. */
export type Tried = Candidate & Probe & { readonly threads?: number | undefined };

/** More threads must save this share of the time: they take cores from other programs, and stall without them. */
const threadGain = 0.15;

/**
 * Tests and times the machine's devices one after the other and opens the fastest right one.
 * @throws FedReconError `engine-device` if none is right
 */
export async function selectEngine(options: SelectOptions = {}): Promise<Selection> {
  const tried = await tryAll(options);
  const devices = rank(tried);
  const chosen = tried[devices.findIndex((device) => device.chosen)];
  if (chosen === undefined) {
    const problem = devices.map(({ engine, device, reason }) => `${engine} ${device}: ${reason}`).join('; ');
    throw new FedReconError('engine-device', { device: 'cpu', problem });
  }
  return { engine: await openCandidate(chosen, chosen.threads), devices };
}

/** Tests and times the machine's devices one after the other; the fastest right one is marked as chosen. */
export async function probeDevices(options: SelectOptions = {}): Promise<DeviceReport[]> {
  return rank(await tryAll(options));
}

async function tryAll(options: SelectOptions): Promise<Tried[]> {
  const tried: Tried[] = [];
  for (const candidate of options.candidates ?? candidates()) {
    if (isCpu(candidate)) {
      tried.push(await tryCpu(candidate, options.threads));
    } else {
      const probe = await (options.prober ?? probeApart)(candidate, options.threads);
      tried.push({ ...candidate, ...probe, threads: options.threads });
    }
  }
  return tried;
}

/** Times the CPU with 1, 2, 4, … threads until more of them no longer pay. */
async function tryCpu(candidate: Candidate, given: number | undefined): Promise<Tried> {
  const attempt = async (threads: number): Promise<Tried> => ({
    ...candidate,
    ...(await probeHere(candidate, threads)),
    threads,
  });
  let best = await attempt(given ?? 1);
  for (let threads = 2; given === undefined && threads <= availableParallelism(); threads *= 2) {
    const next = await attempt(threads);
    if (milliseconds(next) > milliseconds(best) * (1 - threadGain)) break;
    best = next;
  }
  return best;
}

/** Marks the fastest right device, and says of a graphics device slower than the CPU that it is no real one. */
export function rank(tried: readonly Tried[]): DeviceReport[] {
  const fastest = Math.min(...tried.map(milliseconds));
  const cpu = tried.find(isCpu);
  return tried.map(({ threads: _, ...probe }) => {
    const slow = probe.ok && cpu !== undefined && milliseconds(probe) > milliseconds(cpu);
    return {
      ...probe,
      engine: probe.engine === 'tensorflow' ? 'tensorflow' : 'onnx',
      ...(slow && probe.device !== 'cpu' ? { reason: 'slower than the CPU (a software adapter?)' } : {}),
      chosen: probe.ok && milliseconds(probe) === fastest,
    };
  });
}

function isCpu({ engine, device }: Candidate): boolean {
  return engine === 'onnx' && device === 'cpu';
}

function milliseconds(probe: Probe): number {
  return (probe.ok ? probe.milliseconds : undefined) ?? Number.POSITIVE_INFINITY;
}
