import type { KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { FedReconError } from '../../protocol/errors.ts';
import { systemWords } from '../../protocol/system-words.ts';
import { type Adoption, adoptionIn } from './adoption.ts';
import { type Calibrations, calibrationsIn } from './calibrations.ts';
import { dataChangesIn } from './data-changes.ts';
import { openStoreDatabase, type StoreDatabase } from './database.ts';
import { type Decisions, decisionsIn } from './decisions.ts';
import { deviceKey } from './device-key.ts';
import { type Enrolments, enrolmentsIn } from './enrolment.ts';
import { fileError } from './file-errors.ts';
import { type Files, openFiles } from './files.ts';
import { type Imports, importsIn } from './imports.ts';
import { type Jobs, jobsIn } from './job-store.ts';
import { type Ledger, ledgerIn } from './ledger.ts';
import { type Log, logIn } from './log-store.ts';
import { type Losses, lossesIn } from './losses.ts';
import { makeFolder } from './make-folder.ts';
import { type Models, modelsIn } from './model-store.ts';
import { type Parts, partsIn } from './parts.ts';
import { type Reconstructions, reconstructionsIn } from './reconstructions.ts';
import { type Rounds, roundsIn } from './rounds.ts';
import { type SettingsStore, settingsIn } from './settings.ts';
import type { slicePace } from './slice-pace.ts';
import { inTurns } from './slices.ts';
import { type Truths, truthsIn } from './truths.ts';

/** File name of the database in a workstation's data folder. */
export const databaseName = 'workstation.sqlite';

/** Store of everything that a workstation keeps, in one folder that one app uses at a time. */
export interface Store {
  readonly folder: string;
  readonly key: KeyObject;
  readonly files: Files;
  readonly settings: SettingsStore;
  readonly enrolment: Enrolments;
  readonly imports: Imports;
  readonly parts: Parts;
  readonly jobs: Jobs;
  readonly models: Models;
  readonly adoption: Adoption;
  readonly calibrations: Calibrations;
  readonly rounds: Rounds;
  readonly reconstructions: Reconstructions;
  readonly truths: Truths;
  readonly decisions: Decisions;
  readonly log: Log;
  readonly ledger: Ledger;
  readonly losses: Losses;
  /** Runs `work` all or nothing, over every table. */
  transaction<T>(work: () => T): T;
  /** Deletes those of some files that no table names any more, at once: what a person deletes is gone. */
  discard(files: readonly string[]): Promise<void>;
  /** Deletes files that no table names any more and that are older than `age` milliseconds. */
  collect(age: number): Promise<void>;
  close(): void;
}

/**
 * Opens (or makes) the data folder of a workstation, alone, and sweeps what a killed app left behind.
 * @param pace how long slices of changes of the data are
 * @throws FedReconError `data-folder-in-use`, `data-folder-unusable`, `store-newer`, `store-other`, `store-damaged`, `disk-full`
 */
export async function openStore(folder: string, pace?: typeof slicePace): Promise<Store> {
  try {
    makeFolder(folder, 0o700);
  } catch (thrown) {
    const known = fileError(thrown, folder);
    if (known instanceof FedReconError) throw known;
    throw new FedReconError('data-folder-unusable', { folder, ...systemWords(thrown) }, { cause: thrown });
  }
  const database = openStoreDatabase(join(folder, databaseName));
  try {
    const log = logIn(database);
    const changes = dataChangesIn(database, pace);
    const store: Store = {
      folder,
      key: deviceKey(folder),
      files: openFiles(folder),
      settings: settingsIn(database),
      enrolment: enrolmentsIn(database),
      imports: importsIn(database, changes),
      parts: partsIn(database, changes),
      jobs: jobsIn(database),
      models: modelsIn(database),
      adoption: adoptionIn(database),
      calibrations: calibrationsIn(database),
      rounds: roundsIn(database),
      reconstructions: reconstructionsIn(database),
      truths: truthsIn(database),
      decisions: decisionsIn(database, log),
      log,
      ledger: ledgerIn(database),
      losses: lossesIn(database),
      transaction: (work) => database.transaction(work),
      discard: async (files) => {
        const named = namedFiles(database);
        for (const file of new Set(files)) if (!named.has(file)) await store.files.remove(file);
      },
      collect: (age) => store.files.collect(namedFiles(database), age),
      close: () => database.close(),
    };
    // A cut-short change may have been a deletion: its pictures must not lie here either.
    store.reconstructions.open();
    if (await inTurns(changes.open())) await store.files.forgetPictures();
    store.decisions.open();
    await store.collect(0);
    return store;
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}

/** Hashes that any table names. Those inside JSON are found by their form. */
function namedFiles(database: StoreDatabase): Set<string> {
  const rows = database.all<{ text: string }>(
    `select file text from imports union select file from data_view union select file from reconstruction_files where state <> 'past'
     union select manifest from models union select examples from model_cards where examples is not null
     union select trained from rounds where step = 'upload'
     union select coalesce(made, '') || coalesce(sums, '') from calibrations`,
  );
  return new Set(rows.flatMap(({ text }) => text.match(/\b[0-9a-f]{64}\b/g) ?? []));
}
