import type { PartDecision } from '../api/views.ts';
import type { Actor } from '../log/entries.ts';
import type { StoreDatabase } from './database.ts';
import type { Log } from './log-store.ts';
import type { SourceShare } from './reconstructions.ts';

/** Decision of an operator on a reconstruction, and on which one; `decision: null` takes the one before back. */
export interface DecisionEntry {
  readonly at: string;
  readonly actor: Actor;
  readonly partName: string;
  readonly modality: string;
  readonly decision: PartDecision | null;
  readonly reason: string;
  /** The reconstruction as it was shown. */
  readonly shown: {
    readonly modelVersion: number;
    readonly planHash: string;
    /** SHA-256 of the file that it is a row of. */
    readonly file: string;
    readonly row: number;
    readonly madeAt: string;
    readonly confidence: number;
    /** Meaning of the confidence, where plants with the truth had calibrated it. */
    readonly trust?: {
      readonly verdict: string;
      readonly tolerance: number;
      readonly familiarity: number;
    };
    readonly sources: readonly SourceShare[];
  };
}

/** Decision that holds. */
export interface HeldDecision {
  readonly at: string;
  readonly actor: Actor;
  readonly decision: PartDecision;
  readonly reason: string;
  readonly modelVersion: number;
}

/** Decisions on reconstructions: they are entries of the log and stand nowhere else. */
export interface Decisions {
  add(decision: DecisionEntry): void;
  /** The decision that holds now; undefined when there is none or it was taken back. */
  latest(partName: string, modality: string): HeldDecision | undefined;
}

export function decisionsIn(database: StoreDatabase, log: Log): Decisions {
  return {
    add: ({ at, actor, partName: part, modality, decision, reason, shown }) => {
      const { file, sources, ...rest } = shown;
      log.append({
        at,
        actor,
        action: `decision.${decision ?? 'undo'}`,
        object: file,
        detail: { part, modality, reason, ...rest, sources: sources.map((source) => ({ ...source })) },
      });
    },
    latest: (partName, modality) => {
      const row = database.get<{ id: number; decision: PartDecision | null }>(
        `select id, decision from decisions where part_name = :partName and modality = :modality
         order by id desc limit 1`,
        { partName, modality },
      );
      if (!row?.decision) return undefined;
      const { at, actor, detail } = log.after(row.id - 1, 1)[0]!;
      return {
        at,
        actor,
        decision: row.decision,
        reason: String(detail.reason),
        modelVersion: Number(detail.modelVersion),
      };
    },
  };
}
