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
  made_at text not null,
  plan_hash text not null
) strict;

create table reconstructions (
  part integer not null references parts on delete cascade,
  modality text not null,
  source integer not null references reconstruction_files on delete cascade,
  -- Row in that file.
  position integer not null,
  confidence real not null,
  sources text not null,
  -- What plants that have the truth let one say of it: JSON, null where no plant calibrated its route.
  assessment text,
  primary key (part, modality)
) strict, without rowid;
create index reconstructions_by_confidence on reconstructions (modality, confidence);
create index reconstructions_by_source on reconstructions (source);

-- One hash-chained log for everything that must be accounted for. A decision is an entry of it and stands nowhere else.
create table log (
  id integer primary key,
  at text not null,
  actor text not null,
  role text not null,
  action text not null,
  object text not null,
  detail text not null,
  previous text not null,
  hash text not null unique
) strict;
create index log_by_action on log (action, id);
create index log_decisions on log (detail ->> '$.part', detail ->> '$.modality', id) where action glob 'decision.*';
create trigger log_stays before update on log begin select raise(abort, 'the log is append-only'); end;
create trigger log_lasts before delete on log begin select raise(abort, 'the log is append-only'); end;
create trigger log_goes_on before insert on log
when new.id is not (select coalesce(max(id), 0) + 1 from log)
  or new.previous is not coalesce((select hash from log order by id desc limit 1), printf('%064d', 0))
begin select raise(abort, 'the log is append-only'); end;

create view decisions as
select id, at, detail ->> '$.part' part_name, detail ->> '$.modality' modality,
       nullif(substr(action, 10), 'undo') decision, detail ->> '$.reason' reason,
       detail ->> '$.modelVersion' model_version
from log where action glob 'decision.*';

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

-- Calibrations of models: what this plant sends in one, and what all plants together said.
create table calibrations (
  number integer primary key,
  model_version integer not null references models on delete cascade,
  -- The pass that this plant made its sums for last, and their file; null when it had too few parts.
  pass text,
  made text,
  -- The files of all plants' sums by pass, once it is finished.
  sums text,
  updated_at text not null
) strict;
create index calibrations_by_model on calibrations (model_version, number);

-- Model cards, and what was decided by them. Both are only ever added to.
create table model_cards (
  id integer primary key,
  version integer not null,
  hash text not null unique,
  card text not null
) strict;
create index model_cards_by_version on model_cards (version, id);

create table sign_offs (
  id integer primary key,
  version integer not null,
  statement text not null,
  signature text not null
) strict;
create trigger sign_offs_stay before update on sign_offs begin select raise(abort, 'sign-offs are append-only'); end;
create trigger sign_offs_last before delete on sign_offs begin select raise(abort, 'sign-offs are append-only'); end;

-- What was measured of a part after it had been reconstructed, beside what was said of it. Only ever added to, in the
-- order of arrival; a part counts once, with what was on show when its first measurement came.
create table truths (
  id integer primary key,
  at text not null,
  plan_hash text not null,
  part_name text not null,
  modality text not null,
  model_version integer not null,
  log_error real not null,
  -- All null where nobody calibrated the route.
  route text,
  expected real,
  deviation real,
  tolerance real,
  verdict text,
  -- Null for a part like nothing known.
  confidence real,
  -- Share of values outside the interval on show, and how many times as wide as calibrated it is from then on; null without one.
  missed real,
  widening real,
  unique (plan_hash, modality, part_name)
) strict;
create index truths_by_route on truths (plan_hash, route, id);
create index truths_by_modality on truths (plan_hash, modality, id);
create trigger truths_stay before update on truths begin select raise(abort, 'truths are append-only'); end;
create trigger truths_last before delete on truths begin select raise(abort, 'truths are append-only'); end;
`;
