import type { Feature } from '../../protocol/calibration/features.ts';
import { documentHash } from '../../protocol/canonical-json.ts';
import type { StoreDatabase } from './database.ts';

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

/** A reconstruction as it is kept: its fingerprint comes of it. */
type NewRow = Pick<Reconstruction, 'part' | 'position' | 'confidence' | 'sources' | 'assessment'> & {
  /** SHA-256 of its values. */
  readonly values: string;
};

interface QueueRow {
  readonly part: number;
  readonly name: string;
  readonly confidence: number;
  readonly assessment?: Assessment | undefined;
  /** SHA-256 of the tensors it is in. */
  readonly file: string;
  readonly fingerprint: string;
}

interface ExpiredFile extends Pick<ReconstructionFile, 'modality' | 'modelVersion' | 'file' | 'madeAt'> {
  readonly id: number;
  readonly parts: number;
}

/** Reconstructions by part and modality; a newer model's take the place of an older one's. */
export interface Reconstructions {
  /** Replaces all reconstructions by those that one model made. */
  replace(
    files: readonly (ReconstructionFile & {
      readonly rows: readonly NewRow[];
    })[],
  ): void;
  get(part: number, modality: string): Reconstruction | undefined;
  /** Modalities that something was reconstructed in. */
  modalities(): string[];
  /** Rows of the queue, least trusted first. */
  queue(modality: string): QueueRow[];
  /** Files that were made before a moment (RFC 3339, UTC), with the parts in them. */
  madeBefore(at: string): ExpiredFile[];
  /** Forgets a file and the reconstructions in it. */
  remove(id: number): void;
  /** The model on show and how many values it made, or undefined. */
  summary(): { modelVersion: number; parts: number; at: string } | undefined;
}

export function reconstructionsIn(database: StoreDatabase): Reconstructions {
  return {
    replace: (files) =>
      database.transaction(() => {
        database.run('delete from reconstruction_files');
        for (const { rows, ...file } of files) {
          const source = database.run(
            `insert into reconstruction_files (modality, model_version, plan_hash, file, sigma_low, sigma_high, made_at)
             values (:modality, :modelVersion, :planHash, :file, :sigmaLow, :sigmaHigh, :madeAt)`,
            file,
          );
          for (const { part, position, confidence, sources, assessment, values } of rows)
            database.run(
              `insert into reconstructions (part, modality, source, position, confidence, sources, assessment, fingerprint)
               values (:part, :modality, :source, :position, :confidence, :sources, :assessment, :fingerprint)`,
              {
                part,
                modality: file.modality,
                source,
                position,
                confidence,
                sources: JSON.stringify(sources),
                assessment: assessment ? JSON.stringify(assessment) : null,
                fingerprint: fingerprintOf(file, sources, values),
              },
            );
        }
      }),
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
        .all<{ modality: string }>('select distinct modality from shown_reconstructions order by modality')
        .map(({ modality }) => modality),
    queue: (modality) =>
      database
        .all<Omit<QueueRow, 'assessment'> & { assessment: string | null }>(
          `select part, parts.name, confidence, assessment, file, fingerprint
           from shown_reconstructions made join parts on parts.id = part
                join reconstruction_files on reconstruction_files.id = made.source
           where made.modality = :modality order by confidence, part`,
          { modality },
        )
        .map((row) => ({ ...row, assessment: readAssessment(row.assessment) })),
    madeBefore: (at) =>
      database.all<ExpiredFile>(
        `select id, modality, model_version "modelVersion", file, made_at "madeAt",
                (select count(*) from shown_reconstructions where source = reconstruction_files.id) parts
         from reconstruction_files where made_at < :at order by id`,
        { at },
      ),
    remove: (id) => {
      database.run('delete from reconstruction_files where id = :id', { id });
    },
    summary: () =>
      database.get(
        `select max(model_version) "modelVersion", count(distinct part) parts, max(made_at) at
         from shown_reconstructions join reconstruction_files on reconstruction_files.id = source having count(*) > 0`,
      ),
  };
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
