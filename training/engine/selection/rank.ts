import { deviceReasons } from './device-reason.ts';
import type { DeviceCandidate, DeviceReport, Probe } from './devices.ts';

/** Candidate with its probe. */
export type Tried = DeviceCandidate & Probe;

/**
 * Ranks devices: marks the fastest right one, and remarks on a graphics device slower than the CPU that it is no real
 * one.
 */
export function rank(tried: readonly Tried[]): DeviceReport[] {
  const fastest = Math.min(...tried.map(milliseconds));
  const cpu = tried.find(isCpu);
  return tried.map((probe) => {
    const slow = probe.ok && cpu !== undefined && milliseconds(probe) > milliseconds(cpu);
    return {
      ...probe,
      ...(slow && probe.device !== 'cpu' ? { reason: deviceReasons.slow } : {}),
      chosen: probe.ok && milliseconds(probe) === fastest,
    };
  });
}

/** True if a candidate is the processor itself, which can be tested without danger. */
export function isCpu({ engine, device }: DeviceCandidate): boolean {
  return engine === 'onnx' && device === 'cpu';
}

/** Time of a probe in milliseconds; infinite for a device that was refused. */
export function milliseconds(probe: Probe): number {
  return (probe.ok ? probe.milliseconds : undefined) ?? Number.POSITIVE_INFINITY;
}
