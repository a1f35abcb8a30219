-- Exports: what was asked for, by whom, in which reach, who agreed, what came of it, and where the sealed file lies.
create schema exports;
grant usage on schema exports to fugong_app;

create table exports.exports (
  id uuid primary key,
  number text not null unique,
  source text not null,
  format text not null check (format in ('csv', 'xlsx')),
  language text not null check (language in ('zh', 'en')),
  columns text[] not null check (cardinality(columns) between 1 and 60),
  -- Those of the columns that hold personal values.
  personal text[] not null,
  filter jsonb not null,
  -- The filter in words, as it was when the export was asked for.
  filter_zh text not null,
  filter_en text not null,
  reason text check (cardinality(personal) = 0 or reason is not null),
  state text not null check (state in ('asked', 'refused', 'lapsed', 'open', 'streaming', 'queued', 'running', 'ready', 'done', 'failed', 'cancelled', 'expired')),
  limits_version integer not null,
  asked_by uuid not null,
  asked_name text not null,
  unit_id uuid,
  unit_zh text,
  unit_en text,
  -- What the requester reached when asking: whoever decides must reach all of it.
  areas text[] not null,
  departments text[] not null,
  asked_at timestamptz not null,
  decided_by uuid,
  decided_name text,
  decided_unit_zh text,
  decided_unit_en text,
  decided_at timestamptz,
  decision_reason text,
  expected integer,
  rows integer not null default 0,
  sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
  size bigint,
  -- The file below the exports folder and its key, itself sealed; both go when it expires.
  path text unique check (path ~ '^[0-9a-f]{32}$'),
  key_sealed bytea,
  -- Grows with every start of the writing job, so that one that was given up cannot finish.
  run integer not null default 0,
  beat_at timestamptz,
  finished_at timestamptz,
  expires_at timestamptz,
  taken_at timestamptz,
  failure text check (failure in ('interrupted', 'right_lost', 'too_many_rows', 'failed')),
  check ((path is null) = (key_sealed is null)),
  check (decided_by is null or decided_by <> asked_by)
);
create index exports_mine on exports.exports (asked_by, asked_at desc, id desc);
create index exports_asked on exports.exports (asked_at) where state = 'asked';
create index exports_under_way on exports.exports (state, beat_at) where state in ('open', 'streaming', 'queued', 'running', 'ready', 'asked');
-- What was asked for is never rewritten; only what becomes of it.
grant select, insert on exports.exports to fugong_app;
grant update (state, decided_by, decided_name, decided_unit_zh, decided_unit_en, decided_at, decision_reason, expected, rows, sha256, size, path, key_sealed, run, beat_at, finished_at, expires_at, taken_at, failure) on exports.exports to fugong_app;
