import type { PartValue } from '../../training/kinds/reading.ts';
import type { PartsView } from '../../training/learning/parts-view.ts';
import { afterChange, dropEmptyParts, endDecisions, touching } from './data-changes.ts';
import type { StoreDatabase } from './database.ts';

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

/** Parts by the import that they came with first, and how many of them have each modality. */
interface CoverageRow {
  readonly import: number;
  readonly parts: number;
  readonly present: ReadonlyMap<string, number>;
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
  /** Values of the import that stay, all modalities together. */
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
  /** Where all that holds lies. @param pathOf a file, relative to the folder of the view */
  view(pathOf: (sha256: string) => string): PartsView;
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
  erased(deletion: Deletion): ErasedRows[];
  /**
   * Deletes measurements with all that lies beneath them, so that nothing comes back. Parts of which nothing is left go, and
   * imports.
   */
  remove(deletion: Deletion): {
    readonly parts: number;
    readonly values: readonly { name: string; modality: string }[];
  };
}

const everyPart = 'select id from parts';

/** @param changed called when what holds is another than before @returns also `forget`, to be called when something else changes it */
export function partsIn(database: StoreDatabase): Parts & { forget(): void } {
  const count = () => {
    const rows = database.all<{ modality: string; present: number }>(
      'select modality, count(*) present from holding group by modality',
    );
    const { parts } = database.get<{ parts: number }>('select count(*) parts from parts where held')!;
    return { parts, present: new Map(rows.map(({ modality, present }) => [modality, present])) };
  };
  const cover = (): CoverageRow[] => {
    const homes = database.all<{ import: number; parts: number }>(
      'select import, count(*) parts from parts where held group by import order by import desc',
    );
    const rows = database.all<{ import: number; modality: string; present: number }>(
      `select parts.import, modality, count(*) present from holding join parts on parts.id = part
       group by parts.import, modality`,
    );
    const byImport = Map.groupBy(rows, (row) => row.import);
    return homes.map((home) => ({
      ...home,
      present: new Map((byImport.get(home.import) ?? []).map(({ modality, present }) => [modality, present])),
    }));
  };
  /** Counting many parts takes a moment, and every snapshot asks; forgotten when the data change. */
  let counted: ReturnType<typeof count> | undefined;
  let covered: CoverageRow[] | undefined;
  const forget = () => {
    counted = undefined;
    covered = undefined;
  };

  /** The ids of a deletion's parts as SQL, and its modalities as a condition on `measurements`. */
  function scope({ parts, modalities }: Deletion) {
    return {
      ids: parts === undefined ? everyPart : 'select value from json_each(:parts)',
      kinds: modalities === undefined ? '' : 'and modality in (select value from json_each(:modalities))',
      parameters: {
        ...(parts !== undefined && { parts: JSON.stringify(parts) }),
        ...(modalities !== undefined && { modalities: JSON.stringify(modalities) }),
      },
    };
  }

  return {
    forget,
    get: (id) => database.get<Part>('select id, name from parts where id = :id and held', { id }),
    names: () => database.all<{ name: string }>('select name from parts where held').map(({ name }) => name),
    find: (name) => database.get<Part>('select id, name from parts where name = :name and held', { name }),
    measurements: (part) => {
      const rows = database.all<{ modality: string; value: string }>(
        'select modality, value from held_measurements where part = :part order by modality',
        { part },
      );
      return new Map(rows.map(({ modality, value }) => [modality, JSON.parse(value) as Measurement]));
    },
    place: (part, modality) =>
      database.get<ValuePlace>(
        `select import, file, position from held_measurements join imports on imports.id = import
         where part = :part and modality = :modality`,
        { part, modality },
      ),
    layers: (part) =>
      database
        .all<{ modality: string; import: number; at: string; value: string | null; holds: number }>(
          `select modality, import, at, value, exists (select 1 from holding where holding.part = measurements.part
                    and holding.modality = measurements.modality and holding.import = measurements.import) holds
           from measurements join imports on imports.id = import
           where part = :part and state = 'active' order by modality, import desc`,
          { part },
        )
        .map(({ value, holds, ...layer }) => ({
          ...layer,
          value: value === null ? null : (JSON.parse(value) as Measurement),
          holds: holds === 1,
        })),
    heldOf: (names) => {
      const rows = database.all<{ name: string; modality: string }>(
        `select name, modality from parts join holding on part = parts.id
         where name in (select value from json_each(:names))`,
        { names: JSON.stringify(names) },
      );
      const held = new Map<string, Set<string>>();
      for (const { name, modality } of rows) held.set(name, (held.get(name) ?? new Set()).add(modality));
      return held;
    },
    counts: () => {
      counted ??= count();
      return counted;
    },
    coverage: () => {
      covered ??= cover();
      return covered;
    },
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
    byRow: () =>
      database.all<{ id: number }>('select id from parts where held order by id').map(({ id }) => id),
    view: (pathOf) => {
      const parts = database.all<{ id: number }>('select id from parts where held order by id');
      const places = database.all<{ part: number; modality: string; import: number; position: number }>(
        'select part, modality, import, position from held_measurements order by part, modality',
      );
      const files = database.all<{ id: number; file: string }>(
        `select id, file from imports where id in (select import from holding) order by id`,
      );
      const fileOf = new Map(files.map(({ id }, index) => [id, index]));
      return {
        format: 'fedrecon-view/1',
        count: parts.length,
        files: files.map(({ file }) => pathOf(file)),
        modalities: Object.fromEntries(
          [...Map.groupBy(places, ({ modality }) => modality)].map(([modality, own]) => [
            modality,
            runsOf(
              parts.map(({ id }) => id),
              own.map((place) => ({ ...place, file: fileOf.get(place.import)! })),
            ),
          ]),
        ),
      };
    },
    viewFile: () => database.get<{ file: string }>('select file from data_view')?.file,
    keepViewFile: (file) => {
      database.run('insert or replace into data_view (one, file) values (1, :file)', { file });
    },
    records: (after, limit) =>
      database.all<{ id: number; name: string; values: string }>(
        `select id, name, (
           select json_group_object(modality, iif(json_type(value) = 'array', json('[]'), json(value)))
           from held_measurements where part = parts.id) "values"
         from parts where held and id > :after order by id limit :limit`,
        { after, limit },
      ),
    values: (modality) =>
      database
        .all<{ value: string }>('select value from held_measurements where modality = :modality', {
          modality,
        })
        .map(({ value }) => JSON.parse(value) as Measurement),
    erased: (deletion) => {
      const { ids, kinds, parameters } = scope(deletion);
      const rows = database.all<{ import: number; file: string; modality: string; position: number }>(
        `select import, file, modality, position from measurements join imports on imports.id = import
         where part in (${ids}) ${kinds} and position is not null order by import, modality, position`,
        parameters,
      );
      const byPlace = Map.groupBy(rows, (row) => `${row.import}/${row.modality}`);
      const going = new Map<number, number>();
      for (const row of rows) going.set(row.import, (going.get(row.import) ?? 0) + 1);
      const left = (id: number) =>
        database.get<{ all: number }>(
          'select count(*) "all" from measurements where import = :id and position is not null',
          { id },
        )!.all - going.get(id)!;
      return [...byPlace.values()].map((own) => ({
        ...{ import: own[0]!.import, file: own[0]!.file, modality: own[0]!.modality },
        rows: own.map(({ position }) => position),
        left: left(own[0]!.import),
      }));
    },
    remove: (deletion) =>
      database.transaction(() => {
        const { ids, kinds, parameters } = scope(deletion);
        const values = database.all<{ part: number; name: string; modality: string }>(
          `select part, name, modality from holding join parts on parts.id = part
           where part in (${ids}) ${kinds}`,
          parameters,
        );
        const touched = database.all<{ part: number }>(
          `select distinct part from measurements where part in (${ids}) ${kinds}`,
          parameters,
        );
        const before = database.get<{ parts: number }>('select count(*) parts from parts where held')!.parts;
        for (const table of ['holding', 'measurements'])
          database.run(`delete from ${table} where part in (${ids}) ${kinds}`, parameters);
        const which = { ids: JSON.stringify(touched.map(({ part }) => part)) };
        const changed = touching('select value from json_each(:ids)', which);
        endDecisions(database, changed);
        // The import that they came with may have nothing left.
        database.run(`update parts set import = null where id in (${changed.sql})`, which);
        afterChange(database, changed);
        dropEmptyParts(database);
        database.run(
          `delete from imports where state = 'active' and id not in (select import from measurements)`,
        );
        forget();
        const after = database.get<{ parts: number }>('select count(*) parts from parts where held')!.parts;
        return { parts: before - after, values: values.map(({ name, modality }) => ({ name, modality })) };
      }),
  };
}

