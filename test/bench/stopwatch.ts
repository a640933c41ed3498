/** Seconds that have gone by since it was made. */
export type Stopwatch = () => number;

/** By the clock on the wall. */
export function wallWatch(): Stopwatch {
  const began = performance.now();
  return () => (performance.now() - began) / 1000;
}

/**
 * By the work done: CPU seconds of this process where it computes on the CPU, so that a machine that others use too, or a
 * pause, changes no result; by the clock on any other device, whose work no process is charged for.
 * @param device as the engine names it, `cpu (1 thread)`
 */
export function workWatch(device: string): Stopwatch {
  if (!device.startsWith('cpu')) return wallWatch();
  const began = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(began);
    return (user + system) / 1e6;
  };
}
