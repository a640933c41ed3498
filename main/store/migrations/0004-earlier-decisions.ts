import type { Database } from '../database.ts';
import { logIn } from '../log.ts';

/** Version 4: decisions that were made before there was a log become its first entries, each with the hash it had. */
export function carryDecisions(database: Database): void {
  const log = logIn(database);
  for (const { at, part, modality, decision, reason, modelVersion, hash } of database.all<{
    at: string;
    part: string;
    modality: string;
    decision: 'accept' | 'flag' | 'reject' | null;
    reason: string;
    modelVersion: number;
    hash: string;
  }>(
    `select at, part_name part, modality, decision, reason, model_version "modelVersion", hash
     from earlier_decisions order by id`,
  ))
    log.append({
      at,
      action: `decision.${decision ?? 'undo'}`,
      actor: { name: '', role: 'unnamed' },
      detail: { part, modality, reason, modelVersion, earlierHash: hash },
    });
  database.run('drop table earlier_decisions');
}
