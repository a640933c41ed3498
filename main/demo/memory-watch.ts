import { readdirSync, readFileSync } from 'node:fs';

/** Resident memory of this process and everything it started, watched while work goes on. */
export class MemoryWatch {
  #peakBytes = 0;
  readonly #timer: NodeJS.Timeout;

  constructor(everyMilliseconds = 500) {
    this.#timer = setInterval(() => this.#sample(), everyMilliseconds);
    this.#timer.unref();
    this.#sample();
  }

  /** Stops watching; the highest sum seen, in MB (10⁶ bytes). */
  stop(): number {
    clearInterval(this.#timer);
    this.#sample();
    return Math.round(this.#peakBytes / 1e6);
  }

  #sample(): void {
    this.#peakBytes = Math.max(this.#peakBytes, residentBytes(process.pid));
  }
}

/** Resident bytes of a process and its descendants from `/proc`; of this process alone where there is none. */
function residentBytes(root: number): number {
  let processes: Map<number, { parent: number; bytes: number }>;
  try {
    processes = readProcessTable();
  } catch {
    return process.memoryUsage.rss();
  }
  const family = new Set([root]);
  // A child may be listed before its parent, so grow the family until it stays the same.
  for (let before = 0; before !== family.size; ) {
    before = family.size;
    for (const [id, { parent }] of processes) if (family.has(parent)) family.add(id);
  }
  return [...family].reduce((sum, id) => sum + (processes.get(id)?.bytes ?? 0), 0);
}

function readProcessTable(): Map<number, { parent: number; bytes: number }> {
  const table = new Map<number, { parent: number; bytes: number }>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const status = readFileSync(`/proc/${entry}/status`, 'utf8');
      const parent = Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]);
      const kilobytes = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0);
      table.set(Number(entry), { parent, bytes: kilobytes * 1024 });
    } catch {
      // It ended between listing and reading.
    }
  }
  return table;
}
