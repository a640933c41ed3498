import type { LedgerEntry } from '../api/views.ts';
import type { StoreDatabase } from './database.ts';

export interface Ledger {
  /** Adds an entry; repeated questions about the same round are summed in one. */
  add(entry: LedgerEntry): void;
  /** Number of bytes that were sent of one thing. */
  sent(label: Pick<LedgerEntry, 'what' | 'name' | 'round'>): number;
  /** Newest entries, at most `limit`, the newest first. */
  list(limit: number): LedgerEntry[];
  totals(): { bytesDown: number; bytesUp: number };
  /** Number of bytes of one kind, both ways. */
  moved(what: LedgerEntry['what']): number;
}

export function ledgerIn(database: StoreDatabase): Ledger {
  return {
    add: (entry) =>
      database.transaction(() => {
        const same =
          entry.what === 'round'
            ? database.get<{ id: number }>(
                `select id from ledger where what = 'round' and direction = :direction and round is :round`,
                { direction: entry.direction, round: entry.round },
              )
            : undefined;
        if (same) {
          database.run('update ledger set bytes = bytes + :bytes, at = :at where id = :id', {
            id: same.id,
            bytes: entry.bytes,
            at: entry.at,
          });
          return;
        }
        database.run(
          `insert into ledger (at, direction, what, name, bytes, round)
           values (:at, :direction, :what, :name, :bytes, :round)`,
          { ...entry },
        );
      }),
    sent: ({ what, name, round }) =>
      database.get<{ bytes: number }>(
        `select coalesce(sum(bytes), 0) bytes from ledger
         where direction = 'up' and what = :what and name = :name and round is :round`,
        { what, name, round },
      )!.bytes,
    list: (limit) =>
      database.all<LedgerEntry>(
        'select at, direction, what, name, bytes, round from ledger order by at desc, id desc limit :limit',
        { limit },
      ),
    moved: (what) =>
      database.get<{ bytes: number }>('select coalesce(sum(bytes), 0) bytes from ledger where what = :what', {
        what,
      })!.bytes,
    totals: () =>
      database.get(
        `select coalesce(sum(bytes) filter (where direction = 'down'), 0) "bytesDown",
                coalesce(sum(bytes) filter (where direction = 'up'), 0) "bytesUp" from ledger`,
      )!,
  };
}
