import type { PartDecision } from '../api/views.ts';
import type { Actor } from '../log/entries.ts';
import type { StoreDatabase } from './database.ts';
import type { Log } from './log-store.ts';
import type { SourceShare } from './reconstructions.ts';
import { atOnce, type Slices } from './slices.ts';

/** Decision of an operator on a reconstruction, and on which one; `decision: null` takes the one before back. */
export interface DecisionEntry {
  readonly at: string;
  readonly actor: Actor;
  readonly partName: string;
  readonly modality: string;
  readonly decision: PartDecision | null;
  readonly reason: string;
  /** Name of what it was decided together with others in; absent: by itself. */
  readonly bulk?: string;
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

/**
 * Decisions on reconstructions: they are entries of the log. Which is the newest on each stands beside the log, written in the
 * same transaction.
 */
export interface Decisions {
  /** @returns number of its entry */
  add(decision: DecisionEntry): number;
  /** Decisions that were made together, in entries of the log after one number up to another, and whether each holds still. */
  together(bulk: string, modality: string, after: number, last: number, limit: number): BulkDecision[];
  /** What was decided on the reconstruction of a part that has a fingerprint. */
  standing(partName: string, modality: string, fingerprint: string): Standing;
  /** Names of all who decided, in their order. */
  people(): string[];
  /** How many decisions who made in each hour from one on (the first 13 signs of its time, UTC). */
  byHour(from: string): {
    readonly hour: string;
    readonly person: string;
    readonly decision: PartDecision | 'undo';
    readonly count: number;
  }[];
  /** Makes what stands beside the log anew where it does not reach as far as the log. */
  open(): void;
  /**
   * Compares what stands beside the log with what follows from the log, and makes it anew where the two differ.
   * @returns whether they were alike
   */
  check(): Slices<boolean>;
}

/** A decision that was made together with others. */
interface BulkDecision {
  readonly entry: number;
  readonly partName: string;
  readonly fingerprint: string;
  readonly decision: PartDecision | null;
  readonly reason: string;
  /** Number of the newest decision on the same reconstruction, and what it says. */
  readonly newest: number;
  readonly now: PartDecision | null;
}

interface DecisionRow {
  readonly at: string;
  readonly actor: string;
  readonly role: Actor['role'];
  readonly decision: PartDecision | null;
  readonly reason: string;
  readonly modelVersion: number;
  readonly fingerprint: string;
}

/** A row of what stands beside the log. */
interface Decided {
  readonly partName: string;
  readonly modality: string;
  readonly fingerprint: string;
  readonly entry: number;
  readonly decision: PartDecision | null;
}

/** Entries of the log, and rows beside it, that are compared at once. */
const comparedAtOnce = 500;
/** Entries that say which reconstruction was decided on, however the log was changed behind the app's back. */
const isDecision = `action glob 'decision.*' and json_valid(detail) and detail ->> '$.part' is not null
  and detail ->> '$.modality' is not null and detail ->> '$.reconstruction' is not null`;
const columns = 'part_name "partName", modality, fingerprint, entry, decision' as const;

export function decisionsIn(database: StoreDatabase, log: Log): Decisions {
  /** What follows from the log up to an entry: by part, modality and fingerprint, and how many by hour, person and kind. */
  function* byLog(last: number): Slices<{ decided: Map<string, Decided>; hours: Map<string, number> }> {
    const decided = new Map<string, Decided>();
    const hours = new Map<string, number>();
    for (let after = 0; ; ) {
      const rows = database.all<Decided & { hour: string; actor: string }>(
        `select id entry, substr(at, 1, 13) hour, actor, detail ->> '$.part' "partName", detail ->> '$.modality' modality,
                detail ->> '$.reconstruction' fingerprint, nullif(substr(action, 10), 'undo') decision
         from log where id > :after and id <= :last and ${isDecision} order by id limit :limit`,
        { after, last, limit: comparedAtOnce },
      );
      for (const { hour, actor, ...row } of rows) {
        decided.set(keyOf(row), row);
        const kind = hourKey({ hour, actor, decision: row.decision ?? 'undo' });
        hours.set(kind, (hours.get(kind) ?? 0) + 1);
      }
      if (rows.length < comparedAtOnce) return { decided, hours };
      after = rows.at(-1)!.entry;
      yield { rows: 0, fraction: 0 };
    }
  }

  const lastEntry = () =>
    database.get<{ last: number | null }>(`select max(id) last from log where ${isDecision}`)!.last ?? 0;

  function makeAnew(): void {
    database.transaction(() => {
      database.run('delete from decided');
      const { decided, hours } = atOnce(byLog(lastEntry()));
      for (const row of decided.values())
        database.run(
          `insert into decided (part_name, modality, fingerprint, entry, decision)
           values (:partName, :modality, :fingerprint, :entry, :decision)`,
          { ...row },
        );
      database.run('delete from decision_hours');
      for (const [kind, count] of hours)
        database.run(
          `insert into decision_hours (hour, actor, decision, count)
           values (:kind ->> 0, :kind ->> 1, :kind ->> 2, :count)`,
          { kind, count },
        );
      const now = `(select standings.standing from standings where standings.part = reconstructions.part
        and standings.modality = reconstructions.modality and standings.source = reconstructions.source)`;
      database.run(`update reconstructions set standing = ${now} where standing <> ${now}`);
    });
  }

  return {
    add: ({ at, actor, partName: part, modality, decision, reason, bulk, shown }) => {
      const { file, fingerprint, sources, ...rest } = shown;
      const { sequence } = log.append({
        at,
        actor,
        action: `decision.${decision ?? 'undo'}`,
        object: file,
        detail: {
          ...rest,
          ...{ part, modality, reason, reconstruction: fingerprint },
          ...(bulk !== undefined && { bulk }),
          sources: sources.map((source) => ({ ...source })),
        },
      });
      return sequence;
    },
    together: (bulk, modality, after, last, limit) =>
      database.all<BulkDecision>(
        `select id entry, decided.part_name "partName", decided.fingerprint, nullif(substr(action, 10), 'undo') decision,
                detail ->> '$.reason' reason, decided.entry newest, decided.decision now
         from log join decided on part_name = detail ->> '$.part' and modality = :modality
           and fingerprint = detail ->> '$.reconstruction'
         where id > :after and id <= :last and ${isDecision} and detail ->> '$.bulk' = :bulk order by id limit :limit`,
        { bulk, modality, after, last, limit },
      ),
    standing: (partName, modality, fingerprint) =>
      standingIn(
        database.all<DecisionRow>(
          `select at, actor, role, decision, detail ->> '$.reason' reason,
                  detail ->> '$.modelVersion' "modelVersion", fingerprint
           from decisions join log on log.id = entry
           where part_name = :partName and modality = :modality order by entry desc`,
          { partName, modality },
        ),
        fingerprint,
      ),
    people: () =>
      database
        .all<{ actor: string }>("select distinct actor from decision_hours where actor <> '' order by actor")
        .map(({ actor }) => actor),
    byHour: (from) =>
      database.all(
        'select hour, actor person, decision, count from decision_hours where hour >= :from order by hour, actor, decision',
        { from },
      ),
    open: () => {
      const { last } = database.get<{ last: number | null }>('select max(entry) last from decided')!;
      if (lastEntry() !== (last ?? 0)) makeAnew();
    },
    *check() {
      const upTo = lastEntry();
      // What is decided while they are compared is of this hour or a later one.
      const now = new Date().toISOString().slice(0, 13);
      const { decided: missing, hours } = yield* byLog(upTo);
      const counted = database.all<{ hour: string; actor: string; decision: string; count: number }>(
        'select hour, actor, decision, count from decision_hours',
      );
      let areAlike =
        counted.every((row) => row.hour >= now || hours.get(hourKey(row)) === row.count) &&
        counted.length >= hours.size;
      for (let after = { partName: '', modality: '', fingerprint: '' }; areAlike; ) {
        const rows = database.all<Decided>(
          `select ${columns} from decided where (part_name, modality, fingerprint) > (:partName, :modality, :fingerprint)
           order by part_name, modality, fingerprint limit :limit`,
          { ...after, limit: comparedAtOnce },
        );
        for (const row of rows) {
          const wanted = missing.get(keyOf(row));
          missing.delete(keyOf(row));
          // What is decided while they are compared is newer than what was read of the log.
          if (row.entry <= upTo && (row.entry !== wanted?.entry || row.decision !== wanted.decision))
            areAlike = false;
        }
        const last = rows.at(-1);
        if (!last || rows.length < comparedAtOnce) break;
        after = { partName: last.partName, modality: last.modality, fingerprint: last.fingerprint };
        yield { rows: 0, fraction: 0 };
      }
      areAlike &&= missing.size === 0;
      if (!areAlike) makeAnew();
      return areAlike;
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

function hourKey({ hour, actor, decision }: { hour: string; actor: string; decision: string }): string {
  return JSON.stringify([hour, actor, decision]);
}

function keyOf({ partName, modality, fingerprint }: Decided): string {
  return JSON.stringify([partName, modality, fingerprint]);
}