type ListedRow = Omit<ListedPart, 'modalities'> & {
  readonly modalities: string | null;
  readonly place: string;
};

/** The query of a page, and what its last part is found again by. */
function listing({ text, lacks, import: home }: PartFilter, after: string | undefined) {
  const conditions = ['parts.held'];
  const parameters: Record<string, string | number> = {};
  if (home !== undefined) {
    conditions.push('parts.import = :home');
    parameters.home = home;
  }
  if (lacks !== undefined) {
    conditions.push('not exists (select 1 from holding where part = parts.id and modality = :lacks)');
    parameters.lacks = lacks;
  }
  // The index of trigrams finds three characters anywhere; fewer are looked for where the index of names finds them.
  const anywhere = [...text].length >= 3;
  if (anywhere) {
    conditions.push('part_names.name match :text');
    parameters.text = `"${text.replaceAll('"', '""')}"`;
  } else if (text !== '') {
    conditions.push('parts.name collate nocase >= :text', 'parts.name collate nocase < :end');
    parameters.text = text;
    parameters.end = `${text}\u{10ffff}`;
  }
  if (after !== undefined) {
    conditions.push(
      anywhere ? 'part_names.rowid > :after' : '(parts.name collate nocase, parts.id) > (:after, :id)',
    );
    if (anywhere) parameters.after = Number(after);
    else {
      const [, id, name] = /^(\d+) (.*)$/su.exec(after) ?? [];
      parameters.after = name ?? '';
      parameters.id = Number(id ?? 0);
    }
  }
  return {
    sql: `select parts.id, parts.name, parts.import, parts.id || ' ' || parts.name place,
            (select json_group_array(modality) from holding where part = parts.id) modalities
          from parts ${anywhere ? 'join part_names on part_names.rowid = parts.id' : ''}
          where ${conditions.join(' and ')}
          order by ${anywhere ? 'part_names.rowid' : 'parts.name collate nocase, parts.id'}`,
    parameters,
    cursor: anywhere ? ('id' as const) : ('place' as const),
  };
}

/** Rows that follow each other in one file as runs; both lists are in the order of the parts. */
function runsOf(
  parts: readonly number[],
  places: readonly { readonly part: number; readonly file: number; readonly position: number }[],
): PartsView['modalities'][string] {
  const runs: [number, number, number][] = [];
  let next = 0;
  for (const part of parts) {
    const place = places[next]?.part === part ? places[next++] : undefined;
    const [file, position] = place ? [place.file, place.position] : [-1, 0];
    const last = runs.at(-1);
    if (last && last[0] === file && (file === -1 || last[1] + last[2] === position)) last[2]++;
    else runs.push([file, position, 1]);
  }
  return runs;
}
