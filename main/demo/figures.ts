import type { ModalityFigures } from './plant-result.ts';

/** What the demonstration measured, as `--json` writes it. */
export interface DemoFigures {
  /** The whole demonstration, from the empty folder to the judged results. */
  readonly seconds: number;
  readonly rounds: number;
  /** All processes together. */
  readonly peakMemoryMB: number;
  readonly engine: string;
  readonly device: string;
  readonly plants: readonly PlantFigures[];
}

export interface PlantFigures {
  readonly name: string;
  readonly has: readonly string[];
  /** Module bytes that travelled in all rounds. */
  readonly bytesDown: number;
  readonly bytesUp: number;
  /** What exchanging every module of the plan, both ways, in as many rounds would have cost. */
  readonly bytesFullModel: number;
  readonly seconds: number;
  /** By modality: what the plant lacked and saw reconstructed. */
  readonly reconstructed: Readonly<Record<string, ModalityFigures>>;
}
