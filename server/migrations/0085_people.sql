-- Rosters: one person, one file; a row for each firm they work in; ID numbers, phones and addresses sealed under keys that lie outside the database.
create schema people;
grant usage on schema people to fugong_app;

-- A person as the city knows them across firms: by a keyed hash of document and number, and by nothing else.
create table people.persons (
  id uuid primary key,
  id_blind bytea not null constraint persons_blind unique check (length(id_blind) = 16)
);
-- No scope reaches it; the system looks persons up after the caller's right was checked.
grant select, insert, update, delete on people.persons to fugong_app;

create table people.employments (
  id uuid primary key,
  -- No foreign keys: a hundred thousand rows come in a few seconds, and both ends are written in one transaction.
  person_id uuid not null,
  enterprise_id uuid not null,
  workplace_id uuid not null,
  district_code text not null check (district_code ~ '^\d{6}$'),
  street_code text not null check (street_code ~ '^\d{9}$'),
  zone_code text,
  -- What only case officers of the district carry.
  case_key text not null generated always as (district_code || '/caseOfficer') stored,
  name text not null,
  initials text not null,
  sex text not null check (sex in ('male', 'female', 'unknown')),
  id_type text not null check (id_type in ('01', '02', '03', '04', '06', '07', '99')),
  staff_no text,
  crew text,
  dormitory text,
  shift text,
  state text not null check (state in ('notReturned', 'onTheWay', 'observing', 'onDuty', 'absent', 'left')),
  state_since date not null,
  observing_until date,
  origin_code text check (origin_code ~ '^\d{6}$'),
  left_on date,
  returned_on date,
  expected_on date,
  vehicle text check (vehicle in ('0', '1', '2', '3', '4')),
  -- Keyed hashes of the last four characters, different for each firm.
  id_tail bytea not null,
  phone_tail bytea,
  -- ID number, phone, address, vehicle number and answers on exposure, sealed together for this row; the key's id beside it.
  sealed bytea not null,
  key_id text not null,
  source text not null check (source in ('import', 'hand', 'self')),
  entered_at timestamptz not null,
  revision integer not null default 1,
  changed_by uuid,
  changed_at timestamptz not null,
  constraint employments_observing check ((state = 'observing') = (observing_until is not null)),
  constraint employments_once unique (person_id, enterprise_id)
);
-- Sealed bytes do not shrink.
alter table people.employments alter column sealed set storage external;
create index employments_list on people.employments (enterprise_id, id);
create index employments_id_tail on people.employments (enterprise_id, id_tail);
create index employments_phone_tail on people.employments (enterprise_id, phone_tail);
create index employments_left on people.employments (state_since) where state = 'left';
grant select, insert, update, delete on people.employments to fugong_app;

-- What changed, from which day; an entry as it was made has no row here until it changes.
create table people.changes (
  id uuid primary key,
  employment_id uuid not null,
  enterprise_id uuid not null,
  case_key text not null,
  kind text not null check (kind in ('entered', 'moved', 'placed', 'corrected', 'undone')),
  effective_on date not null,
  -- State, day of observation, workplace, crew, dormitory, shift and origin before and after; personal values are named in fields only.
  before jsonb not null,
  after jsonb not null,
  fields text[] not null,
  note text,
  move_id uuid,
  -- The employment's revision that this change made.
  revision integer not null,
  by_person uuid,
  recorded_at timestamptz not null
);
create index changes_of on people.changes (employment_id, id);
create index changes_move on people.changes (move_id) where move_id is not null;
grant select, insert, delete on people.changes to fugong_app;

-- Who looked at which sealed value of a person and why; also for the person to see.
create table people.reads (
  id uuid primary key,
  person_id uuid not null,
  employment_id uuid not null,
  enterprise_id uuid not null,
  case_key text not null,
  field text not null,
  reason text not null,
  office boolean not null,
  by_person uuid not null,
  at timestamptz not null
);
create index reads_person on people.reads (person_id, at desc);
create index reads_employment on people.reads (employment_id, at desc);
grant select, insert, delete on people.reads to fugong_app;

