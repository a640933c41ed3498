import type { PartValue } from '../../training/kinds/reading.ts';
import type { PartsView } from '../../training/learning/parts-view.ts';
import {
  allParts,
  type CoverageRow,
  type DataChanges,
  endDecisions,
  type PartsAfter,
  partPages,
} from './data-changes.ts';
import type { StoreDatabase } from './database.ts';
import { atOnce, type Slices } from './slices.ts';
import { type StoredValue, valueIn } from './stored-value.ts';
import { withdrawTruths } from './truths.ts';

/** What was measured of one modality of a part: an image file, values in their unit, or words. */
export type Measurement = PartValue;

export interface Part {
  readonly id: number;
  readonly name: string;
}

/** Where the model's values of a measurement lie. */
interface ValuePlace {
  readonly import: number;
  /** SHA-256 of the import's tensors. */
  readonly file: string;
  /** Row in it. */
  readonly position: number;
}

/** What one import said of a measurement of a part; a null value: that it is measured no more. */
export interface Layer {
  readonly modality: string;
  readonly import: number;
  readonly at: string;
  /** Row of the import's table, and that table where there are several. */
  readonly row: number;
  readonly table: string | null;
  readonly value: Measurement | null;
  /** Whether it is what holds now. */
  readonly holds: boolean;
}

/** Which parts a list shows. */
export interface PartFilter {
  /** In the name, whatever the case; of fewer than three characters: at its beginning. */
  readonly text: string;
  /** Only those that lack this modality. */
  readonly lacks?: string | undefined;
  /** Only those that came with this import first. */
  readonly import?: number | undefined;
}

interface ListedPart extends Part {
  readonly import: number;
  readonly modalities: readonly string[];
}

/** What is deleted: all of some parts, or some modalities of them. */
export interface Deletion {
  /** Undefined: of all parts. */
  readonly parts?: readonly number[] | undefined;
  /** Undefined: everything, and the parts with it. */
  readonly modalities?: readonly string[] | undefined;
}

/** Rows of an import's file whose values are to be erased. */
interface ErasedRows {
  readonly import: number;
  readonly file: string;
  readonly modality: string;
  readonly rows: readonly number[];
  /** What the import says that stays, all modalities together. */
  readonly left: number;
}

/** The parts that something is measured of, and what holds of them. */
export interface Parts {
  get(id: number): Part | undefined;
  find(name: string): Part | undefined;
  /** Names of all parts. */
  names(): string[];
  /** What holds, by modality. */
  measurements(part: number): ReadonlyMap<string, Measurement>;
  /** Where the values that hold lie. */
  place(part: number, modality: string): ValuePlace | undefined;
  /** What every import says of a part, newest first. */
  layers(part: number): Layer[];
  /** What holds of parts, by their names; none of a name that is not known. */
  heldOf(names: readonly string[]): ReadonlyMap<string, ReadonlySet<string>>;
  /** Parts in all, and those that hold each modality. The same object until something changes. */
  counts(): { readonly parts: number; readonly present: ReadonlyMap<string, number> };
  coverage(): readonly CoverageRow[];
  /** A page of parts: by name, or as they came where three characters or more are looked for. */
  list(filter: PartFilter, limit: number, after?: string): { parts: ListedPart[]; next: string | null };
  /** Ids of the parts, in the order of their rows in the view. */
  byRow(): number[];
  /** The same, some at a time. */
  rows(): Slices<number[]>;
  /** All parts in that order, some at a time. */
  pages(): Iterable<readonly Part[]>;
  /** Where all that holds lies. @param pathOf a file, relative to the folder of the view */
  view(pathOf: (sha256: string) => string): Slices<PartsView>;
  /** The file of the view of what holds now, as it was kept. */
  viewFile(): string | undefined;
  keepViewFile(file: string): void;
  /**
   * Some parts after one, in the order of the rows in the view, with what holds of them as JSON by modality; of lists of numbers,
   * which are in the view, empty ones.
   */
  records(
    after: number,
    limit: number,
  ): { readonly id: number; readonly name: string; readonly values: string }[];
  /** What the parts hold of one modality. */
  values(modality: string): Measurement[];
  /** Values that a deletion is about, whether they hold or are covered, where their files hold them. */
  erased(deletion: Deletion): Slices<ErasedRows[]>;
  /**
   * Deletes measurements with all that lies beneath them, so that nothing comes back; truths of them count no more. Parts of
   * which nothing is left go, and imports.
   * @param also called in the transaction from which on they are gone
   */
  remove(deletion: Deletion, also?: (removed: Removed) => void): Slices<Removed>;
}

