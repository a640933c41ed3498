import type { Feature } from '../../protocol/calibration/features.ts';
import { documentHash } from '../../protocol/canonical-json.ts';
import type { QueueFilter } from '../api/queue-filter.ts';
import type { QueueCounters } from '../api/views.ts';
import type { StoreDatabase } from './database.ts';
import { filterCondition } from './filter-condition.ts';
import { sweepReconstructions } from './past-reconstructions.ts';
import { atOnce, type Slices } from './slices.ts';

/** Share of a reconstruction that rests on one measured modality. */
export interface SourceShare {
  readonly modality: string;
  readonly share: number;
  /**
   * Bridge that was needed: the modality that leads from there to the target, which no plant measured together with it.
   */
  readonly through?: string;
}

/** Features, familiarity and expected error of a reconstruction, by the calibration at plants that have the truth. */
export interface Assessment {
  /** Route such as `camera←gauge+note`, whose calibration is in the file's metadata. */
  readonly route: string;
  /** Expected logarithm of the error, and how far off that may be. */
  readonly logError: number;
  readonly deviation: number;
  /** Share of known parts that are at least as far from what was learned: by all sources, and by each alone. */
  readonly familiarity: number;
  readonly alone: Readonly<Record<string, number>>;
  /** Features that most say why it is suspected, the first first; absent where it is not, or was not asked. */
  readonly cautions?: readonly Feature[];
}

/** A file of reconstructions of one modality by one model. */
interface ReconstructionFile {
  readonly modality: string;
  readonly modelVersion: number;
  /** The plan that the model was trained by. */
  readonly planHash: string;
  /** SHA-256 of its tensors. */
  readonly file: string;
  /** Scale of the uncertainty on show: standard deviations in fractions of full scale. */
  readonly sigmaLow: number;
  readonly sigmaHigh: number;
  readonly madeAt: string;
}

export interface Reconstruction extends ReconstructionFile {
  readonly part: number;
  /** Row in the file. */
  readonly position: number;
  readonly confidence: number;
  readonly sources: readonly SourceShare[];
  /** Assessment; absent where no plant calibrated the route. */
  readonly assessment?: Assessment | undefined;
  /** Fingerprint of what made it and of its values: whoever decides, decides on it and no other. */
  readonly fingerprint: string;
}

/** Place in the queue: by rank, then by the confidence that is shown, then by part. */
export interface QueuePlace {
  readonly rank: number;
  readonly shown: number;
  readonly part: number;
}

/** A reconstruction as it is kept: its fingerprint comes of it. */
type NewRow = Pick<Reconstruction, 'part' | 'position' | 'confidence' | 'sources' | 'assessment'> & {
  /** SHA-256 of its values. */
  readonly values: string;
};

type NewFile = ReconstructionFile & { readonly rows: readonly NewRow[] };

export interface QueueRow extends QueuePlace {
  readonly name: string;
  readonly confidence: number;
  readonly assessment?: Assessment | undefined;
  /** SHA-256 of the tensors it is in. */
  readonly file: string;
  readonly fingerprint: string;
}

/** Which rows of a queue are meant. */
export interface QueueScope {
  readonly modality: string;
  /** Only those that nobody has decided on. */
  readonly undecidedOnly: boolean;
}

interface ExpiredFile extends Pick<ReconstructionFile, 'modality' | 'modelVersion' | 'file' | 'madeAt'> {
  readonly id: number;
  readonly parts: number;
}

