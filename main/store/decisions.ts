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
    /** Its fingerprint: the decision is on it and on no other. */
    readonly fingerprint: string;
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

/** Decision that was not taken back. */
export interface HeldDecision {
  readonly at: string;
  readonly actor: Actor;
  readonly decision: PartDecision;
  readonly reason: string;
  readonly modelVersion: number;
}

/** What was decided on a reconstruction. */
export interface Standing {
  readonly decision: HeldDecision | undefined;
  /** Decision on the one whose place it took, which holds no more; undefined too where there is one on itself. */
  readonly earlier: HeldDecision | undefined;
}

/** Decisions on reconstructions: they are entries of the log and stand nowhere else. */
export interface Decisions {
  add(decision: DecisionEntry): void;
  /** What was decided on the reconstruction of a part that has a fingerprint. */
  standing(partName: string, modality: string, fingerprint: string): Standing;
  /** The same for any part of a modality, from one reading of its decisions. */
  standings(modality: string): (partName: string, fingerprint: string) => Standing;
}

interface DecisionRow {
  readonly name: string;
  readonly at: string;
  readonly actor: string;
  readonly role: Actor['role'];
  readonly decision: PartDecision | null;
  readonly reason: string;
  readonly modelVersion: number;
  readonly fingerprint: string;
}

const columns =
  'part_name name, at, actor, role, decision, reason, model_version "modelVersion", fingerprint' as const;

export function decisionsIn(database: StoreDatabase, log: Log): Decisions {
  return {
    add: ({ at, actor, partName: part, modality, decision, reason, shown }) => {
      const { file, fingerprint, sources, ...rest } = shown;
      log.append({
        at,
        actor,
        action: `decision.${decision ?? 'undo'}`,
        object: file,
        detail: {
          ...rest,
          ...{ part, modality, reason, reconstruction: fingerprint },
          sources: sources.map((source) => ({ ...source })),
        },
      });
    },
    standing: (partName, modality, fingerprint) =>
      standingIn(
        database.all<DecisionRow>(
          `select ${columns} from decisions where part_name = :partName and modality = :modality order by id desc`,
          { partName, modality },
        ),
        fingerprint,
      ),
    standings: (modality) => {
      const rows = Map.groupBy(
        database.all<DecisionRow>(
          `select ${columns} from decisions where modality = :modality order by id desc`,
          { modality },
        ),
        ({ name }) => name,
      );
      return (partName, fingerprint) => standingIn(rows.get(partName) ?? [], fingerprint);
    },
  };
}

/** What the decisions on a part, newest first, say of the reconstruction with a fingerprint. */
function standingIn(rows: readonly DecisionRow[], fingerprint: string): Standing {
  const decision = held(rows.find((row) => row.fingerprint === fingerprint));
  const earlier = decision ? undefined : held(rows.find((row) => row.fingerprint !== fingerprint));
  return { decision, earlier };
}

function held(row: DecisionRow | undefined): HeldDecision | undefined {
  if (!row?.decision) return undefined;
  const { at, actor: name, role, decision, reason, modelVersion } = row;
  return { at, actor: { name, role }, decision, reason, modelVersion };
}
