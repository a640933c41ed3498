/**
 * Version 8: what was measured of a part after it had been reconstructed, beside what was said of it. Only ever added to, in
 * the order of arrival; a part counts once, with what was on show when its first measurement came.
 */
export const truths = `
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
