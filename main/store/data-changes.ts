import type { Row, StoreDatabase } from './database.ts';
import { sweepReconstructions } from './past-reconstructions.ts';
import { type SlicePace, slicePace } from './slice-pace.ts';
import type { SliceDone, Slices } from './slices.ts';

/** Parts that a slice of a change is about, at least and at most, and of counting them. */
const partsAtOnce = { changed: [200, 4000], counted: 2000 } as const;
/** Rows of a table that are swept at once, at least and at most. */
const rowsAtOnce = [1000, 8000] as const;
/** Shares of a change: until it is written, counted, and swept. */
const shares = { written: 0.7, counted: 0.8 };

/** What the parts hold, by the imports that they came with first and those that the values came with. */
interface Counted {
  readonly coverage: readonly CoverageRow[];
  readonly parts: number;
  readonly present: ReadonlyMap<string, number>;
  /** Import → modality → values of it that hold. */
  readonly holding: ReadonlyMap<number, ReadonlyMap<string, number>>;
}

/** Parts by the import that they came with first, and how many of them have each modality. */
export interface CoverageRow {
  readonly import: number;
  readonly parts: number;
  readonly present: ReadonlyMap<string, number>;
}

/** What makes another generation of the data than the present one. */
interface DataChange<Done> {
  /** The parts that it touches. */
  readonly parts: PartsAfter;
  /** Lets imports come or go with the generation `next`. */
  begin?(next: number): void;
  /**
   * What it does to some parts beside; called before their next state is written.
   * @param ids as a JSON list
   * @returns the import that comes and that alone says something of them, where there is one
   */
  slice?(ids: string, next: number): number | undefined;
  /** What is left to do once all parts are written. */
  end?(next: number): void;
  /** What it did; called as it becomes the present. */
  done(): Done;
}

/** Ids of parts, ascending: the first `limit` above `after`. */
export type PartsAfter = (after: number, limit: number) => readonly number[];

/** All ids of parts, so many at once. @param limit of the next page */
export function* partPages(parts: PartsAfter, limit: () => number): Generator<readonly number[]> {
  for (let ids = parts(0, limit()); ids.length > 0; ids = parts(ids.at(-1)!, limit())) yield ids;
}

/** Every part that is stored. */
export function allParts(database: StoreDatabase): PartsAfter {
  return (after, limit) =>
    database
      .all<{ id: number }>('select id from parts where id > :after order by id limit :limit', {
        after,
        limit,
      })
      .map(({ id }) => id);
}

/** Changes of the data: written where nobody sees them, made the present at once, and swept; each in slices. */
export interface DataChanges {
  /**
   * Makes a change. One that is cut short anywhere has not happened until the slice in which `also` is called, and has from then
   * on; what it leaves is swept by the next one, or when the store is opened.
   * @param also called in the transaction in which the change becomes the present
   */
  make<Done>(change: DataChange<Done>, also: (done: Done) => void): Slices<Done>;
  /** Sweeps what a killed app left behind, and counts what is here. @returns whether there was anything to sweep */
  open(): Slices<boolean>;
  /** What is here; the same object until something changes. */
  counted(): Counted;
}

/** Deletes up to `limit` rows of one sort. @returns how many it deleted */
type Sweeper = (limit: number) => number;

/** Whether a layer of the table `own` is one of the generation in the making; and all those of some parts. */
const isComing = 'own.until is null and imports.since is not null and imports.until is null';
const comingLayers = `json_each(:ids) ids cross join measurements own on own.part = ids.value
  join imports on imports.id = own.import where ${isComing}`;
const inSlice = 'part in (select value from json_each(:ids))';

