import { type Backing, type BackingByModule, bridgeOf } from '../../protocol/backing.ts';
import { FedReconError } from '../../protocol/errors.ts';
import type { ModelManifest, ModuleBacking, ModuleBlob } from '../../protocol/messages.ts';
import type { StageName } from '../../protocol/schedule.ts';
import type { Queries } from '../database/database.ts';

/** Modules by name. */
export type Modules = Record<string, ModuleBlob>;

interface VersionRow {
  plan_hash: string;
  round: number;
  stage: StageName;
  created_at: Date;
}

interface ModuleRow {
  purpose: 'training' | 'serving';
  name: string;
  sha256: string;
  bytes: number;
}

interface BackingRow {
  name: string;
  /** Parts with real measurements, a `bigint`, which one of the databases gives as text. */
  measured: number | string;
  completed: Backing['completed'];
}

/** Manifest of a model version. @throws FedReconError `model-unknown` */
export async function readManifest(queries: Queries, version: number): Promise<ModelManifest> {
  const [row] = await queries.query<VersionRow>(
    'select plan_hash, round, stage, created_at from model_versions where version = $1',
    [version],
  );
  if (!row) throw new FedReconError('model-unknown', { version });
  const modules = await queries.query<ModuleRow>(
    'select purpose, name, sha256, bytes from model_modules where version = $1 order by name',
    [version],
  );
  const withPurpose = (purpose: ModuleRow['purpose']): Modules =>
    Object.fromEntries(
      modules
        .filter((module) => module.purpose === purpose)
        .map(({ name, sha256, bytes }) => [name, { sha256, bytes }]),
    );
  return {
    version,
    planHash: row.plan_hash,
    round: row.round,
    stage: row.stage,
    modules: withPurpose('training'),
    serving: withPurpose('serving'),
    backing: await readBacking(queries, version),
    createdAt: row.created_at.toISOString(),
  };
}

/** Backing of the modules of a model version, bridges marked; empty for an unknown version. */
export async function readBacking(queries: Queries, version: number): Promise<Record<string, ModuleBacking>> {
  const rows = await queries.query<BackingRow>(
    'select name, measured, completed from model_backing where version = $1 order by name',
    [version],
  );
  return marked(
    Object.fromEntries(
      rows.map(({ name, measured, completed }) => [name, { measured: Number(measured), completed }]),
    ),
  );
}

/** Backing by module with bridges marked. */
export function marked(backing: BackingByModule): Record<string, ModuleBacking> {
  const entries = Object.entries(backing);
  return Object.fromEntries(
    entries.map(([name, { measured, completed }]) => [
      name,
      { measured, completed, bridge: bridgeOf({ measured, completed }) },
    ]),
  );
}

/** Writes a model version whose blobs are stored. */
export async function writeManifest(tx: Queries, manifest: ModelManifest, parent: number): Promise<void> {
  const { version, planHash, round, stage, createdAt } = manifest;
  await tx.query(
    'insert into model_versions (version, parent, plan_hash, round, stage, created_at) values ($1, $2, $3, $4, $5, $6)',
    [version, parent, planHash, round, stage, createdAt],
  );
  const rows = (purpose: ModuleRow['purpose'], modules: Modules) =>
    Object.entries(modules).map(([name, blob]) => ({ purpose, name, ...blob }));
  await tx.query(
    `insert into model_modules (version, purpose, name, sha256, bytes)
     select $1, purpose, name, sha256, bytes
     from jsonb_to_recordset($2::jsonb) as module(purpose text, name text, sha256 text, bytes bigint)`,
    [version, JSON.stringify([...rows('training', manifest.modules), ...rows('serving', manifest.serving)])],
  );
  const backing = Object.entries(manifest.backing).map(([name, own]) => ({ name, ...own }));
  await tx.query(
    `insert into model_backing (version, name, measured, completed)
     select $1, name, measured, completed
     from jsonb_to_recordset($2::jsonb) as backing(name text, measured bigint, completed jsonb)`,
    [version, JSON.stringify(backing)],
  );
}

/** States of the server's optimiser at a model version, by module, as blobs. */
export async function readOptimiserStates(queries: Queries, version: number): Promise<Modules> {
  const rows = await queries.query<{ module: string } & ModuleBlob>(
    'select module, sha256, bytes from optimiser_states where version = $1 order by module',
    [version],
  );
  return Object.fromEntries(rows.map(({ module, sha256, bytes }) => [module, { sha256, bytes }]));
}

/** Writes the optimiser states of a model version, whose blobs are stored. */
export async function writeOptimiserStates(tx: Queries, version: number, states: Modules): Promise<void> {
  const rows = Object.entries(states).map(([module, blob]) => ({ module, ...blob }));
  await tx.query(
    `insert into optimiser_states (version, module, sha256, bytes)
     select $1, module, sha256, bytes
     from jsonb_to_recordset($2::jsonb) as state(module text, sha256 text, bytes bigint)`,
    [version, JSON.stringify(rows)],
  );
}

/** Model version in force: rounds start from it and plants reconstruct with it. */
export async function currentVersion(queries: Queries): Promise<number> {
  const [row] = await queries.query<{ current_version: number }>('select current_version from federation');
  return row!.current_version;
}

/**
 * True if a plant may read a blob: one of a model, the merged sums of a calibration, or one that the plant uploaded.
 */
export async function mayRead(queries: Queries, plantId: string, sha256: string): Promise<boolean> {
  const [row] = await queries.query<{ allowed: boolean }>(
    `select exists (select from model_modules where sha256 = $1)
       or exists (select from calibration_sums where sha256 = $1)
       or exists (select from uploads where sha256 = $1 and plant_id = $2) as allowed`,
    [sha256, plantId],
  );
  return row!.allowed;
}

/** Hashes of `wanted` that are neither uploads of this plant nor modules of a model. */
export async function missingBlobs(
  queries: Queries,
  plantId: string,
  wanted: readonly string[],
): Promise<string[]> {
  const held = await queries.query<{ sha256: string }>(
    `select sha256 from uploads where plant_id = $1 and sha256 = any($2::text[])
     union select sha256 from model_modules where sha256 = any($2::text[])`,
    [plantId, wanted],
  );
  return [...new Set(wanted)].filter((sha256) => !held.some((row) => row.sha256 === sha256));
}
