import { readFileSync } from 'node:fs';

/**
 * Largest memory of this process so far, in megabytes. On Linux as the kernel counts it since the program began: the
 * usual figure (`maxRSS`) begins with that of the process that started this one.
 */
export function peakMemory(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS / 1024;
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))!;
  return Number(kilobytes[1]) / 1024;
}