/** What a deletion did. */
export interface Removed {
  /** Parts of which nothing is left. */
  readonly parts: number;
  /** Names of the parts that something was deleted of. */
  readonly names: readonly string[];
  /** Values that held, by modality. */
  readonly values: ReadonlyMap<string, number>;
  /** Truths that count no more. */
  readonly truths: number;
}

/** Parts that are looked at at once. */
const partsAtOnce = 1000;
/** Ids and names alone. */
const listedAtOnce = 5000;

export function partsIn(database: StoreDatabase, changes: DataChanges): Parts {
  /** Ids of a deletion's parts, as a change asks for them. */
  function partsOf({ parts }: Deletion): PartsAfter {
    if (parts === undefined) return allParts(database);
    const ids = [...new Set(parts)].sort((one, other) => one - other);
    let [next, given] = [0, 0];
    return (after, limit) => {
      if (after < given) next = 0;
      while (next < ids.length && ids[next]! <= after) next++;
      given = after;
      return ids.slice(next, next + limit);
    };
  }

  /** A deletion's modalities, as a condition on a table and its parameters. */
  function scope({ modalities }: Deletion, table: string) {
    return modalities === undefined
      ? { kinds: '', parameters: {} }
      : {
          kinds: `and ${table}.modality in (select value from json_each(:modalities))`,
          parameters: { modalities: JSON.stringify(modalities) },
        };
  }

  /** All parts in the order of their ids, some at a time. */
  function* pages(): Generator<readonly Part[]> {
    for (let after = 0; ; ) {
      const some = database.all<Part>(
        'select id, name from held_parts where id > :after order by id limit :limit',
        { after, limit: listedAtOnce },
      );
      yield some;
      if (some.length < listedAtOnce) return;
      after = some.at(-1)!.id;
    }
  }

  /** Ids as a view counts its rows. */
  function* rows(): Slices<number[]> {
    const ids: number[] = [];
    for (const some of pages()) {
      for (const { id } of some) ids.push(id);
      yield { rows: 0, fraction: 0 };
    }
    return ids;
  }

  return {
    get: (id) => database.get<Part>('select id, name from held_parts where id = :id', { id }),
    names: () => database.all<{ name: string }>('select name from held_parts').map(({ name }) => name),
    find: (name) =>
      database.get<Part>(
        `select id, name from parts where name = :name
         and exists (select 1 from held_parts where held_parts.id = parts.id)`,
        { name },
      ),
    measurements: (part) => {
      const rows = database.all<{ modality: string; value: StoredValue }>(
        'select modality, value from held_measurements where part = :part order by modality',
        { part },
      );
      return new Map(rows.map(({ modality, value }) => [modality, valueIn(value)]));
    },
    place: (part, modality) =>
      database.get<ValuePlace>(
        `select import, file, position from held_measurements join imports on imports.id = import
         where part = :part and modality = :modality`,
        { part, modality },
      ),
    layers: (part) =>
      database
        .all<Omit<Layer, 'value' | 'holds'> & { value: StoredValue | null; holds: number }>(
          `select modality, layers.import, at, row, import_tables.name "table", value, exists (
             select 1 from held where held.part = layers.part and held.modality = layers.modality
               and held.import = layers.import) holds
           from layers join imports on imports.id = layers.import left join import_tables on number = source
           where part = :part order by modality, layers.import desc`,
          { part },
        )
        .map(({ value, holds, ...layer }) => ({
          ...layer,
          value: value === null ? null : valueIn(value),
          holds: holds === 1,
        })),
    heldOf: (names) => {
      const rows = database.all<{ name: string; modality: string }>(
        `select name, modality from parts join held on part = parts.id
         where name in (select value from json_each(:names))`,
        { names: JSON.stringify(names) },
      );
      const held = new Map<string, Set<string>>();
      for (const { name, modality } of rows) held.set(name, (held.get(name) ?? new Set()).add(modality));
      return held;
    },
    counts: () => changes.counted(),
    coverage: () => changes.counted().coverage,
    list: (filter, limit, after) => {
      const { sql, parameters, cursor } = listing(filter, after);
      const rows = database.all<ListedRow>(`${sql} limit :limit`, { ...parameters, limit: limit + 1 });
      const shown = rows.slice(0, limit);
      const page = shown.map(({ modalities, place: _, ...part }) => ({
        ...part,
        modalities: (JSON.parse(modalities ?? '[]') as string[]).sort(),
      }));
      return { parts: page, next: rows.length > limit ? String(shown.at(-1)![cursor]) : null };
    },
    byRow: () => atOnce(rows()),
    rows,
    pages,
    *view(pathOf) {
      const files = database.all<{ id: number; file: string }>(
        'select id, file from imports where id in (select value from json_each(:ids)) order by id',
        { ids: JSON.stringify([...changes.counted().holding.keys()]) },
      );
      const fileOf = new Map(files.map(({ id }, index) => [id, index]));
      const runs: Record<string, Runs> = {};
      let count = 0;
      for (let after = 0; ; ) {
        const parts = database.all<{ id: number }>(
          'select id from held_parts where id > :after order by id limit :limit',
          { after, limit: partsAtOnce },
        );
        if (parts.length === 0) break;
        const last = parts.at(-1)!.id;
        const places = database.all<{ part: number; modality: string; import: number; position: number }>(
          `select part, modality, import, position from held_measurements
           where part > :after and part <= :last order by part, modality`,
          { after, last },
        );
        const ids = parts.map(({ id }) => id);
        for (const [modality, own] of Map.groupBy(places, (place) => place.modality)) {
          runs[modality] ??= count === 0 ? [] : [[-1, 0, count]];
          addRuns(
            runs[modality],
            ids,
            own.map((place) => ({ ...place, file: fileOf.get(place.import)! })),
          );
        }
        const without = Object.keys(runs).filter((name) => !places.some(({ modality }) => modality === name));
        for (const name of without) addRuns(runs[name]!, ids, []);
        count += parts.length;
        after = last;
        yield { rows: 0, fraction: 0 };
      }
      return {
        format: 'fedrecon-view/1',
        count,
        files: files.map(({ file }) => pathOf(file)),
        modalities: runs,
      };
    },
    viewFile: () => database.get<{ file: string }>('select file from data_view')?.file,
    keepViewFile: (file) => {
      database.run('insert or replace into data_view (one, file) values (1, :file)', { file });
    },
    records: (after, limit) =>
      database.all<{ id: number; name: string; values: string }>(
        `select id, name, (
           select json_group_object(modality, iif(typeof(value) = 'blob', json('[]'), json(value)))
           from held_measurements where part = held_parts.id) "values"
         from held_parts where id > :after order by id limit :limit`,
        { after, limit },
      ),
    values: (modality) =>
      database
        .all<{ value: StoredValue }>('select value from held_measurements where modality = :modality', {
          modality,
        })
        .map(({ value }) => valueIn(value)),
    *erased(deletion) {
      const { kinds, parameters } = scope(deletion, 'measurements');
      const byPlace = new Map<string, { import: number; modality: string; rows: number[] }>();
      const going = new Map<number, number>();
      for (const ids of partPages(partsOf(deletion), () => partsAtOnce)) {
        const rows = database.all<{ import: number; modality: string; position: number | null }>(
          `select import, modality, position from json_each(:ids) ids cross join measurements on part = ids.value
           where until is null ${kinds}`,
          { ...parameters, ids: JSON.stringify(ids) },
        );
        for (const { import: id, modality, position } of rows) {
          going.set(id, (going.get(id) ?? 0) + 1);
          if (position === null) continue;
          const key = `${id}/${modality}`;
          const place = byPlace.get(key) ?? { import: id, modality, rows: [] };
          byPlace.set(key, place);
          place.rows.push(position);
        }
        yield { rows: 0, fraction: 0 };
      }
      const left = new Map<number, { file: string; left: number }>();
      for (const [id, gone] of going) {
        const found = database.get<{ file: string; all: number }>(
          `select file, (select count(*) from measurements where import = :id and until is null) "all"
           from imports where id = :id`,
          { id },
        )!;
        left.set(id, { file: found.file, left: found.all - gone });
        yield { rows: 0, fraction: 0 };
      }
      return [...byPlace.values()]
        .map((place) => ({ ...place, ...left.get(place.import)! }))
        .sort((one, other) => one.import - other.import || (one.modality < other.modality ? -1 : 1));
    },
    remove: (deletion, also = () => {}) => {
      const names: string[] = [];
      const values = new Map<string, number>();
      let truths = 0;
      const before = changes.counted().parts;
      const held = scope(deletion, 'holding');
      const own = scope(deletion, 'measurements');
      return changes.make<Removed>(
        {
          parts: partsOf(deletion),
          slice: (ids, next) => {
            const rows = database.all<{ name: string; modality: string }>(
              `select name, modality from json_each(:ids) ids cross join holding on part = ids.value
                 join parts on parts.id = part
               where until is null ${held.kinds}`,
              { ...held.parameters, ids },
            );
            for (const { name, modality } of rows) {
              if (names.at(-1) !== name) names.push(name);
              values.set(modality, (values.get(modality) ?? 0) + 1);
            }
            const measured = `from measurements where part in (select value from json_each(:ids))
              and until is null ${own.kinds}`;
            const given = { ...own.parameters, ids };
            endDecisions(database, `select part ${measured}`, { ...given, next });
            truths += withdrawTruths(database, { ids, next, modalities: deletion.modalities });
            database.run(
              `update measurements set until = :next where part in (select value from json_each(:ids))
               and until is null ${own.kinds}`,
              { ...given, next },
            );
            return undefined;
          },
          end: (next) => {
            database.run(
              `update imports set until = :next where since is not null and until is null and not exists (
                 select 1 from measurements where import = imports.id and until is null)`,
              { next },
            );
          },
          done: () => ({ parts: before - changes.counted().parts, names, values, truths }),
        },
        also,
      );
    },
  };
}