/** @param pace how long slices are */
export function dataChangesIn(database: StoreDatabase, pace: typeof slicePace = slicePace): DataChanges {
  let counted: Counted | undefined;

  const written = () => database.get<{ rows: number }>('select total_changes() "rows"')!.rows;
  function slice(fraction: number, work: () => void, length?: SlicePace): SliceDone {
    const before = written();
    database.transaction(() => {
      const began = performance.now();
      work();
      length?.took(performance.now() - began);
    });
    return { rows: written() - before, fraction };
  }
  const present = () => database.get<{ number: number }>('select number from present')!.number;
  const inTheMaking = () =>
    database.get<{ number: number }>('select number from generations where entry is null')?.number;

  /** Writes what parts hold in the next generation, and lets go what was reconstructed of them. */
  function writeNext(ids: string, next: number): void {
    const both = { ids, next };
    database.run(
      `update holding set until = :next where ${inSlice} and until is null and import is not (
         select iif(own.position is null, null, own.import) from measurements own join imports on imports.id = own.import
         where own.part = holding.part and own.modality = holding.modality and ${isComing}
         order by own.import desc limit 1)`,
      both,
    );
    database.run(
      `insert into holding (part, modality, import, since)
       select part, modality, import, :next from (
         select own.part, own.modality, max(own.import) import, own.position from ${comingLayers}
         group by own.part, own.modality) coming
       where position is not null and not exists (
         select 1 from holding where part = coming.part and modality = coming.modality and until is null)`,
      both,
    );
    const home = `select part, import from (
        select own.part, min(own.import) import from ${comingLayers} group by own.part) home
      where exists (select 1 from holding where part = home.part and until is null)`;
    database.run(
      `update presence set until = :next where ${inSlice} and until is null and (part, import) not in (${home})`,
      both,
    );
    database.run(
      `insert into presence (part, import, name, since)
       select part, import, (select name from parts where id = part), :next from (${home}) coming
       where not exists (select 1 from presence where part = coming.part and until is null)`,
      both,
    );
    database.run(`update reconstructions set until = :next where ${inSlice} and until is null`, both);
  }

  /** Writes what parts hold of which nothing was here: all that an import says of them. */
  function writeFirst(ids: string, next: number, only: number): void {
    const all = { ids, next, only };
    const said = `json_each(:ids) ids cross join measurements own on own.part = ids.value and own.import = :only
      and own.position is not null`;
    database.run(
      `insert into holding (part, modality, import, since) select part, modality, :only, :next from ${said}`,
      all,
    );
    database.run(
      `insert into presence (part, import, name, since)
       select parts.id, :only, name, :next from json_each(:ids) ids cross join parts on parts.id = ids.value
       where exists (select 1 from measurements where part = parts.id and import = :only and position is not null)`,
      all,
    );
  }

  function* count(from: number, to: number): Slices<Counted> {
    const homes = new Map<number, { parts: number; present: Map<string, number> }>();
    const holding = new Map<number, Map<string, number>>();
    const present = new Map<string, number>();
    let parts = 0;
    const add = <Key>(counts: Map<Key, number>, key: Key, more: number) =>
      counts.set(key, (counts.get(key) ?? 0) + more);
    for (const range of ranges('presence', 'part', () => partsAtOnce.counted)) {
      const here = database.all<{ home: number; parts: number }>(
        `select import home, count(*) parts from presence
         where part > :after and part <= :last and until is null group by import`,
        range,
      );
      for (const row of here) {
        const home = homes.get(row.home) ?? { parts: 0, present: new Map<string, number>() };
        homes.set(row.home, { ...home, parts: home.parts + row.parts });
        parts += row.parts;
      }
      const values = database.all<{ home: number; import: number; modality: string; values: number }>(
        `select presence.import home, holding.import import, modality, count(*) "values"
         from presence cross join holding on holding.part = presence.part
         where presence.part > :after and presence.part <= :last
           and presence.until is null and holding.until is null
         group by home, holding.import, modality`,
        range,
      );
      for (const row of values) {
        add(homes.get(row.home)!.present, row.modality, row.values);
        add(present, row.modality, row.values);
        if (!holding.has(row.import)) holding.set(row.import, new Map());
        add(holding.get(row.import)!, row.modality, row.values);
      }
      yield { rows: 0, fraction: from + (to - from) / 2 };
    }
    const coverage = [...homes]
      .map(([id, home]) => ({ import: id, ...home }))
      .sort((one, other) => other.import - one.import);
    return { coverage, parts, present, holding };
  }

  /** Runs of a table's ids, a slice each: above `after` up to `last`. @param limit of the next run */
  function* ranges(
    table: string,
    id: string,
    limit: () => number,
  ): Generator<{ after: number; last: number }> {
    for (let after = 0; ; ) {
      const { last } = database.get<{ last: number | null }>(
        `select max(id) last from (select distinct ${id} id from ${table} where ${id} > :after order by ${id} limit :limit)`,
        { after, limit: limit() },
      )!;
      if (last === null) return;
      yield { after, last };
      after = last;
    }
  }

  /** Takes back what was written of a generation that never became the present. */
  function* takeBack(next: number): Slices<void> {
    const tables = ['holding', 'presence', 'measurements', 'reconstructions'];
    const length = pace(...partsAtOnce.changed);
    const takeBackOf = (range: { after: number; last: number }) => {
      for (const table of tables) {
        const own = `part > :after and part <= :last`;
        if (table === 'holding' || table === 'presence')
          database.run(`delete from ${table} where ${own} and since = :next`, { ...range, next });
        database.run(`update ${table} set until = null where ${own} and until = :next`, { ...range, next });
      }
    };
    for (const range of ranges('parts', 'id', () => length.items))
      yield slice(0, () => takeBackOf(range), length);
    yield* sweep([(limit) => deleteRows('withdrawn_truths', 'truth', 'since = :number', next, limit)]);
    yield slice(0, () => {
      database.run('update imports set since = null where since = :next', { next });
      database.run('update imports set until = null where until = :next', { next });
      database.run('delete from decision_ends where generation = :next', { next });
      database.run('delete from generations where number = :next', { next });
    });
  }

  /** Deletes up to `limit` rows of a table, and the parts of measurements of which nothing is left. @returns how many */
  function deleteRows(table: string, key: string, condition: string, number: number, limit: number): number {
    const rows = database.all<{ part?: number }>(
      `delete from ${table} where (${key}) in (select ${key} from ${table} where ${condition} limit :limit)
       returning ${table === 'measurements' ? 'part' : '1'}`,
      { number, limit },
    );
    if (table === 'measurements' && rows.length > 0)
      database.run(
        `delete from parts where id in (select value from json_each(:ids))
         and not exists (select 1 from measurements where part = parts.id)`,
        { ids: JSON.stringify([...new Set(rows.map(({ part }) => part!))]) },
      );
    return rows.length;
  }

  /** Deletes up to `limit` rows of imports that are no more, each import last. @returns how many */
  function deleteImports(condition: string, limit: number): number {
    let deleted = 0;
    for (const { id } of database.all<{ id: number }>(`select id from imports where ${condition}`)) {
      const own = 'import = :number';
      deleted += deleteRows('measurements', 'part, modality, import', own, id, limit - deleted);
      deleted += deleteRows('import_problems', 'id', own, id, limit - deleted);
      if (deleted >= limit) break;
      database.run('delete from imports where id = :id', { id });
      deleted += 1;
    }
    return deleted;
  }

  /** What deletes rows that are past. */
  function past(): Sweeper[] {
    const until = `until <= :number`;
    const of = (table: string, key: string) => (limit: number) =>
      deleteRows(table, key, until, present(), limit);
    return [
      of('reconstructions', 'part, modality, source'),
      (limit) => sweepReconstructions(database, limit),
      of('holding', 'part, modality, since'),
      of('presence', 'part, since'),
      of('measurements', 'part, modality, import'),
      (limit) => deleteImports('until <= (select number from present)', limit),
    ];
  }

  /** Deletes, so many rows a slice. @returns how many rows there were */
  function* sweep(sweepers: readonly Sweeper[]): Slices<number> {
    let all = 0;
    const length = pace(...rowsAtOnce);
    for (let left = 0; left === 0; ) {
      const most = length.items;
      const sweepSome = () => {
        left = most;
        for (const one of sweepers) if (left > 0) left -= Math.min(left, one(left));
        if (left > 0)
          database.run(
            `delete from reconstruction_files
             where state <> 'coming' and not exists (select 1 from reconstructions where source = reconstruction_files.id)`,
          );
        all += most - left;
      };
      yield slice(1, sweepSome, length);
    }
    return all;
  }

  return {
    counted: () => counted!,
    *open() {
      const halfMade = inTheMaking();
      if (halfMade !== undefined) yield* takeBack(halfMade);
      const swept = yield* sweep([...past(), (limit) => deleteImports('since is null', limit)]);
      counted = yield* count(0, 1);
      return halfMade !== undefined || swept > 0;
    },
    *make(change, also) {
      const halfMade = inTheMaking();
      if (halfMade !== undefined) yield* takeBack(halfMade);
      const next = present() + 1;
      const { last } = database.get<{ last: number }>('select coalesce(max(id), 0) last from parts')!;
      const files = database.get<{ last: number }>(
        'select coalesce(max(id), 0) last from reconstruction_files',
      )!;
      const begin = () => {
        database.run('insert into generations (number) values (:next)', { next });
        change.begin?.(next);
      };
      let hasBegun = false;
      const length = pace(...partsAtOnce.changed);
      for (const ids of partPages(change.parts, () => length.items)) {
        const list = JSON.stringify(ids);
        const changeSome = () => {
          if (!hasBegun) begin();
          hasBegun = true;
          const only = change.slice?.(list, next);
          if (only === undefined) writeNext(list, next);
          else writeFirst(list, next, only);
        };
        yield slice((shares.written * ids.at(-1)!) / last, changeSome, length);
      }
      if (!hasBegun) yield slice(0, begin);
      const counts = yield* count(shares.written, shares.counted);
      const before = counted;
      let done: ReturnType<typeof change.done> | undefined;
      try {
        yield slice(shares.counted, () => {
          change.end?.(next);
          // The log's entry of the change itself is later than what it ends.
          database.run(
            'update generations set entry = (select coalesce(max(id), 0) from log) where number = :next',
            { next },
          );
          database.run('delete from data_view');
          // Reconstructions that were made meanwhile rest on data that are past.
          database.run("update reconstruction_files set state = 'past' where id > :last", files);
          counted = counts;
          done = change.done();
          also(done);
        });
      } catch (thrown) {
        counted = before;
        throw thrown;
      }
      yield* sweep(past());
      return done!;
    },
  };
}

/**
 * Lets what was decided on reconstructions of some parts hold no more, from the generation `next` on.
 * @param parts query of their ids @param given its parameters, and `next`
 */
export function endDecisions(database: StoreDatabase, parts: string, given: Row): void {
  database.run(
    `insert into decision_ends (part_name, generation)
     select name, :next from parts where id in (${parts})
       and exists (select 1 from decisions where part_name = parts.name)`,
    given,
  );
}
