-- Days erased for good with what proves it, and signals of reports that somebody should look at: reasons, never a verdict.
create table health.erasures (
  day date primary key,
  erased_at timestamptz not null,
  -- Days that reports live by the limits in force, or days after the end of the emergency.
  why text not null check (why in ('age', 'ended')),
  keep_days integer not null,
  reports bigint not null,
  envelopes bigint not null,
  -- sha256 of the wrapped key that was destroyed; null where none was there.
  key_hash bytea,
  -- sha256 over day, numbers, key hash and moment: stands in the sealed audit too.
  proof bytea not null,
  -- Looked at after the deed: no parts, no key.
  verified boolean not null
);
grant select, insert on health.erasures to fugong_app;
-- Counted before a day is dropped; the application owns nothing and may not look at parts by name.
create function health.day_parts(wanted date) returns table (reports boolean, envelopes boolean, key boolean) language sql security definer set search_path = pg_catalog as $$
  select to_regclass('health.reports_' || to_char(wanted, 'YYYYMMDD')) is not null, to_regclass('health.envelopes_' || to_char(wanted, 'YYYYMMDD')) is not null, exists (select 1 from health.day_keys where day = wanted)
$$;
revoke execute on function health.day_parts(date) from public;
grant execute on function health.day_parts(date) to fugong_app;

-- How often in a row somebody gave the same answers with a temperature; the mark is a keyed hash of them.
create table health.same_answers (
  employment_id uuid primary key,
  day date not null,
  mark bytea not null,
  days smallint not null
);
grant select, insert, update, delete on health.same_answers to fugong_app;

create table health.signals (
  id uuid primary key,
  day date not null,
  -- device: one phone for many people; burst: many within seconds; same: the same answers for days; early: before the roster began.
  kind text not null check (kind in ('device', 'burst', 'same', 'early')),
  enterprise_id uuid not null,
  workplace_id uuid not null,
  enterprise_name text not null,
  workplace_name text not null,
  district_code text not null,
  case_key text not null generated always as (district_code || '/caseOfficer') stored,
  -- How many people, and the threshold that the table set.
  people integer not null,
  threshold integer not null,
  employments uuid[] not null,
  state text not null default 'open' check (state in ('open', 'checked')),
  checked_by uuid,
  checked_at timestamptz,
  note text,
  unique nulls not distinct (day, kind, workplace_id, employments)
);
create index signals_desk on health.signals (case_key, state, day desc);
grant select, insert on health.signals to fugong_app;
grant update (state, checked_by, checked_at, note) on health.signals to fugong_app;
