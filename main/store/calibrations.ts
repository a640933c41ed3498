import type { CalibrationPass } from '../../protocol/calibration/lengths.ts';
import type { ModuleBlob } from '../../protocol/messages.ts';
import type { StoreDatabase } from './database.ts';

/** Sums that this plant made for a pass. */
export interface MadeSums {
  /** Blob of the sums; null where the plant has too few parts to make any. */
  readonly sums: ModuleBlob | null;
  /** Number of numbers in them, all routes together. */
  readonly numbers: number;
  /** Number of parts behind them, of the route that has most. */
  readonly parts: number;
}

/**
 * Sums of all plants for a model: `store.files` holds the files, `training/process/files/calibration-files.ts` reads
 * them.
 */
export interface FinishedCalibration {
  readonly number: number;
  readonly modelVersion: number;
  readonly sums: Readonly<Record<CalibrationPass, ModuleBlob>>;
}

export interface Calibrations {
  /** Sums that this plant made for a pass before; after a restart they are not made again. */
  made(number: number, pass: CalibrationPass): MadeSums | undefined;
  keep(calibration: { number: number; modelVersion: number }, pass: CalibrationPass, made: MadeSums): void;
  /** Forgets what was made for calibrations that go on: it is made again, of what is there then. */
  forgetUnfinished(): void;
  finish(calibration: FinishedCalibration): void;
  /** The newest finished calibration of a model. */
  of(modelVersion: number): FinishedCalibration | undefined;
}

export function calibrationsIn(database: StoreDatabase): Calibrations {
  const put = (
    { number, modelVersion }: { number: number; modelVersion: number },
    columns: { pass?: string; made?: string; sums?: string },
  ) =>
    database.run(
      `insert into calibrations (number, model_version, pass, made, sums, updated_at)
       values (:number, :modelVersion, :pass, :made, :sums, :at)
       on conflict (number) do update set pass = :pass, made = :made, sums = :sums, updated_at = :at`,
      { number, modelVersion, pass: null, made: null, sums: null, ...columns, at: new Date().toISOString() },
    );
  return {
    made: (number, pass) => {
      const row = database.get<{ made: string }>(
        'select made from calibrations where number = :number and pass = :pass',
        { number, pass },
      );
      return row && (JSON.parse(row.made) as MadeSums);
    },
    keep: (calibration, pass, made) => {
      put(calibration, { pass, made: JSON.stringify(made) });
    },
    forgetUnfinished: () => {
      database.run('update calibrations set pass = null, made = null where sums is null');
    },
    finish: ({ sums, ...calibration }) => {
      put(calibration, { sums: JSON.stringify(sums) });
    },
    of: (modelVersion) => {
      const row = database.get<{ number: number; sums: string }>(
        `select number, sums from calibrations where model_version = :modelVersion and sums is not null
         order by number desc limit 1`,
        { modelVersion },
      );
      return (
        row && {
          number: row.number,
          modelVersion,
          sums: JSON.parse(row.sums) as FinishedCalibration['sums'],
        }
      );
    },
  };
}