-- How many are where in which state, kept by the statement that writes employments.
create table people.counts (
  enterprise_id uuid not null,
  workplace_id uuid not null,
  state text not null,
  people integer not null,
  district_code text not null,
  street_code text not null,
  zone_code text,
  primary key (workplace_id, state, street_code)
);
create index counts_enterprise on people.counts (enterprise_id);
create index counts_district on people.counts (district_code, enterprise_id);
grant select, insert, update, delete on people.counts to fugong_app;

create function people.count_changes() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if tg_op = 'INSERT' then
    insert into people.counts as c (enterprise_id, workplace_id, state, people, district_code, street_code, zone_code)
      select enterprise_id, workplace_id, state, count(*), district_code, street_code, max(zone_code) from arrived group by enterprise_id, workplace_id, state, district_code, street_code order by workplace_id, state
      on conflict (workplace_id, state, street_code) do update set people = c.people + excluded.people, zone_code = excluded.zone_code;
  elsif tg_op = 'DELETE' then
    update people.counts c set people = c.people - g.people from (select workplace_id, state, street_code, count(*)::int as people from gone group by 1, 2, 3) g
      where c.workplace_id = g.workplace_id and c.state = g.state and c.street_code = g.street_code;
  else
    insert into people.counts as c (enterprise_id, workplace_id, state, people, district_code, street_code, zone_code)
      select enterprise_id, workplace_id, state, sum(n), district_code, street_code, max(zone_code) from (
        select enterprise_id, workplace_id, state, 1 as n, district_code, street_code, zone_code from arrived
        union all select enterprise_id, workplace_id, state, -1, district_code, street_code, zone_code from gone) both_ways
      group by enterprise_id, workplace_id, state, district_code, street_code having sum(n) <> 0 order by workplace_id, state
      on conflict (workplace_id, state, street_code) do update set people = c.people + excluded.people, zone_code = excluded.zone_code;
  end if;
  return null;
end $$;
create trigger counted_in after insert on people.employments referencing new table as arrived for each statement execute function people.count_changes();
create trigger counted_out after delete on people.employments referencing old table as gone for each statement execute function people.count_changes();
create trigger counted_over after update on people.employments referencing old table as gone new table as arrived for each statement execute function people.count_changes();

-- Posters whose code employees scan; the secret sealed, so that the poster can be printed again, and hashed, so that it is found.
create table people.posters (
  id uuid primary key,
  enterprise_id uuid not null,
  workplace_id uuid not null,
  token_hash bytea not null constraint posters_token unique,
  token_sealed bytea not null,
  made_by uuid,
  created_at timestamptz not null,
  revoked_at timestamptz
);
create unique index posters_one on people.posters (workplace_id) where revoked_at is null;
create index posters_enterprise on people.posters (enterprise_id);
grant select, insert, update on people.posters to fugong_app;

-- What employees entered of themselves, waiting for the firm; everything personal sealed, also the name.
create table people.entries (
  id uuid primary key,
  poster_id uuid not null references people.posters (id),
  enterprise_id uuid not null,
  workplace_id uuid not null,
  id_blind bytea not null,
  sealed bytea,
  key_id text,
  notice_version integer not null,
  state text not null check (state in ('waiting', 'confirmed', 'refused', 'lapsed')),
  entered_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  reason text,
  constraint entries_emptied check ((state = 'waiting') = (sealed is not null))
);
-- Whoever enters themselves twice has entered once.
create unique index entries_once on people.entries (workplace_id, id_blind) where state = 'waiting';
create index entries_waiting on people.entries (enterprise_id, entered_at) where state = 'waiting';
grant select, insert, update, delete on people.entries to fugong_app;

-- Replacing data keys: how far sealing anew has come.
create table people.rotations (
  id uuid primary key,
  begun_at timestamptz not null,
  begun_by uuid,
  -- Keys whose values are sealed anew; destroyed when no value names them any more.
  old_keys text[] not null,
  total integer not null,
  done integer not null default 0,
  after_id uuid,
  finished_at timestamptz
);
create unique index rotations_one on people.rotations ((true)) where finished_at is null;
grant select, insert, update on people.rotations to fugong_app;
