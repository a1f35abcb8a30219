-- Saved views of lists, and the view a person begins with.
create schema views;
grant usage on schema views to fugong_app;

create table views.views (
  id uuid primary key,
  list text not null check (list in ('enterprises', 'declarations', 'certificates')),
  person_id uuid not null,
  -- The unit with whom it is shared; it stays theirs when its author leaves.
  unit_id uuid,
  shared boolean not null,
  name text not null,
  -- Read and written as a whole, never queried into.
  filters jsonb not null,
  columns text[] not null,
  changed_at timestamptz not null,
  constraint views_name unique (person_id, list, name),
  check (not shared or unit_id is not null)
);
create index views_shared on views.views (unit_id, list) where shared;
grant select, insert, update, delete on views.views to fugong_app;

create table views.defaults (
  person_id uuid not null,
  list text not null,
  view_id uuid not null references views.views (id) on delete cascade,
  primary key (person_id, list)
);
create index defaults_view on views.defaults (view_id);
grant select, insert, update, delete on views.defaults to fugong_app;
