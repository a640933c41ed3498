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

-- What holds is what the newest finished generation says. A change of data writes the generation after it, in slices that
-- nobody sees: rows with its number in "since" come, rows with its number in "until" go. When it is given its entry it is the
-- present, all at once; what went before is past, and is swept in slices.
create table generations (
  number integer primary key,
  -- The newest entry of the log when it became the present; null while it is made.
  entry integer
) strict;
insert into generations values (0, 0);
create view present as select max(number) number from generations where entry is not null;

-- An import's file never changes but for what a person deletes from it.
create table imports (
  id integer primary key autoincrement,
  -- Null until its parts are all in, so a killed one leaves nothing behind.
  since integer,
  until integer,
  at text not null,
  actor text not null,
  role text not null,
  folder text not null,
  manifest text not null,
  -- The job that made it: one that is done again after a kill makes it once.
  job text not null unique,
  -- What the columns were taken for, and what an empty cell of each measurement means.
  settings text not null,
  -- The plan that its values were scaled by.
  plan_hash text not null,
  -- SHA-256 of its tensors as they are now, and as they were imported.
  file text not null,
  hash text not null,
  rows integer not null,
  -- What it brought, by measurement; null until it is in use.
  brought text
) strict;
create view imports_in_use as select * from imports
where since <= (select number from present) and (until is null or until > (select number from present));

-- Tables that rows of an import stand in, where several were read as one.
create table import_tables (
  number integer primary key,
  import integer not null references imports on delete cascade,
  name text not null,
  unique (import, name)
) strict;

-- Names that some import has; of each, what the layers below say.
create table parts (
  id integer primary key autoincrement,
  name text not null unique
) strict;
create virtual table part_names using fts5 (name, content = 'parts', content_rowid = 'id', tokenize = 'trigram', columnsize = 0);
create trigger parts_named after insert on parts begin
  insert into part_names (rowid, name) values (new.id, new.name);
end;
create trigger parts_unnamed after delete on parts begin
  insert into part_names (part_names, rowid, name) values ('delete', old.id, old.name);
end;

-- A stack for each part and modality: what each import says of it. The newest that is in use holds, if it has a value.
create table measurements (
  part integer not null references parts on delete cascade,
  modality text not null,
  import integer not null references imports on delete cascade,
  -- Row that it stands in, and the number of its table where there are several.
  row integer not null,
  source integer,
  -- Row in the import's file, and the value as a person sees it, numbers as doubles (little-endian), all else as JSON; both null
  -- where the import says that nothing is measured.
  position integer,
  value any,
  until integer,
  primary key (part, modality, import)
) strict, without rowid;
create index measurements_by_import on measurements (import, until, part);
create index measurements_past on measurements (until) where until is not null;
create view layers as
select part, modality, import, row, source, position, value
from measurements join imports_in_use on imports_in_use.id = import
where measurements.until is null or measurements.until > (select number from present);

-- The layer of each stack that holds.
create table holding (
  part integer not null references parts on delete cascade,
  modality text not null,
  import integer not null references imports,
  since integer not null,
  until integer,
  primary key (part, modality, since)
) strict, without rowid;
create index holding_by_import on holding (import);
create index holding_past on holding (until) where until is not null;
create view held as select part, modality, import from holding
where since <= (select number from present) and (until is null or until > (select number from present));
create view held_measurements as
select part, modality, import, row, position, value from held join measurements using (part, modality, import);

-- Parts that something is measured of, with the oldest import that says something of each.
create table presence (
  part integer not null references parts on delete cascade,
  import integer not null references imports,
  name text not null,
  since integer not null,
  until integer,
  primary key (part, since)
) strict, without rowid;
create index presence_by_name on presence (name collate nocase, part);
create index presence_by_import on presence (import, name collate nocase, part);
create index presence_past on presence (until) where until is not null;
create view held_parts as select part id, name, import from presence
where since <= (select number from present) and (until is null or until > (select number from present));

create table import_problems (
  id integer primary key,
  import integer not null references imports on delete cascade,
  row integer not null,
  column_name text not null,
  code text not null,
  detail text not null
) strict;
create index import_problems_by_import on import_problems (import, id);

-- At most one: the view of all that holds, for the training process; forgotten when the data change.
create table data_view (
  one integer primary key check (one = 1),
  file text not null
) strict;

-- Decisions on a part from before something was deleted of it hold no more: entries of the log up to that of the generation.
create table decision_ends (
  part_name text not null,
  generation integer not null references generations,
  primary key (part_name, generation)
) strict, without rowid;

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
  id integer primary key autoincrement,
  modality text not null,
  model_version integer not null,
  file text not null,
  sigma_low real not null,
  sigma_high real not null,
  made_at text not null,
  plan_hash text not null,
  -- Its rows are written in slices, shown all at once, and swept in slices.
  state text not null check (state in ('coming', 'shown', 'past'))
) strict;

