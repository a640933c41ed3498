/**
 * Version 3: one hash-chained log for everything that must be accounted for. Decisions become entries of it, and a
 * view of them takes the place of their table; reconstructions know their plan.
 */
export const log = `
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

alter table decisions rename to earlier_decisions;
create view decisions as
select id, at, detail ->> '$.part' part_name, detail ->> '$.modality' modality,
       nullif(substr(action, 10), 'undo') decision, detail ->> '$.reason' reason,
       detail ->> '$.modelVersion' model_version
from log where action glob 'decision.*';

alter table reconstruction_files add column plan_hash text not null default '';
update reconstruction_files set plan_hash = coalesce((select plan_hash from enrolment), '');
`;
