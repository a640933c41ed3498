/** Version 6: model cards, and what was decided by them. Both are only ever added to. */
export const adoption = `
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
`;
