import type { OwnTruths } from '../../training/confidence/adaptive.ts';
import type { Verdict } from '../../training/confidence/verdict.ts';
import type { StoreDatabase } from './database.ts';
import { type Assessment, readAssessment } from './reconstructions.ts';

/** Part that was measured after it had been reconstructed, with the promises made for it until then. */
export interface ArrivedTruth {
  readonly at: string;
  readonly planHash: string;
  readonly partName: string;
  readonly modality: string;
  readonly modelVersion: number;
  /** Logarithm of the reconstruction's error. */
  readonly logError: number;
  /** Route and its promises; all null where nobody calibrated the route. */
  readonly route: string | null;
  readonly expected: number | null;
  readonly deviation: number | null;
  readonly tolerance: number | null;
  readonly verdict: Verdict | null;
  /** Confidence that was shown; null as well where the part was like nothing known. */
  readonly confidence: number | null;
  /** Share of its values outside the interval on show; null where there was none. */
  readonly missed: number | null;
  /** Factor by which the route's intervals are wider than calibrated from then on. */
  readonly widening: number | null;
  /** The import that brought the measurement; null of one that nobody can take back. */
  readonly import: number | null;
}

/** Reconstruction on show of a part and modality that a new data set holds the measurement of. */
export interface Arriving extends Pick<ArrivedTruth, 'partName' | 'modality' | 'modelVersion'> {
  /** Row of the measurement in the data set's file. */
  readonly row: number;
  /** SHA-256 of the reconstruction's tensors, and its row there. */
  readonly file: string;
  readonly position: number;
  readonly assessment?: Assessment | undefined;
}

/** Truths: measurements of parts after they had been reconstructed; only ever added to. */
export interface Truths {
  /** Reconstructions whose measurement an import that is not yet in use holds, in its order; no part a second time. */
  arriving(arriving: number): Arriving[];
  add(truths: readonly ArrivedTruth[]): void;
  /** Number of a route's truths, its widening, and the surprises of the newest `limit`. */
  own(planHash: string, route: string, limit: number): OwnTruths;
  /** Modalities of which a truth arrived. */
  modalities(planHash: string): string[];
  /** The newest `limit` truths of a modality, oldest first. */
  newest(planHash: string, modality: string, limit: number): ArrivedTruth[];
  /** Number that grows with every truth, and with every one that is withdrawn. */
  count(): number;
}

const columns = `at, plan_hash "planHash", part_name "partName", modality, model_version "modelVersion", log_error "logError",
  route, expected, deviation, tolerance, verdict, confidence, missed, widening, import`;

export function truthsIn(database: StoreDatabase): Truths {
  return {
    arriving: (arriving) =>
      database
        .all<Omit<Arriving, 'assessment'> & { assessment: string | null }>(
          `select parts.name "partName", new.position "row", made.modality, made.position, assessment,
                  model_version "modelVersion", files.file
           from measurements new
             join imports on imports.id = new.import
             join parts on parts.id = new.part
             join shown_reconstructions made on made.part = new.part and made.modality = new.modality
             join reconstruction_files files on files.id = made.source and files.plan_hash = imports.plan_hash
           where new.import = :arriving and new.value is not null and not exists (
             select 1 from standing_truths known where known.plan_hash = imports.plan_hash
               and known.modality = made.modality and known.part_name = parts.name)
           order by new.position, made.modality`,
          { arriving },
        )
        .map((row) => ({ ...row, assessment: readAssessment(row.assessment) })),
    add: (truths) =>
      database.transaction(() => {
        for (const truth of truths)
          database.run(
            `insert into truths (at, plan_hash, part_name, modality, model_version, log_error, route, expected, deviation,
                                 tolerance, verdict, confidence, missed, widening, import)
             values (:at, :planHash, :partName, :modality, :modelVersion, :logError, :route, :expected, :deviation,
                     :tolerance, :verdict, :confidence, :missed, :widening, :import)`,
            { ...truth },
          );
      }),
    own: (planHash, route, limit) => {
      const { parts, widening } = database.get<{ parts: number; widening: number }>(
        `select count(*) parts, coalesce((select widening from standing_truths where plan_hash = :planHash and route = :route
                                            and widening is not null order by id desc limit 1), 1) widening
         from standing_truths where plan_hash = :planHash and route = :route`,
        { planHash, route },
      )!;
      const surprises = database
        .all<{ surprise: number }>(
          `select (log_error - expected) / deviation surprise from standing_truths
           where plan_hash = :planHash and route = :route and confidence is not null order by id desc limit :limit`,
          { planHash, route, limit },
        )
        .map(({ surprise }) => surprise);
      return { parts, widening, surprises };
    },
    modalities: (planHash) =>
      database
        .all<{ modality: string }>(
          'select distinct modality from standing_truths where plan_hash = :planHash order by modality',
          { planHash },
        )
        .map(({ modality }) => modality),
    newest: (planHash, modality, limit) =>
      database
        .all<ArrivedTruth>(
          `select ${columns} from standing_truths where plan_hash = :planHash and modality = :modality order by id desc limit :limit`,
          { planHash, modality, limit },
        )
        .reverse(),
    count: () =>
      database.get<{ count: number }>(
        `select (select coalesce(max(id), 0) from truths)
           + (select count(*) from withdrawn_truths where since <= (select number from present)) "count"`,
      )!.count,
  };
}

/**
 * Lets truths of some parts count no more, from the generation `next` on: those of some modalities, or whose measurement an
 * import brought.
 * @param ids of the parts, as a JSON list
 * @returns how many
 */
export function withdrawTruths(
  database: StoreDatabase,
  {
    ids,
    next,
    ...of
  }: {
    readonly ids: string;
    readonly next: number;
    readonly import?: number;
    readonly modalities?: readonly string[] | undefined;
  },
): number {
  const [condition, parameters] =
    of.import !== undefined
      ? ['and +truths.import = :import', { import: of.import }]
      : of.modalities
        ? [
            'and modality in (select value from json_each(:modalities))',
            { modalities: JSON.stringify(of.modalities) },
          ]
        : ['', {}];
  return database.all(
    `insert or ignore into withdrawn_truths (truth, at, since)
     select truths.id, :at, :next from json_each(:ids) ids cross join parts on parts.id = ids.value
       cross join truths on truths.part_name = parts.name
     where true ${condition} returning 1`,
    { ...parameters, ids, next, at: new Date().toISOString() },
  ).length;
}
