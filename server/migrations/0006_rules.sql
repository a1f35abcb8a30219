-- Decision tables in versions, the decisions they gave, and proposed changes.
create schema rules;
grant usage on schema rules to fugong_app;

create table rules.tables (
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
  constraint rules_tables_version unique nulls not distinct (code, kind, version)
);
-- Versions are policy in force for everyone and are never changed: no row-level security, no update, no delete.
grant select, insert on rules.tables to fugong_app;

create table rules.decisions (
  id uuid primary key,
  table_code text not null,
  version integer not null,
  row_id text not null,
  inputs jsonb not null,
  outputs jsonb not null,
  sentence_zh text not null,
  sentence_en text not null,
  subject_kind text not null,
  subject_id text not null,
  at timestamptz not null
);
create index decisions_subject on rules.decisions (subject_kind, subject_id, at);
grant select, insert on rules.decisions to fugong_app;
-- Whoever decides adds; what was decided is read through the thing it was decided about.
alter table rules.decisions enable row level security;
create policy read_system on rules.decisions for select using ((select current_setting('app.named', true)) = 'system');
create policy add on rules.decisions for insert with check (true);

create table rules.proposals (
  id uuid primary key,
  code text not null,
  kind text,
  version integer not null,
  area_code text not null,
  body jsonb not null,
  note text not null,
  state text not null default 'open' check (state in ('open', 'confirmed', 'rejected')),
  -- Differences to the version in force, kept as they were when it was decided.
  changed_rows jsonb not null,
  proposed_by uuid not null,
  proposed_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  decision_note text,
  check ((state = 'open') = (decided_at is null)),
  check (decided_by is null or decided_by <> proposed_by)
);
create index proposals_order on rules.proposals ((state = 'open') desc, proposed_at desc, id desc);
-- What was proposed stays as it was; only its decision is written into it.
grant select, insert on rules.proposals to fugong_app;
grant update (state, changed_rows, decided_by, decided_at, decision_note) on rules.proposals to fugong_app;
