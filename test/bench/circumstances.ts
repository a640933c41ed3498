import { machineKind } from './reconstruction/output/machine.ts';
import type { RunOptions } from './words.ts';

/** What was run, for the head of a page of results. */
export interface Circumstances {
  readonly command: string;
  readonly machine: string;
  /** `2026-11-23` */
  readonly date: string;
  readonly images: number;
  readonly alpha: number;
  readonly seeds: readonly number[];
}

/** The circumstances of this process's run, today. @param images how many there were to deal out */
export function circumstancesOf(
  { alpha, seeds, device }: RunOptions,
  command: string,
  images: number,
): Circumstances {
  const date = new Date().toISOString().slice(0, 10);
  return { command, machine: machineKind(device), date, images, alpha, seeds };
}