/** Reconstructions by part and modality; a newer model's take the place of an older one's. */
export interface Reconstructions {
  /**
   * Replaces all reconstructions by those that one model made: written where nobody sees them, shown at once, those before swept;
   * each in slices.
   * @param also called in the transaction from which on they are shown
   */
  replacing(files: readonly NewFile[], also?: () => void): Slices<void>;
  /** The same in one go: for little data. */
  replace(files: readonly NewFile[]): void;
  get(part: number, modality: string): Reconstruction | undefined;
  /** Modalities that something was reconstructed in. */
  modalities(): string[];
  /** Rows of the queue of a modality, so many a slice, in the order of the parts. */
  rows(modality: string): Generator<readonly QueueRow[]>;
  /** Rows of the queue, least trusted first. */
  queue(modality: string): QueueRow[];
  /** The rows of the queue that come after a place, or before it; in the order of the queue. Without a place, the first. */
  page(
    of: QueueScope,
    limit: number,
    from?: { readonly after: QueuePlace } | { readonly before: QueuePlace },
  ): QueueRow[];
  /** Number of rows of the queue before a place. */
  before(of: QueueScope, place: QueuePlace): number;
  /** Place of a part in the queue of a modality. */
  placeOf(part: number, modality: string): QueuePlace | undefined;
  /** The places of those rows of the queue that a filter fits, in the order of the queue. */
  places(of: QueueScope, filter: QueueFilter): Slices<QueuePlace[]>;
  /** Place of a part in the queue if a filter fits its reconstruction. */
  placeIf(part: number, of: QueueScope, filter: QueueFilter): QueuePlace | undefined;
  /** Rows of some parts of the queue, in the order of the queue. */
  some(modality: string, parts: readonly number[]): QueueRow[];
  /** Parts whose reconstruction of a modality was decided on, in the order of the queue. */
  decided(modality: string): number[];
  counters(modality: string): QueueCounters;
  /** Gives rows their places in the queue. */
  setPlaces(modality: string, places: readonly QueuePlace[]): void;
  /** What the places of a modality were worked out by; undefined where they have to be worked out. */
  grounds(modality: string): string | undefined;
  /** @param haveMoved whether any place is another now */
  setGrounds(modality: string, grounds: string, haveMoved: boolean): void;
  /** Another text whenever another queue is shown, its order included; decisions do not change it. */
  revision(): string;
  /** Files that were made before a moment (RFC 3339, UTC), with the parts in them. */
  madeBefore(at: string): ExpiredFile[];
  /** Shows a file and the reconstructions in it no more. */
  remove(id: number): void;
  /** Deletes what is shown no more. */
  sweep(): Slices<void>;
  /** The model on show and how many values it made, or undefined. */
  summary(): { modelVersion: number; parts: number; at: string } | undefined;
  /** Lets go what a killed app was writing: it is swept. */
  open(): void;
}

/** Rows that a slice writes, and that one reads. */
const rowsAtOnce = { written: 250, read: 500, filtered: 400 };
const isHere = '(until is null or until > (select number from present))';
const queueColumns = 'part, parts.name, confidence, assessment, file, fingerprint, rank, shown';

