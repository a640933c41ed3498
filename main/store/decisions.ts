import { canonicalJson } from '../../protocol/plan.ts';
import type { Database } from './database.ts';
import { hashOf } from './files.ts';

export type Verdict = 'accept' | 'flag' | 'reject';

/** What an operator decided about a reconstruction; `decision: null` takes the one before back. */
export interface Decision {
  readonly at: string;
  readonly partName: string;
  readonly modality: string;
  readonly decision: Verdict | null;
  readonly reason: string;
  readonly modelVersion: number;
}

/** Append-only and hash-chained: a changed or missing row is found out by `verify`. */
export interface Decisions {
  add(decision: Decision): void;
  /** The one that holds now; undefined when there is none or it was taken back. */
  latest(partName: string, modality: string): (Decision & { decision: Verdict }) | undefined;
  /** Whether every row carries the hash of the one before. */
  verify(): boolean;
}

const columns = 'at, part_name "partName", modality, decision, reason, model_version "modelVersion"' as const;

export function decisionsIn(database: Database): Decisions {
  return {
    add: (decision) =>
      database.transaction(() => {
        const last = database.get<{ hash: string }>('select hash from decisions order by id desc limit 1');
        const previous = last?.hash ?? '';
        database.run(
          `insert into decisions (at, part_name, modality, decision, reason, model_version, previous, hash)
           values (:at, :partName, :modality, :decision, :reason, :modelVersion, :previous, :hash)`,
          { ...decision, previous, hash: chained(previous, decision) },
        );
      }),
    latest: (partName, modality) => {
      const row = database.get<Decision>(
        `select ${columns} from decisions where part_name = :partName and modality = :modality
         order by id desc limit 1`,
        { partName, modality },
      );
      return row?.decision ? { ...row, decision: row.decision } : undefined;
    },
    verify: () => {
      let previous = '';
      for (const { hash, ...decision } of database.all<Decision & { hash: string }>(
        `select ${columns}, hash from decisions order by id`,
      )) {
        if (hash !== chained(previous, decision)) return false;
        previous = hash;
      }
      return true;
    },
  };
}

function chained(previous: string, decision: Decision): string {
  return hashOf(Buffer.from(canonicalJson({ ...decision, previous })));
}
