-- Forms as data, in versions.
create schema forms;
grant usage on schema forms to fugong_app;

create table forms.forms (
  id uuid primary key,
  code text not null check (code ~ '^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)*$'),
  -- Kind of emergency; null holds for every kind. Kinds count their versions apart.
  kind text,
  version integer not null check (version > 0),
  pack text,
  area_code text not null,
  effective_from timestamptz not null,
  body jsonb not null,
  added_at timestamptz not null,
  constraint forms_forms_version unique nulls not distinct (code, kind, version)
);
-- Empty forms are public and versions never change: no row-level security, no update, no delete.
grant select, insert on forms.forms to fugong_app;