create table reconstructions (
  part integer not null references parts on delete cascade,
  modality text not null,
  source integer not null references reconstruction_files on delete cascade,
  -- Row in that file.
  position integer not null,
  confidence real not null,
  sources text not null,
  -- Of what made it and of its values: a decision is on the reconstruction of that fingerprint and no other.
  fingerprint text not null,
  -- What plants that have the truth let one say of it: JSON, null where no plant calibrated its route.
  assessment text,
  -- Its place in the queue: the rank of its verdict, and the confidence that is shown. Derived of assessment, limits and truths.
  rank integer not null,
  shown real not null,
  -- What was decided: 2 on it, 1 on the one whose place it took, 0 neither. Derived of the log, as "decided" is.
  standing integer not null,
  until integer,
  primary key (part, modality, source)
) strict, without rowid;
create index reconstructions_in_queue on reconstructions (source, rank, shown, part, until);
create index reconstructions_undecided on reconstructions (source, rank, shown, part, until) where standing < 2;
create index reconstructions_decided on reconstructions (source, standing, until) where standing > 0;
create index reconstructions_past on reconstructions (until) where until is not null;
create view shown_reconstructions as
select reconstructions.* from reconstructions join reconstruction_files on reconstruction_files.id = source
where state = 'shown' and (until is null or until > (select number from present));

-- What the places in the queue of a modality were worked out by; none where they are to be worked out.
create table queue_places (
  modality text primary key,
  grounds text not null
) strict;

-- One hash-chained log for everything that must be accounted for. A decision is an entry of it; what else tells of it is derived.
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
create trigger log_stays before update on log begin select raise(abort, 'the log is append-only'); end;
create trigger log_lasts before delete on log begin select raise(abort, 'the log is append-only'); end;
create trigger log_goes_on before insert on log
when new.id is not (select coalesce(max(id), 0) + 1 from log)
  or new.previous is not coalesce((select hash from log order by id desc limit 1), printf('%064d', 0))
begin select raise(abort, 'the log is append-only'); end;

-- The newest decision on each reconstruction; null: it was taken back. Written with its entry, made of the log anew where the two differ.
create table decided (
  part_name text not null,
  modality text not null,
  fingerprint text not null,
  entry integer not null,
  decision text,
  primary key (part_name, modality, fingerprint)
) strict, without rowid;
-- How many decisions each person made in each hour (UTC, the first 13 signs of the time); "undo" counts those taken back. Derived of the log.
create table decision_hours (
  hour text not null,
  actor text not null,
  decision text not null,
  count integer not null,
  primary key (hour, actor, decision)
) strict, without rowid;
create index decision_hours_by_actor on decision_hours (actor);
create view decisions as
select * from decided where entry > coalesce((
  select max(generations.entry) from decision_ends join generations on number = generation
  where decision_ends.part_name = decided.part_name), 0);
create view standings as
select part, made.modality, source, case
  when exists (
    select 1 from decisions own where part_name = parts.name and own.modality = made.modality
      and own.fingerprint = made.fingerprint and decision is not null) then 2
  when (
    select decision from decisions other where part_name = parts.name and other.modality = made.modality
      and other.fingerprint <> made.fingerprint order by entry desc limit 1) is not null then 1
  else 0 end standing
from reconstructions made join parts on parts.id = part;
create trigger log_decides after insert on log
when new.action glob 'decision.*' and new.detail ->> '$.reconstruction' is not null begin
  insert or replace into decided (part_name, modality, fingerprint, entry, decision)
  values (new.detail ->> '$.part', new.detail ->> '$.modality', new.detail ->> '$.reconstruction', new.id,
          nullif(substr(new.action, 10), 'undo'));
  insert into decision_hours (hour, actor, decision, count)
  values (substr(new.at, 1, 13), new.actor, substr(new.action, 10), 1)
  on conflict do update set count = count + 1;
  update reconstructions set standing = (
    select standings.standing from standings where standings.part = reconstructions.part
      and standings.modality = reconstructions.modality and standings.source = reconstructions.source)
  where part = (select id from parts where name = new.detail ->> '$.part')
    and modality = new.detail ->> '$.modality';
end;

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

-- Model cards, and what was decided by them. Both are only ever added to, and only examples are taken away.
create table model_cards (
  id integer primary key,
  version integer not null,
  hash text not null unique,
  card text not null,
  -- What it shows of single parts; null once one of them was deleted.
  examples text
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
  -- The import that brought the measurement; null of one that nobody can take back.
  import integer
) strict;
create index truths_by_part on truths (part_name, modality);
create index truths_by_import on truths (import);

-- Truths whose measurement was deleted or taken back: they count no more.
create table withdrawn_truths (
  truth integer primary key references truths,
  at text not null,
  since integer not null
) strict;
create index withdrawn_truths_by_since on withdrawn_truths (since);
create view standing_truths as select * from truths where not exists (
  select 1 from withdrawn_truths where truth = truths.id and since <= (select number from present));
create trigger truths_once before insert on truths
when exists (
  select 1 from standing_truths known
  where known.plan_hash = new.plan_hash and known.modality = new.modality and known.part_name = new.part_name
)
begin select raise(abort, 'a part counts once'); end;
create index truths_by_route on truths (plan_hash, route, id);
create index truths_by_modality on truths (plan_hash, modality, id);
create trigger truths_stay before update on truths begin select raise(abort, 'truths are append-only'); end;
create trigger truths_last before delete on truths begin select raise(abort, 'truths are append-only'); end;
`;