type ListedRow = Omit<ListedPart, 'modalities'> & {
  readonly modalities: string | null;
  readonly place: string;
};

/** The query of a page, and what its last part is found again by. */
function listing({ text, lacks, import: home }: PartFilter, after: string | undefined) {
  const conditions = ['true'];
  const parameters: Record<string, string | number> = {};
  if (home !== undefined) {
    conditions.push('held_parts.import = :home');
    parameters.home = home;
  }
  if (lacks !== undefined) {
    conditions.push('not exists (select 1 from held where part = held_parts.id and modality = :lacks)');
    parameters.lacks = lacks;
  }
  // The index of trigrams finds three characters anywhere; fewer are looked for where the index of names finds them.
  const anywhere = [...text].length >= 3;
  if (anywhere) {
    conditions.push('part_names.name match :text');
    parameters.text = `"${text.replaceAll('"', '""')}"`;
  } else if (text !== '') {
    conditions.push('held_parts.name collate nocase >= :text', 'held_parts.name collate nocase < :end');
    parameters.text = text;
    parameters.end = `${text}\u{10ffff}`;
  }
  if (after !== undefined) {
    conditions.push(
      anywhere
        ? 'part_names.rowid > :after'
        : '(held_parts.name collate nocase, held_parts.id) > (:after, :id)',
    );
    if (anywhere) parameters.after = Number(after);
    else {
      const [, id, name] = /^(\d+) (.*)$/su.exec(after) ?? [];
      parameters.after = name ?? '';
      parameters.id = Number(id ?? 0);
    }
  }
  return {
    sql: `select held_parts.id, held_parts.name, held_parts.import, held_parts.id || ' ' || held_parts.name place,
            (select json_group_array(modality) from held where part = held_parts.id) modalities
          from held_parts ${anywhere ? 'join part_names on part_names.rowid = held_parts.id' : ''}
          where ${conditions.join(' and ')}
          order by ${anywhere ? 'part_names.rowid' : 'held_parts.name collate nocase, held_parts.id'}`,
    parameters,
    cursor: anywhere ? ('id' as const) : ('place' as const),
  };
}

type Runs = [file: number, first: number, rows: number][];

/** Adds rows that follow each other in one file as runs; both lists are in the order of the parts. */
function addRuns(
  runs: Runs,
  parts: readonly number[],
  places: readonly { readonly part: number; readonly file: number; readonly position: number }[],
): void {
  let next = 0;
  for (const part of parts) {
    const place = places[next]?.part === part ? places[next++] : undefined;
    const [file, position] = place ? [place.file, place.position] : [-1, 0];
    const last = runs.at(-1);
    if (last && last[0] === file && (file === -1 || last[1] + last[2] === position)) last[2]++;
    else runs.push([file, position, 1]);
  }
}