export function reconstructionsIn(database: StoreDatabase): Reconstructions {
  let changes = 0;
  const known = new Map<string, unknown>();
  const present = () => database.get<{ number: number }>('select number from present')!.number;
  const revision = () => `${present()}/${changes}`;
  /** Works something out once as long as the same is shown. */
  function once<Found>(what: string, find: () => Found): Found {
    const key = `${revision()} ${what}`;
    if (!known.has(key)) {
      for (const old of known.keys()) if (!old.startsWith(`${revision()} `)) known.delete(old);
      known.set(key, find());
    }
    return known.get(key) as Found;
  }

  /** The file on show of a modality; null where nothing is. */
  const sourceOf = (modality: string) =>
    database.get<{ id: number }>(
      "select max(id) id from reconstruction_files where modality = :modality and state = 'shown'",
      { modality },
    )!.id;

  const toRow = (row: Omit<QueueRow, 'assessment'> & { assessment: string | null }): QueueRow => ({
    ...row,
    assessment: readAssessment(row.assessment),
  });

  /** A condition on the queue with its index and its parameters. */
  const scoped = ({ modality, undecidedOnly }: QueueScope) => ({
    index: undecidedOnly ? 'reconstructions_undecided' : 'reconstructions_in_queue',
    condition: `source = :source and ${isHere}${undecidedOnly ? ' and standing < 2' : ''}`,
    source: sourceOf(modality),
  });

  function write({ modality, ...file }: ReconstructionFile, source: number, rows: readonly NewRow[]): void {
    for (const { part, position, confidence, sources, assessment, values } of rows)
      database.run(
        `insert into reconstructions (part, modality, source, position, confidence, sources, assessment, fingerprint, rank, shown, standing)
         values (:part, :modality, :source, :position, :confidence, :sources, :assessment, :fingerprint, 1, :confidence, 0)`,
        {
          ...{ part, modality, source, position, confidence },
          sources: JSON.stringify(sources),
          assessment: assessment ? JSON.stringify(assessment) : null,
          fingerprint: fingerprintOf({ modality, ...file }, sources, values),
        },
      );
    database.run(
      `update reconstructions set standing = standings.standing from standings
       where reconstructions.source = :source and reconstructions.part in (select value from json_each(:parts))
         and standings.part = reconstructions.part and standings.modality = reconstructions.modality
         and standings.source = reconstructions.source and standings.standing > 0`,
      { source, parts: JSON.stringify(rows.map(({ part }) => part)) },
    );
  }

  function* sweep(): Slices<void> {
    for (let swept = 1; swept > 0; ) {
      database.transaction(() => {
        swept = sweepReconstructions(database, rowsAtOnce.written * 4);
      });
      yield { rows: swept, fraction: 1 };
    }
    database.run("delete from reconstruction_files where state = 'past'");
  }

  function* replacing(files: readonly NewFile[], also = () => {}): Slices<void> {
    const sources: number[] = [];
    for (const { rows, ...file } of files) {
      const source = database.run(
        `insert into reconstruction_files (modality, model_version, plan_hash, file, sigma_low, sigma_high, made_at, state)
         values (:modality, :modelVersion, :planHash, :file, :sigmaLow, :sigmaHigh, :madeAt, 'coming')`,
        { ...file },
      );
      sources.push(source);
      for (let first = 0; first < rows.length; first += rowsAtOnce.written) {
        const some = rows.slice(first, first + rowsAtOnce.written);
        database.transaction(() => write(file, source, some));
        yield { rows: some.length, fraction: first / rows.length };
      }
    }
    database.transaction(() => {
      const ids = JSON.stringify(sources);
      const own = 'id in (select value from json_each(:ids))';
      database.run("update reconstruction_files set state = 'past' where state = 'shown'");
      // Those that a change of the data has let go meanwhile stay past.
      database.run(`update reconstruction_files set state = 'shown' where state = 'coming' and ${own}`, {
        ids,
      });
      // What rests on data that are just being changed goes with them.
      database.run(
        `update reconstructions set until = (select number from generations where entry is null)
         where source in (select value from json_each(:ids)) and until is null
           and exists (select 1 from generations where entry is null)`,
        { ids },
      );
      database.run('delete from queue_places');
      changes++;
      also();
    });
    yield* sweep();
  }

  return {
    replacing,
    replace: (files) => database.transaction(() => atOnce(replacing(files))),
    get: (part, modality) => {
      const row = database.get<
        Omit<Reconstruction, 'sources' | 'assessment'> & { sources: string; assessment: string | null }
      >(
        `select part, made.modality, position, confidence, sources, assessment, fingerprint, model_version "modelVersion", plan_hash "planHash",
                file, sigma_low "sigmaLow", sigma_high "sigmaHigh", made_at "madeAt"
         from shown_reconstructions made join reconstruction_files on reconstruction_files.id = source
         where part = :part and made.modality = :modality`,
        { part, modality },
      );
      return (
        row && {
          ...row,
          sources: JSON.parse(row.sources) as SourceShare[],
          assessment: readAssessment(row.assessment),
        }
      );
    },
    modalities: () =>
      database
        .all<{ modality: string }>(
          `select distinct modality from reconstruction_files file where state = 'shown'
             and exists (select 1 from reconstructions where source = file.id and ${isHere}) order by modality`,
        )
        .map(({ modality }) => modality),
    *rows(modality) {
      const source = sourceOf(modality);
      for (let after = 0; ; ) {
        // In the order of the primary key: by the index of the queue each slice would sort them all.
        const rows = database.all<Parameters<typeof toRow>[0]>(
          `select ${queueColumns} from reconstructions made cross join parts on parts.id = part
             cross join reconstruction_files on reconstruction_files.id = +source
           where part > :after and made.modality = :modality and +source = :source and ${isHere}
           order by part limit :limit`,
          { after, modality, source, limit: rowsAtOnce.read },
        );
        if (rows.length > 0) yield rows.map(toRow);
        if (rows.length < rowsAtOnce.read) return;
        after = rows.at(-1)!.part;
      }
    },
    queue: (modality) => page({ modality, undecidedOnly: false }, Number.MAX_SAFE_INTEGER),
    page,
    before: (of, place) => {
      const { index, condition, source } = scoped(of);
      return database.get<{ count: number }>(
        `select count(*) "count" from reconstructions indexed by ${index}
         where ${condition} and (rank, shown, part) < (:rank, :shown, :part)`,
        { source, rank: place.rank, shown: place.shown, part: place.part },
      )!.count;
    },
    placeOf: (part, modality) =>
      database.get<QueuePlace>(
        'select rank, shown, part from shown_reconstructions where part = :part and modality = :modality',
        { part, modality },
      ),
    *places(of, filter) {
      const { index, condition, source } = scoped(of);
      const wanted = filterCondition(filter);
      const found: QueuePlace[] = [];
      let after: QueuePlace = { rank: -1, shown: 0, part: 0 };
      for (;;) {
        // Bounded by what is looked at, not by what fits: of few that fit a slice would look at all.
        const end = database.get<QueuePlace>(
          `select rank, shown, part from reconstructions indexed by ${index}
           where ${condition} and (rank, shown, part) > (:rank, :shown, :part)
           order by rank, shown, part limit 1 offset ${rowsAtOnce.filtered - 1}`,
          { source, ...after },
        );
        found.push(
          ...database.all<QueuePlace>(
            `select rank, shown, made.part part from reconstructions made indexed by ${index} ${wanted.joins}
             where ${condition} and (rank, shown, made.part) > (:rank, :shown, :part)
               ${end ? 'and (rank, shown, made.part) <= (:endRank, :endShown, :endPart)' : ''} and ${wanted.condition}
             order by rank, shown, made.part`,
            {
              ...{ source, ...after, ...wanted.parameters },
              ...(end && { endRank: end.rank, endShown: end.shown, endPart: end.part }),
            },
          ),
        );
        if (!end) return found;
        after = end;
        yield { rows: rowsAtOnce.filtered, fraction: 0 };
      }
    },
    placeIf: (part, of, filter) => {
      const { condition, source } = scoped(of);
      const wanted = filterCondition(filter);
      return database.get<QueuePlace>(
        `select rank, shown, made.part part from reconstructions made ${wanted.joins}
         where made.part = :part and made.modality = :modality and ${condition} and ${wanted.condition}`,
        { part, modality: of.modality, source, ...wanted.parameters },
      );
    },
    some: (modality, parts) =>
      database
        .all<Parameters<typeof toRow>[0]>(
          `select ${queueColumns} from json_each(:parts) chosen
             cross join reconstructions made on part = chosen.value
             join parts on parts.id = part join reconstruction_files on reconstruction_files.id = source
           where made.modality = :modality and source = :source and ${isHere} order by rank, shown, part`,
          { parts: JSON.stringify(parts), modality, source: sourceOf(modality) },
        )
        .map(toRow),
    decided: (modality) =>
      database
        .all<{ part: number }>(
          `select part from reconstructions where source = :source and standing = 2 and ${isHere}
           order by rank, shown, part`,
          { source: sourceOf(modality) },
        )
        .map(({ part }) => part),
    counters: (modality) => {
      const source = sourceOf(modality);
      const total = once(
        `total ${modality}`,
        () =>
          database.get<{ total: number }>(
            `select count(*) total from reconstructions indexed by reconstructions_in_queue
             where source = :source and ${isHere}`,
            { source },
          )!.total,
      );
      const found = database.get<{ decided: number | null; again: number | null }>(
        `select sum(standing = 2) decided, sum(standing = 1) again
         from reconstructions indexed by reconstructions_decided
         where source = :source and standing > 0 and ${isHere}`,
        { source },
      )!;
      return { total, decided: found.decided ?? 0, again: found.again ?? 0 };
    },
    setPlaces: (modality, places) =>
      database.transaction(() => {
        const source = sourceOf(modality);
        for (const { rank, shown, part } of places)
          database.run(
            `update reconstructions set rank = :rank, shown = :shown
             where part = :part and modality = :modality and source = :source`,
            { rank, shown, part, modality, source },
          );
      }),
    grounds: (modality) =>
      database.get<{ grounds: string }>('select grounds from queue_places where modality = :modality', {
        modality,
      })?.grounds,
    setGrounds: (modality, grounds, haveMoved) => {
      database.run('insert or replace into queue_places (modality, grounds) values (:modality, :grounds)', {
        modality,
        grounds,
      });
      if (haveMoved) changes++;
    },
    revision,
    madeBefore: (at) =>
      database.all<ExpiredFile>(
        `select id, modality, model_version "modelVersion", file, made_at "madeAt",
                (select count(*) from reconstructions indexed by reconstructions_in_queue
                 where source = reconstruction_files.id and ${isHere}) parts
         from reconstruction_files where made_at < :at and state = 'shown' order by id`,
        { at },
      ),
    remove: (id) => {
      database.run("update reconstruction_files set state = 'past' where id = :id", { id });
      changes++;
    },
    sweep,
    summary: () =>
      once('summary', () => {
        // By the index of the queue alone: rows with their documents are ten times as long to read.
        const found = database.all<{ modelVersion: number; at: string; count: number }>(
          `select model_version "modelVersion", made_at at, count(*) "count"
           from reconstructions indexed by reconstructions_in_queue
             join reconstruction_files on reconstruction_files.id = source
           where source in (select id from reconstruction_files where state = 'shown') and ${isHere} group by source`,
        );
        if (found.length === 0) return undefined;
        const parts =
          found.length === 1
            ? found[0]!.count
            : database.get<{ parts: number }>(
                `select count(distinct part) parts from reconstructions indexed by reconstructions_in_queue
                 where source in (select id from reconstruction_files where state = 'shown') and ${isHere}`,
              )!.parts;
        const at = found
          .map((file) => file.at)
          .sort()
          .at(-1)!;
        return { modelVersion: Math.max(...found.map((file) => file.modelVersion)), parts, at };
      }),
    open: () => {
      database.run("update reconstruction_files set state = 'past' where state = 'coming'");
    },
  };

  function page(
    of: QueueScope,
    limit: number,
    from?: { readonly after: QueuePlace } | { readonly before: QueuePlace },
  ): QueueRow[] {
    const { index, condition, source } = scoped(of);
    const isBackwards = from !== undefined && 'before' in from;
    const place = from && ('before' in from ? from.before : from.after);
    const order = ['rank', 'shown', 'part'].map((column) => `${column}${isBackwards ? ' desc' : ''}`);
    const rows = database.all<Parameters<typeof toRow>[0]>(
      `select ${queueColumns} from reconstructions made indexed by ${index} join parts on parts.id = part
         join reconstruction_files on reconstruction_files.id = source
       where ${condition} ${place ? `and (rank, shown, part) ${isBackwards ? '<' : '>'} (:rank, :shown, :part)` : ''}
       order by ${order.join(', ')} limit :limit`,
      { source, limit, ...(place && { rank: place.rank, shown: place.shown, part: place.part }) },
    );
    const found = rows.map(toRow);
    return isBackwards ? found.reverse() : found;
  }
}

/** Fingerprint of a reconstruction: of its modality, its model and plan, what it rests on, and its values. */
function fingerprintOf(
  { modality, modelVersion, planHash }: ReconstructionFile,
  sources: readonly SourceShare[],
  values: string,
): string {
  const rests = sources.map((source) => ({ ...source }));
  return documentHash({ modality, modelVersion, planHash, sources: rests, values });
}

/** Assessment in a column `assessment`; undefined where it is null. */
export function readAssessment(text: string | null): Assessment | undefined {
  return text === null ? undefined : (JSON.parse(text) as Assessment);
}
