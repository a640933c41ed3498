import type { ModelManifest } from '../../protocol/messages.ts';
import type { StoreDatabase } from './database.ts';

export interface StoredModel {
  readonly manifest: ModelManifest;
  readonly receivedAt: string;
}

/** Model versions this workstation knows. Their module files are content-addressed and come as needed. */
export interface Models {
  add(manifest: ModelManifest): void;
  get(version: number): StoredModel | undefined;
  newest(): StoredModel | undefined;
  /** Model versions, newest first. */
  list(): StoredModel[];
  /**
   * Forgets all but the newest `count`, those that reconstructions rest on and the last `signed` that were put to use,
   * so that going back to one of them needs no network.
   */
  keepNewest(count: number, signed: number): void;
}

export function modelsIn(database: StoreDatabase): Models {
  const read = (row: { manifest: string; receivedAt: string } | undefined): StoredModel | undefined =>
    row && { manifest: JSON.parse(row.manifest) as ModelManifest, receivedAt: row.receivedAt };
  const columns = 'select manifest, received_at "receivedAt" from models';
  return {
    add: (manifest) => {
      database.run(
        `insert into models (version, round, stage, manifest, received_at)
         values (:version, :round, :stage, :manifest, :at) on conflict (version) do nothing`,
        {
          version: manifest.version,
          round: manifest.round,
          stage: manifest.stage,
          manifest: JSON.stringify(manifest),
          at: new Date().toISOString(),
        },
      );
    },
    get: (version) => read(database.get(`${columns} where version = :version`, { version })),
    newest: () => read(database.get(`${columns} order by version desc limit 1`)),
    list: () =>
      database
        .all<{ manifest: string; receivedAt: string }>(`${columns} order by version desc`)
        .map((row) => read(row)!),
    keepNewest: (count, signed) => {
      database.run(
        `delete from models where version not in (select version from models order by version desc limit :count)
         and version not in (select model_version from reconstruction_files)
         and version not in (select version from sign_offs where statement ->> '$.action' <> 'hold'
                             group by version order by max(id) desc limit :signed)`,
        { count, signed },
      );
    },
  };
}
