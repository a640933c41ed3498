import { availableParallelism } from 'node:os';
import { FedReconError } from '../../../protocol/errors.ts';
import type { Engine } from '../types.ts';
import { candidates, openCandidate } from './candidates.ts';
import { reasonInError } from './device-reason.ts';
import type { DeviceCandidate, DeviceReport, Probe } from './devices.ts';
import { type Prober, probeApart, probeHere } from './probe.ts';
import { isCpu, milliseconds, rank, type Tried } from './rank.ts';

export interface Selection {
  readonly engine: Engine;
  /** Reports on all devices that were tried. */
  readonly devices: readonly DeviceReport[];
}

interface SelectOptions {
  /** Number of CPU threads; if not given, as many as the probe finds worth using. */
  readonly threads?: number;
  readonly candidates?: readonly DeviceCandidate[];
  /** Prober of every device but the CPU; a child process if not given. */
  readonly prober?: Prober;
}

/** Share of the time that more threads must save: they take cores from other programs, and stall without them. */
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
    const all = (language: 'en' | 'ja') =>
      devices.map(({ engine, device, reason }) => `${engine} ${device}: ${reason?.[language]}`).join('; ');
    const reasons = { en: all('en'), ja: all('ja') };
    throw new FedReconError('engine-device', { device: 'cpu', ...reasonInError(reasons) });
  }
  return { engine: await openCandidate(chosen, chosen.threads), devices };
}

async function tryAll(options: SelectOptions): Promise<Tried[]> {
  const tried: Tried[] = [];
  const prober = options.prober ?? probeApart;
  for (const candidate of options.candidates ?? candidates()) {
    const probe = isCpu(candidate)
      ? await probeCandidate(candidate, options.threads)
      : await prober(candidate, options.threads);
    tried.push({ ...candidate, ...probe });
  }
  return tried;
}

/** Tests and times a candidate in this process; the CPU with 1, 2, 4, … threads until more of them no longer pay. */
export async function probeCandidate(candidate: DeviceCandidate, given?: number): Promise<Probe> {
  if (!isCpu(candidate)) return probeHere(candidate, given);
  const attempt = async (threads: number) => ({ ...(await probeHere(candidate, threads)), threads });
  let best = await attempt(given ?? 1);
  for (let threads = 2; given === undefined && threads <= availableParallelism(); threads *= 2) {
    const next = await attempt(threads);
    if (milliseconds(next) > milliseconds(best) * (1 - threadGain)) break;
    best = next;
  }
  return best;
}
