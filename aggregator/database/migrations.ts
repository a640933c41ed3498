import { FedReconError } from '../../protocol/errors.ts';
import type { Database } from './database.ts';

/**
 * Migrations: the data model, one step a version; a step that was released never changes. Only what PGlite and
 * PostgreSQL share. Times are `timestamptz` (Date), documents `jsonb`, hashes lower-case hexadecimal.
 */
const migrations = [
  `
  create table plans (
    hash text primary key,
    document jsonb not null,
    created_at timestamptz not null
  );

  -- One federation a database. current_version points at the model in force, so a rollback moves a pointer.
  create table federation (
    only_one boolean primary key default true check (only_one),
    id text not null,
    plan_hash text not null references plans,
    current_version integer not null,
    created_at timestamptz not null
  );

  create table invitations (
    code_hash text primary key,
    plant text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    used_by text
  );

  create table plants (
    id text primary key,
    name text not null unique,
    -- What it measures from round has_from on, and what it measured before: an open round counts on what it began with.
    has jsonb not null,
    has_before jsonb not null,
    has_from integer not null,
    enrolled_at timestamptz not null,
    revoked_at timestamptz
  );

  create table devices (
    key_id text primary key,
    plant_id text not null references plants,
    public_key text not null,
    enrolled_at timestamptz not null,
    revoked_at timestamptz
  );

  create table nonces (
    key_id text not null,
    nonce text not null,
    expires_at timestamptz not null,
    primary key (key_id, nonce)
  );
  create index nonces_by_expiry on nonces (expires_at);

  create table model_versions (
    version integer primary key,
    parent integer references model_versions,
    plan_hash text not null references plans,
    round integer not null,
    stage text not null,
    created_at timestamptz not null
  );

  create table model_modules (
    version integer not null references model_versions,
    purpose text not null check (purpose in ('training', 'serving')),
    name text not null,
    sha256 text not null,
    bytes bigint not null,
    primary key (version, purpose, name)
  );
  create index model_modules_by_blob on model_modules (sha256);

  -- open: contributions are accepted. reducing: a process averages them; it holds the claim until claimed_until.
  create table rounds (
    number integer primary key,
    stage text not null,
    base_version integer not null references model_versions,
    state text not null check (state in ('open', 'reducing', 'closed')),
    opened_at timestamptz not null,
    deadline timestamptz not null,
    closed_at timestamptz,
    result_version integer references model_versions,
    claimed_by text,
    claimed_until timestamptz
  );
  create unique index rounds_one_at_a_time on rounds ((true)) where state <> 'closed';

  create table contributions (
    round integer not null references rounds,
    plant_id text not null references plants,
    request_hash text not null,
    modules jsonb not null,
    metrics jsonb not null,
    received_at timestamptz not null,
    primary key (round, plant_id)
  );

  -- Who uploaded a blob may read it and contribute it; nobody can claim another plant's work by its hash.
  create table uploads (
    sha256 text not null,
    plant_id text not null references plants,
    bytes bigint not null,
    stored_at timestamptz not null,
    primary key (sha256, plant_id)
  );

  create table audit (
    sequence bigint primary key,
    at timestamptz not null,
    actor text not null,
    action text not null,
    object text not null,
    detail text not null,
    previous_hash text not null,
    hash text not null
  );
  create function refuse_change() returns trigger language plpgsql as
    $$ begin raise exception 'the audit log is append-only'; end $$;
  create trigger audit_is_append_only before update or delete or truncate on audit
    for each statement execute function refuse_change();

  -- What stands behind the modules of a model, all rounds together: the parts that were measured, and those that
  -- another source completed, by that source.
  create table model_backing (
    version integer not null references model_versions,
    name text not null,
    measured bigint not null,
    completed jsonb not null,
    primary key (version, name)
  );

  -- What the server's optimiser remembers with a model version. No part of the model: no plant reads it.
  create table optimiser_states (
    version integer not null references model_versions,
    module text not null,
    sha256 text not null,
    bytes bigint not null,
    primary key (version, module)
  );

  -- open: sums of one pass are accepted. merging: they are added up. replaced: another one was opened before its end.
  create table calibrations (
    number integer primary key,
    model_version integer not null references model_versions,
    routes jsonb not null,
    state text not null check (state in ('open', 'merging', 'finished', 'replaced')),
    pass text not null,
    deadline timestamptz not null,
    changed_at timestamptz not null
  );

  -- What all plants said in a pass that is over.
  create table calibration_sums (
    calibration integer not null references calibrations,
    pass text not null,
    sha256 text not null,
    bytes bigint not null,
    primary key (calibration, pass)
  );
  create index calibration_sums_by_blob on calibration_sums (sha256);

  -- What a plant said; no blob where it has too few parts to say something.
  create table calibration_contributions (
    calibration integer not null references calibrations,
    pass text not null,
    plant_id text not null references plants,
    request_hash text not null,
    sha256 text,
    received_at timestamptz not null,
    primary key (calibration, pass, plant_id)
  );
  `,
];

/** Key of the advisory lock; any number that nothing else in this database locks. */
const advisoryLock = 4_170_002;

/**
 * Brings the database to the newest version of the data model, whole or not at all.
 * @throws FedReconError `database-newer` if a newer aggregator wrote it
 */
export async function migrate(database: Database): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1)', [advisoryLock]);
    await tx.script('create table if not exists schema_version (version integer primary key)');
    const [row] = await tx.query<{ version: number | null }>(
      'select max(version) as version from schema_version',
    );
    const applied = row?.version ?? 0;
    if (applied > migrations.length) throw new FedReconError('database-newer', { version: applied });
    for (const [index, step] of migrations.entries()) {
      if (index < applied) continue;
      await tx.script(step);
      await tx.query('insert into schema_version values ($1)', [index + 1]);
    }
  });
}
