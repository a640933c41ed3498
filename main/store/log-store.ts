import { canonicalJson } from '../../protocol/canonical-json.ts';
import type { LogAction, LogState } from '../api/views.ts';
import {
  type Actor,
  emptyHead,
  entryHash,
  follows,
  type Head,
  type Json,
  type LogEntry,
} from '../log/entries.ts';
import type { Row, StoreDatabase } from './database.ts';
import type { Slices } from './slices.ts';

/** Record to append: who did what to which object. */
export interface LogRecord {
  readonly action: LogAction;
  readonly actor: Actor;
  /** SHA-256 of the object of the action. */
  readonly object?: string;
  readonly detail?: Readonly<Record<string, Json | undefined>>;
  /** Time of the action, RFC 3339; absent: now. Given where something earlier is told of. */
  readonly at?: string;
}

/** Query for entries. */
interface LogQuery {
  /** Sequence number before which entries are looked for. */
  readonly before?: number;
  readonly limit: number;
  /** Text that the entry must contain, in any letter case. */
  readonly text?: string;
  /** Actions whose entries fit as well as those with the text. */
  readonly actions?: readonly string[];
  /** Actions in whose details the text is looked for in the name of the part only. */
  readonly unsearched?: readonly string[];
}

/**
 * Log of everything that must be accounted for, append-only and hash-chained: the database refuses changes, and what is
 * changed behind its back is found out by `verify`. An entry that belongs to a change is appended in its transaction.
 */
export interface Log {
  append(record: LogRecord): LogEntry;
  /** Entries that a query fits, newest first, and the number of those that it fits without its limit; searched a little at a time. */
  search(query: LogQuery): Slices<{ readonly entries: LogEntry[]; readonly total: number }>;
  /** The newest entry of an action. */
  latest(action: LogAction): LogEntry | undefined;
  /** The newest `limit` entries of some actions, newest first. */
  newest(actions: readonly LogAction[], limit: number): LogEntry[];
  /** `limit` entries after a sequence number, oldest first. */
  after(sequence: number, limit: number): LogEntry[];
  /** Verifies the whole chain, a little at a time. */
  verify(): Promise<LogState>;
}

/** Log entries verified per turn of the event loop (a few milliseconds of work). */
const entriesAtOnce = 500;
/** Entries searched per turn. */
const entriesSearchedAtOnce = 2000;
const columns = 'id sequence, at, actor, role, action, object, detail, previous, hash' as const;

type LogRow = Record<
  'at' | 'actor' | 'role' | 'action' | 'object' | 'detail' | 'previous' | 'hash',
  string
> & {
  sequence: number;
};

export function logIn(database: StoreDatabase): Log {
  const head = (): Head =>
    database.get<Head & Row>('select id sequence, hash from log order by id desc limit 1') ?? emptyHead;
  const after = (sequence: number, limit: number) =>
    database
      .all<LogRow>(`select ${columns} from log where id > :sequence order by id limit :limit`, {
        sequence,
        limit,
      })
      .map(entryOf);
  return {
    append: ({ action, actor, object = '', detail = {}, at = new Date().toISOString() }) =>
      database.transaction(() => {
        const { sequence, hash: previous } = head();
        const { pin, ...who } = actor;
        const said = pin ? { ...detail, pin } : detail;
        const entry = { sequence: sequence + 1, at, actor: who, action, object, detail: said, previous };
        const hash = entryHash(entry);
        database.run(
          `insert into log (id, at, actor, role, action, object, detail, previous, hash)
           values (:sequence, :at, :name, :role, :action, :object, :detail, :previous, :hash)`,
          {
            sequence: entry.sequence,
            at,
            ...who,
            action,
            object,
            detail: canonicalJson(said),
            previous,
            hash,
          },
        );
        return { ...entry, hash };
      }),
    *search({ before = Number.MAX_SAFE_INTEGER, limit, ...wanted }) {
      const newestFirst = (condition: string, given: Row) =>
        database
          .all<LogRow>(`select ${columns} from log where ${condition} order by id desc limit :limit`, {
            ...given,
            limit,
          })
          .map(entryOf);
      if (!wanted.text)
        return {
          entries: newestFirst('id < :before', { before }),
          total: database.get<{ count: number }>('select count(*) "count" from log')!.count,
        };
      const found: number[] = [];
      for (let last = head().sequence; last > 0; last -= entriesSearchedAtOnce) {
        const rows = database.all<{ id: number }>(
          `select id from log where id > :after and id <= :last and ${fits} order by id desc`,
          { after: last - entriesSearchedAtOnce, last, ...fitting(wanted) },
        );
        for (const { id } of rows) found.push(id);
        yield { rows: 0, fraction: 0 };
      }
      const ids = JSON.stringify(found.filter((id) => id < before).slice(0, limit));
      return {
        entries: newestFirst('id in (select value from json_each(:ids))', { ids }),
        total: found.length,
      };
    },
    latest: (action) => {
      const row = database.get<LogRow>(
        `select ${columns} from log where action = :action order by id desc limit 1`,
        { action },
      );
      return row && entryOf(row);
    },
    newest: (actions, limit) =>
      database
        .all<LogRow>(
          `select ${columns} from log where action in (select value from json_each(:actions))
           order by id desc limit :limit`,
          { actions: JSON.stringify(actions), limit },
        )
        .map(entryOf),
    after,
    verify: async () => {
      let reached = emptyHead;
      for (;;) {
        const entries = after(reached.sequence, entriesAtOnce);
        for (const entry of entries) {
          if (!follows(reached, entry))
            return { entries: head().sequence, head: head().hash, brokenAt: reached.sequence + 1 };
          reached = entry;
        }
        if (entries.length < entriesAtOnce)
          return { entries: reached.sequence, head: reached.hash, brokenAt: null };
        await new Promise(setImmediate);
      }
    },
  };
}

const searchedDetail = `case when action in (select value from json_each(:unsearched))
  then coalesce(case when json_valid(detail) then detail ->> '$.part' end, '') else detail end`;
const fits = `(instr(lower(actor || ' ' || action || ' ' || object || ' ' || ${searchedDetail} || ' ' || hash || ' ' || at), :text) > 0
  or action in (select value from json_each(:actions)))`;

function fitting({ text = '', actions = [], unsearched = [] }: Omit<LogQuery, 'before' | 'limit'>) {
  return {
    text: text.toLowerCase(),
    actions: JSON.stringify(actions),
    unsearched: JSON.stringify(unsearched),
  };
}

function entryOf({ actor, role, detail, ...row }: LogRow): LogEntry {
  return {
    ...row,
    actor: { name: actor, role: role as Actor['role'] },
    detail: readDetail(detail),
  };
}

/**
 * Detail of an entry; one that someone changed into what no app writes is shown as it is, and its hash no longer fits.
 */
function readDetail(text: string): LogEntry['detail'] {
  try {
    const detail = JSON.parse(text) as LogEntry['detail'];
    if (canonicalJson(detail) === text) return detail;
  } catch {
    // Shown below.
  }
  return { unreadable: text };
}
