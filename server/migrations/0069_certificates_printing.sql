-- Certificates on paper: signing keys and signatures, seals of units, prints on record, and batches of prints.
create table certificates.keys (
  -- The first four bytes of the SHA-256 of the public key.
  id text primary key check (id ~ '^[0-9a-f]{8}$'),
  public_key bytea not null check (octet_length(public_key) = 32),
  -- Sealed by the master key; never leaves the server.
  private_sealed bytea not null,
  state text not null check (state in ('active', 'retired', 'revoked')),
  created_at timestamptz not null,
  created_by uuid,
  ended_at timestamptz,
  reason text
);
create unique index keys_one_active on certificates.keys (state) where state = 'active';
grant select, insert, update (state, ended_at, reason) on certificates.keys to fugong_app;

-- The signature over what a certificate says; made at issue, or at the first print of those issued before.
alter table certificates.certificates
  add column key_id text references certificates.keys (id),
  add column signature bytea check (octet_length(signature) = 64),
  add constraint certificates_signed check ((key_id is null) = (signature is null));
grant update (key_id, signature) on certificates.certificates to fugong_app;

create table certificates.seals (
  id uuid primary key,
  unit_id uuid not null,
  effective_from date not null,
  -- A small PNG that this system drew anew from what was handed in.
  picture bytea not null check (octet_length(picture) <= 1048576),
  state text not null check (state in ('proposed', 'confirmed', 'refused')),
  proposed_by uuid not null,
  proposed_at timestamptz not null,
  decided_by uuid check (decided_by <> proposed_by),
  decided_at timestamptz,
  reason text
);
create index seals_unit on certificates.seals (unit_id, effective_from desc) where state = 'confirmed';
grant select, insert, update (state, decided_by, decided_at, reason) on certificates.seals to fugong_app;

create table certificates.batches (
  id uuid primary key,
  number text not null unique,
  layout text not null check (layout in ('certificate', 'posterA4', 'posterA3')),
  ids uuid[],
  filter jsonb not null,
  filter_zh text not null,
  filter_en text not null,
  state text not null check (state in ('queued', 'running', 'ready', 'failed', 'cancelled', 'expired')),
  asked_by uuid not null,
  asked_at timestamptz not null,
  expected integer,
  done integer not null default 0,
  file_type text check (file_type in ('pdf', 'zip')),
  size bigint,
  -- The file below the prints folder and its key, itself sealed; both go when it expires.
  path text unique check (path ~ '^[0-9a-f]{32}$'),
  key_sealed bytea,
  -- Grows with every start of the job, so that one that was given up cannot finish.
  run integer not null default 0,
  beat_at timestamptz not null,
  finished_at timestamptz,
  expires_at timestamptz,
  taken_at timestamptz,
  failure text check (failure in ('right_lost', 'too_many', 'none', 'failed', 'interrupted')),
  check ((path is null) = (key_sealed is null))
);
create index batches_mine on certificates.batches (asked_by, asked_at desc, id desc);
create index batches_under_way on certificates.batches (state, beat_at) where state in ('queued', 'running', 'ready');
grant select, insert on certificates.batches to fugong_app;
grant update (state, expected, done, file_type, size, path, key_sealed, run, beat_at, finished_at, expires_at, taken_at, failure) on certificates.batches to fugong_app;

-- Append-only; each print has its number on the paper.
create table certificates.prints (
  id uuid primary key,
  certificate_id uuid not null references certificates.certificates (id),
  no integer not null check (no > 0),
  layout text not null check (layout in ('certificate', 'posterA4', 'posterA3')),
  at timestamptz not null,
  actor_id uuid,
  unit_id uuid,
  batch_id uuid references certificates.batches (id),
  -- Place within its batch.
  position integer,
  enterprise_id uuid not null,
  district_code text not null,
  street_code text not null,
  zone_code text,
  department_key text,
  unique (certificate_id, no),
  -- A job that begins anew finds its prints instead of making them twice.
  constraint prints_once_a_batch unique (batch_id, certificate_id)
);
create index prints_batch on certificates.prints (batch_id, position) where batch_id is not null;
grant select, insert on certificates.prints to fugong_app;
