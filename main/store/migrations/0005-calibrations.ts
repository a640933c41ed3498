/** Version 5: calibrations of models: what this plant sends in one, and what all plants together said. */
export const calibrations = `
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
`;
