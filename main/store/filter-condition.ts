import type { QueueFilter } from '../api/queue-filter.ts';
import type { Row } from './database.ts';

/** A filter as SQL on `reconstructions made`: what is joined, what must hold, and the parameters. */
interface FilterCondition {
  readonly joins: string;
  readonly condition: string;
  readonly parameters: Row;
}

/** Of each verdict, which reconstructions have it: the rank is that of the verdict, and what nobody calibrated has the middle one. */
const verdicts: Readonly<Record<NonNullable<QueueFilter['verdicts']>[number], string>> = {
  use: '+rank = 2',
  check: '(+rank = 1 and assessment is not null)',
  'no-ground': '+rank = 0',
  none: 'assessment is null',
};
/** Of each thing that can be decided, which reconstructions it was decided of. */
const decisions: Readonly<Record<NonNullable<QueueFilter['decisions']>[number], string>> = {
  none: 'standing = 0',
  again: 'standing = 1',
  accept: "(standing = 2 and decided.decision = 'accept')",
  flag: "(standing = 2 and decided.decision = 'flag')",
  reject: "(standing = 2 and decided.decision = 'reject')",
};
/** What is decided of a reconstruction, and the entry of the log that says so. */
const decidedJoin = `join parts named on named.id = made.part
  left join decided on standing = 2 and decided.part_name = named.name and decided.modality = made.modality
    and decided.fingerprint = made.fingerprint`;
const entryJoin = 'left join log on log.id = decided.entry';

/**
 * What a filter asks for, as SQL. Columns of the queue's index stand behind a plus: the index is for the stretch that is looked at,
 * and by a rank or a confidence each stretch would look at all that have it.
 */
export function filterCondition(filter: QueueFilter): FilterCondition {
  const { from, to, by, since, until, import: brought } = filter;
  const conditions = ['true'];
  const parameters: Row = {};
  const also = (condition: string, given: Row = {}) => {
    conditions.push(condition);
    Object.assign(parameters, given);
  };
  if (filter.verdicts) also(`(${filter.verdicts.map((one) => verdicts[one]).join(' or ')})`);
  if (filter.decisions) also(`(${filter.decisions.map((one) => decisions[one]).join(' or ')})`);
  if (from !== undefined) also('+shown >= :from', { from });
  if (to !== undefined) also('+shown <= :to', { to });
  if (by !== undefined) also('standing = 2 and log.actor = :by', { by });
  if (since !== undefined) also('standing = 2 and log.at >= :since', { since });
  if (until !== undefined) also('standing = 2 and log.at < :until', { until });
  if (brought !== undefined)
    also('exists (select 1 from held where held.part = made.part and held.import = :brought)', { brought });
  const asksEntry = by !== undefined || since !== undefined || until !== undefined;
  const joins = asksEntry ? `${decidedJoin} ${entryJoin}` : filter.decisions ? decidedJoin : '';
  return { joins, condition: conditions.join(' and '), parameters };
}
