import type { ModalityFigures } from './plant-result.ts';

/** Figures of the demonstration, as `--json` writes them. */
export interface DemoFigures {
  /** Seconds of the whole demonstration, from the empty folder to the judged results. */
  readonly seconds: number;
  readonly rounds: number;
  /** Highest memory of all processes together, in MB. */
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
  /** Bytes that exchanging every module of the plan, both ways, in as many rounds would have cost. */
  readonly bytesFullModel: number;
  readonly seconds: number;
  /** Figures by modality that the plant lacked and saw reconstructed. */
  readonly reconstructed: Readonly<Record<string, ModalityFigures>>;
}
