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
  /** Reconstructions whose measurement a data set that is not yet in use holds, in its order; no part a second time. */
  arriving(dataset: number): Arriving[];
  add(truths: readonly ArrivedTruth[]): void;
  /** Number of a route's truths, its widening, and the surprises of the newest `limit`. */
  own(planHash: string, route: string, limit: number): OwnTruths;
  /** Modalities of which a truth arrived. */
  modalities(planHash: string): string[];
  /** The newest `limit` truths of a modality, oldest first. */
  newest(planHash: string, modality: string, limit: number): ArrivedTruth[];
  /** Number that grows with every truth. */
  count(): number;
}

const columns = `at, plan_hash "planHash", part_name "partName", modality, model_version "modelVersion", log_error "logError",
  route, expected, deviation, tolerance, verdict, confidence, missed, widening`;

export function truthsIn(database: StoreDatabase): Truths {
  return {
    arriving: (dataset) =>
      database
        .all<Omit<Arriving, 'assessment'> & { assessment: string | null }>(
          `select new.name "partName", new.position "row", made.modality, made.position, assessment,
                  model_version "modelVersion", files.file
           from parts new
             join datasets on datasets.id = new.dataset
             join parts old on old.name = new.name and old.dataset <> new.dataset
             join reconstructions made on made.part = old.id
             join reconstruction_files files on files.id = made.source and files.plan_hash = datasets.plan_hash
             join measurements on measurements.part = new.id and measurements.modality = made.modality
           where new.dataset = :dataset and not exists (
             select 1 from truths where truths.plan_hash = datasets.plan_hash
               and truths.modality = made.modality and part_name = new.name)
           order by new.position, made.modality`,
          { dataset },
        )
        .map((row) => ({ ...row, assessment: readAssessment(row.assessment) })),
    add: (truths) =>
      database.transaction(() => {
        for (const truth of truths)
          database.run(
            `insert into truths (at, plan_hash, part_name, modality, model_version, log_error, route, expected, deviation,
                                 tolerance, verdict, confidence, missed, widening)
             values (:at, :planHash, :partName, :modality, :modelVersion, :logError, :route, :expected, :deviation,
                     :tolerance, :verdict, :confidence, :missed, :widening)`,
            { ...truth },
          );
      }),
    own: (planHash, route, limit) => {
      const { parts, widening } = database.get<{ parts: number; widening: number }>(
        `select count(*) parts, coalesce((select widening from truths where plan_hash = :planHash and route = :route
                                            and widening is not null order by id desc limit 1), 1) widening
         from truths where plan_hash = :planHash and route = :route`,
        { planHash, route },
      )!;
      const surprises = database
        .all<{ surprise: number }>(
          `select (log_error - expected) / deviation surprise from truths
           where plan_hash = :planHash and route = :route and confidence is not null order by id desc limit :limit`,
          { planHash, route, limit },
        )
        .map(({ surprise }) => surprise);
      return { parts, widening, surprises };
    },
    modalities: (planHash) =>
      database
        .all<{ modality: string }>(
          'select distinct modality from truths where plan_hash = :planHash order by modality',
          { planHash },
        )
        .map(({ modality }) => modality),
    newest: (planHash, modality, limit) =>
      database
        .all<ArrivedTruth>(
          `select ${columns} from truths where plan_hash = :planHash and modality = :modality order by id desc limit :limit`,
          { planHash, modality, limit },
        )
        .reverse(),
    count: () => database.get<{ count: number }>('select coalesce(max(id), 0) "count" from truths')!.count,
  };
}
