/** Version 1: everything a workstation keeps. Times are RFC 3339 text, JSON columns hold plain documents. */
export const first = `
create table settings (
  name text primary key,
  value text not null
) strict;

-- At most one: the federation this workstation belongs to. The device's private key is a file beside.
create table enrolment (
  one integer primary key check (one = 1),
  plant text not null,
  plant_id text not null,
  federation text not null,
  aggregator text not null,
  ca text not null,
  plan_hash text not null,
  plan text not null,
  has text not null,
  enrolled_at text not null
) strict;

-- A data set is invisible until its parts are all in ('pending'), so a killed import leaves nothing behind.
create table datasets (
  id integer primary key,
  state text not null check (state in ('pending', 'active')),
  folder text not null,
  manifest text not null,
  -- The plan that its values were scaled by.
  plan_hash text not null,
  file text not null,
  -- Rows of the file, those of replaced parts included.
  rows integer not null,
  imported_at text not null
) strict;

create table parts (
  id integer primary key autoincrement,
  dataset integer not null references datasets on delete cascade,
  -- Row in the data set's file.
  position integer not null,
  name text not null,
  unique (dataset, position)
) strict;
create index parts_by_name on parts (name);

create table measurements (
  part integer not null references parts on delete cascade,
  modality text not null,
  value text not null,
  primary key (part, modality)
) strict, without rowid;

create table import_problems (
  id integer primary key,
  dataset integer not null references datasets on delete cascade,
  row integer not null,
  column_name text not null,
  code text not null,
  detail text not null
) strict;
create index import_problems_by_dataset on import_problems (dataset);

create table jobs (
  id text primary key,
  kind text not null,
  state text not null check (state in ('running', 'done', 'stopped', 'failed')),
  -- What the user asked for, enough to do it again.
  request text not null,
  error text,
  started_at text not null,
  finished_at text
) strict;
create index jobs_by_state on jobs (state);

create table models (
  version integer primary key,
  round integer not null,
  stage text not null,
  manifest text not null,
  received_at text not null
) strict;

-- Where this plant stands in each round it takes part in.
create table rounds (
  round integer primary key,
  stage text not null,
  model_version integer not null,
  step text not null check (step in ('download', 'train', 'upload', 'done', 'missed')),
  trained text,
  updated_at text not null
) strict;

-- One file of reconstructions a modality and model.
create table reconstruction_files (
  id integer primary key,
  modality text not null,
  model_version integer not null,
  file text not null,
  sigma_low real not null,
  sigma_high real not null,
  made_at text not null
) strict;

create table reconstructions (
  part integer not null references parts on delete cascade,
  modality text not null,
  source integer not null references reconstruction_files on delete cascade,
  -- Row in that file.
  position integer not null,
  confidence real not null,
  sources text not null,
  primary key (part, modality)
) strict, without rowid;
create index reconstructions_by_confidence on reconstructions (modality, confidence);
create index reconstructions_by_source on reconstructions (source);

-- Decisions are only ever added; each carries the hash of the one before.
create table decisions (
  id integer primary key,
  at text not null,
  part_name text not null,
  modality text not null,
  decision text check (decision in ('accept', 'flag', 'reject')),
  reason text not null,
  model_version integer not null,
  previous text not null,
  hash text not null unique
) strict;
create index decisions_by_part on decisions (part_name, modality, id);
create trigger decisions_stay before update on decisions begin select raise(abort, 'decisions are append-only'); end;
create trigger decisions_last before delete on decisions begin select raise(abort, 'decisions are append-only'); end;

create table ledger (
  id integer primary key,
  at text not null,
  direction text not null check (direction in ('up', 'down')),
  what text not null,
  name text not null,
  bytes integer not null,
  round integer
) strict;

create table losses (
  id integer primary key,
  round integer not null,
  position real not null,
  losses text not null
) strict;
`;
