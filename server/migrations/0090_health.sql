-- Daily reports: who is monitored, which phones are bound, reports by day, batches with their hashes, sealed answers, counts.
create schema health;
grant usage on schema health to fugong_app;

-- One row per monitored employment: where it belongs, and what triage needs of it beside the answers.
create table health.subjects (
  employment_id uuid primary key,
  person_id uuid not null,
  enterprise_id uuid not null,
  workplace_id uuid not null,
  district_code text not null,
  street_code text not null,
  zone_code text,
  department_key text,
  emergency_id uuid not null,
  emergency_kind text not null,
  -- Worst level of the places come from, while it counts.
  origin_level text not null default 'none' check (origin_level in ('none', 'low', 'medium', 'high', 'unlisted')),
  observed boolean not null default false,
  exposed boolean not null default false,
  -- Reports missed in a row up to yesterday.
  missed smallint not null default 0,
  twice boolean not null default false,
  active boolean not null default true
);
create index subjects_workplace on health.subjects (workplace_id) where active;
create index subjects_enterprise on health.subjects (enterprise_id);
create index subjects_district on health.subjects (district_code) where active;
grant select, insert, update, delete on health.subjects to fugong_app;

-- A phone that may report for one employment; the token names it and is checked by a keyed hash.
create table health.bindings (
  id uuid primary key,
  device_id uuid not null,
  employment_id uuid not null,
  enterprise_id uuid not null,
  person_id uuid not null,
  relation text not null check (relation in ('self', 'family', 'clerk', 'gate')),
  created_at timestamptz not null,
  revoked_at timestamptz
);
create index bindings_employment on health.bindings (employment_id);
create index bindings_device on health.bindings (device_id);
grant select, insert on health.bindings to fugong_app;
grant update (revoked_at) on health.bindings to fugong_app;

-- One report for each employment, day and slot; corrections are rows of their own. Answers lie sealed in envelopes.
create table health.reports (
  enterprise_id uuid not null,
  employment_id uuid not null,
  day date not null,
  slot smallint not null check (slot in (1, 2)),
  workplace_id uuid not null,
  level smallint not null check (level between 0 and 3),
  -- Table version and row that decided.
  rule smallint not null,
  position smallint not null,
  binding_id uuid,
  batch_id bigint not null,
  accepted_at timestamptz not null,
  -- sha256 of key and answers: binds the receipt to what was said without telling it.
  commitment bytea not null,
  primary key (enterprise_id, employment_id, day, slot)
) partition by range (day);
grant select, insert on health.reports to fugong_app;

-- Which row of which table the small number of a report means.
create table health.rules (
  no smallint primary key generated always as identity,
  table_code text not null,
  emergency_kind text not null,
  version integer not null,
  row_id text not null,
  because_zh text not null,
  because_en text not null,
  unique (table_code, emergency_kind, version, row_id)
);
grant select, insert on health.rules to fugong_app;

-- Leaves of everything accepted, in order; they stay when answers are erased, so that receipts can be proved.
create table health.batches (
  id bigint primary key,
  accepted_on date not null,
  accepted_at timestamptz not null,
  -- Place in the batch of each leaf: what was refused has a place and no leaf.
  positions smallint[] not null,
  leaves bytea not null,
  root bytea not null
);
create index batches_day on health.batches (accepted_on, id);
grant select, insert on health.batches to fugong_app;

-- The sealed answers of a batch, one envelope for each day in it.
create table health.envelopes (
  day date not null,
  batch_id bigint not null,
  sealed bytea not null,
  primary key (day, batch_id)
) partition by range (day);
grant select, insert on health.envelopes to fugong_app;

-- A key for each day, itself sealed under the master key: without it the envelopes of the day cannot be opened.
create table health.day_keys (
  day date primary key,
  key_sealed bytea not null
);
grant select, insert, delete on health.day_keys to fugong_app;

-- What a batch added, until it is folded into the counts; an exact count adds what still waits here.
create table health.deltas (
  batch_id bigint primary key,
  days date[] not null,
  slots smallint[] not null,
  enterprises uuid[] not null,
  workplaces uuid[] not null,
  levels smallint[] not null
);
grant select, insert, delete on health.deltas to fugong_app;
create table health.counts (
  enterprise_id uuid not null,
  workplace_id uuid not null,
  day date not null,
  slot smallint not null,
  level smallint not null,
  reports integer not null,
  primary key (enterprise_id, workplace_id, day, slot, level)
);
create index counts_day on health.counts (day, slot);
grant select, insert, update, delete on health.counts to fugong_app;

-- Roots of the days, signed once a day is over.
create table health.roots (
  day date primary key,
  count integer not null,
  root bytea not null,
  signature bytea not null,
  key_id text not null,
  public_key text not null,
  closed_at timestamptz not null
);
grant select, insert on health.roots to fugong_app;

-- Partitions are made and dropped by the owner's functions: the application owns nothing.
create function health.ensure_day(wanted date) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare suffix text := to_char(wanted, 'YYYYMMDD');
begin
  perform pg_advisory_xact_lock(790, extract(epoch from wanted)::integer / 86400);
  if to_regclass('health.reports_' || suffix) is null then
    execute format('create table health.%I partition of health.reports for values from (%L) to (%L)', 'reports_' || suffix, wanted, wanted + 1);
    execute format('create table health.%I partition of health.envelopes for values from (%L) to (%L)', 'envelopes_' || suffix, wanted, wanted + 1);
  end if;
end $$;
revoke execute on function health.ensure_day(date) from public;
grant execute on function health.ensure_day(date) to fugong_app;
-- Erases the reports and answers of a day for good, with the key that opened them; counts and leaves stay.
create function health.drop_day(wanted date) returns bigint language plpgsql security definer set search_path = pg_catalog as $$
declare
  suffix text := to_char(wanted, 'YYYYMMDD');
  gone bigint := 0;
begin
  perform pg_advisory_xact_lock(790, extract(epoch from wanted)::integer / 86400);
  if to_regclass('health.reports_' || suffix) is not null then
    execute format('select count(*) from health.%I', 'reports_' || suffix) into gone;
    execute format('drop table health.%I', 'reports_' || suffix);
    execute format('drop table health.%I', 'envelopes_' || suffix);
  end if;
  delete from health.day_keys where day = wanted;
  return gone;
end $$;
revoke execute on function health.drop_day(date) from public;
grant execute on function health.drop_day(date) to fugong_app;
