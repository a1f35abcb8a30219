-- Risk levels of areas from a moment on; every record stays, a later one takes over.
create schema levels;
grant usage on schema levels to fugong_app;

create table levels.records (
  id uuid primary key,
  area_code text not null references areas.areas (code),
  level text not null check (level in ('none', 'low', 'medium', 'high')),
  effective_from timestamptz not null,
  document_no text not null,
  reason text not null,
  emergency_id uuid,
  -- Null for records that came with the city's data.
  set_by uuid,
  set_by_name text not null,
  -- What everyone may read of who set it: the unit, or the source of the data.
  set_by_unit text not null,
  set_at timestamptz not null,
  sample boolean not null default false
);
-- The level in force at a moment is the first row backwards from there; of two from the same moment, the one set last.
create index records_in_force on levels.records (area_code, effective_from desc, set_at desc, id desc)
  include (level);
-- Levels are public facts: no row-level security. History is append-only.
grant select, insert on levels.records to fugong_app;
