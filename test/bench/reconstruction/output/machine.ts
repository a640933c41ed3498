import { cpus, totalmem, type } from 'node:os';

/** The kind of machine, in words: `2 cores of Intel Xeon …, 24 GB, Linux, no GPU used`. */
export function machineKind(device: string): string {
  const cores = cpus();
  const model = cores[0]?.model.trim().replace(/\s+/g, ' ') || 'an unnamed processor';
  const gpu = device === 'cpu' ? 'no GPU used' : `training on ${device}`;
  return `${cores.length} cores of ${model}, ${Math.round(totalmem() / 1e9)} GB, ${type()}, ${gpu}`;
}
