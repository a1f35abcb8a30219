-- Imports: files on their way into the register, their rows sealed by batches, and what became of each row.
create schema imports;
grant usage on schema imports to fugong_app;

create table imports.imports (
  id uuid primary key,
  target text not null,
  state text not null check (state in ('uploaded', 'read', 'checking', 'checked', 'running', 'done', 'cancelled', 'failed')),
  person_id uuid not null,
  unit_id uuid,
  file_name text not null,
  file_size bigint not null,
  sha256 text not null,
  -- Below the imports folder; null once the rows are staged for good.
  file_path text,
  choice jsonb not null default '{}',
  format text check (format in ('xlsx', 'csv')),
  encoding text,
  separator text,
  sheet text,
  sheets jsonb not null default '[]',
  hidden_columns jsonb not null default '[]',
  header_at integer not null default 0,
  header_rows integer not null default 0,
  -- For each column of the file: its header, the matched column, and by what.
  columns jsonb not null default '[]',
  -- Sealed: the first rows, and a sample of the values that change.
  preview bytea,
  changes bytea,
  told jsonb not null default '[]',
  batches integer not null default 0,
  done integer not null default 0,
  total integer not null default 0,
  counts jsonb,
  failure text,
  failure_row integer,
  cancelling boolean not null default false,
  created_at timestamptz not null,
  -- When the present step began, and when it last got on.
  begun_at timestamptz not null,
  touched_at timestamptz not null,
  finished_at timestamptz,
  forgotten boolean not null default false,
  revision integer not null default 1
);
create index imports_own on imports.imports (person_id, created_at desc, id desc);
create index imports_kept on imports.imports (created_at) where not forgotten;
grant select, insert, update on imports.imports to fugong_app;

-- Rows of a file as they were read, some thousand together: packed, then sealed, because files bring phones and names.
create table imports.batches (
  import_id uuid not null references imports.imports (id),
  no integer not null,
  first_at integer not null,
  last_at integer not null,
  rows integer not null,
  person_id uuid not null,
  content bytea not null,
  primary key (import_id, no)
);
alter table imports.batches alter column content set storage external;
grant select, insert, delete on imports.batches to fugong_app;

-- What became of the rows of a batch, once in the dry run and once when stored; written with the rows themselves.
create table imports.results (
  import_id uuid not null references imports.imports (id),
  phase text not null check (phase in ('check', 'run')),
  no integer not null,
  rows integer not null,
  fresh integer not null,
  changed integer not null,
  unchanged integer not null,
  rejected integer not null,
  not_data integer not null,
  person_id uuid not null,
  primary key (import_id, phase, no),
  constraint results_add_up check (rows = fresh + changed + unchanged + rejected + not_data)
);
grant select, insert, delete on imports.results to fugong_app;

create table imports.rejects (
  import_id uuid not null references imports.imports (id),
  phase text not null check (phase in ('check', 'run')),
  at integer not null,
  -- Column, code and params; never the values.
  issues jsonb not null,
  person_id uuid not null,
  primary key (import_id, phase, at)
);
grant select, insert, delete on imports.rejects to fugong_app;

-- The first row that brings a key, so that a later one is told; keys are kept as keyed hashes.
create table imports.keys (
  import_id uuid not null references imports.imports (id),
  key bytea not null,
  at integer not null,
  person_id uuid not null,
  primary key (import_id, key)
);
grant select, insert, delete on imports.keys to fugong_app;

-- How long the rows of a file are kept, by day of effect; from data/china/import-retention.json.
create table imports.retentions (
  effective_from date primary key,
  days integer not null check (days between 1 and 3650),
  source text not null
);
grant select, insert, update on imports.retentions to fugong_app;
