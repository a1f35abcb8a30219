-- Deeds on many firms at once, what became of each, and who of a unit looks after a firm.
create table enterprises.bulk_limits (
  effective_from date primary key,
  most_firms integer not null check (most_firms between 1 and 100000),
  undo_minutes integer not null check (undo_minutes >= 0)
);
grant select, insert, update on enterprises.bulk_limits to fugong_app;

create table enterprises.bulks (
  id uuid primary key,
  person_id uuid not null,
  unit_id uuid not null,
  deed text not null check (deed in ('assign', 'flag', 'message')),
  -- What is done to each: read as a whole, never queried into.
  content jsonb not null,
  state text not null check (state in ('running', 'done', 'undone')),
  count integer not null,
  outside integer not null,
  done integer not null default 0,
  unchanged integer not null default 0,
  refused integer not null default 0,
  undone integer not null default 0,
  begun_at timestamptz not null,
  ended_at timestamptz,
  undo_until timestamptz
);
create index bulks_own on enterprises.bulks (person_id, begun_at desc);
grant select, insert on enterprises.bulks to fugong_app;
grant update (state, done, unchanged, refused, undone, ended_at, undo_until) on enterprises.bulks to fugong_app;

create table enterprises.bulk_items (
  bulk_id uuid not null references enterprises.bulks (id),
  enterprise_id uuid not null references enterprises.enterprises (id),
  person_id uuid not null,
  state text not null check (state in ('waiting', 'done', 'unchanged', 'refused', 'undone')),
  -- The assignment or flag that was made, and who looked after the firm before.
  made uuid,
  before uuid,
  primary key (bulk_id, enterprise_id)
);
create index bulk_items_waiting on enterprises.bulk_items (bulk_id) where state = 'waiting';
grant select, insert on enterprises.bulk_items to fugong_app;
grant update (state, made, before) on enterprises.bulk_items to fugong_app;

-- 联系干部: one person of a unit for a firm, from a moment to a moment.
create table enterprises.assignments (
  id uuid primary key,
  enterprise_id uuid not null references enterprises.enterprises (id),
  unit_id uuid not null,
  person_id uuid not null,
  from_at timestamptz not null,
  until_at timestamptz,
  set_by uuid not null,
  ended_by uuid,
  with_firm boolean not null default true,
  check (until_at >= from_at)
);
create unique index assignments_once on enterprises.assignments (enterprise_id, unit_id) where until_at is null;
create index assignments_person on enterprises.assignments (person_id) where until_at is null;
create index assignments_of on enterprises.assignments (enterprise_id, from_at);
grant select, insert on enterprises.assignments to fugong_app;
grant update (until_at, ended_by) on enterprises.assignments to fugong_app;
