-- Spot checks: draws with their commitment, frozen list and result, the checks that come of them, and what was seen.
create schema spotchecks;
grant usage on schema spotchecks to fugong_app;

create table spotchecks.draws (
  id uuid primary key,
  state text not null check (state in ('committed', 'freezing', 'frozen', 'opening', 'drawn', 'empty')),
  procedure text not null,
  area_code text not null,
  -- The same, as scopes name it: a district or a development zone.
  district_code text not null,
  emergency_id uuid not null,
  emergency_kind text not null,
  unit_id uuid not null,
  unit_zh text not null,
  unit_en text not null,
  committed_by uuid not null,
  committed_at timestamptz not null,
  commitment text not null,
  -- Encrypted until the draw; nobody reads it before.
  sealed_seed bytea not null,
  draw_at timestamptz not null check (draw_at > committed_at),
  freeze_after uuid,
  frozen_at timestamptz,
  list_hash text,
  list_count integer,
  -- The last block of the audit when the frozen list was on record; the draw goes by the next one.
  block_after bigint,
  block_no bigint,
  block_hash text,
  seed text,
  drawn_at timestamptz,
  strata jsonb not null default '[]',
  sample boolean not null default false,
  check ((seed is not null) = (drawn_at is not null)),
  check (state not in ('frozen', 'opening', 'drawn') or list_hash is not null)
);
create index draws_area on spotchecks.draws (district_code, committed_at desc, id desc);
create index draws_due on spotchecks.draws (draw_at) where state not in ('drawn', 'empty');
grant select, insert, update on spotchecks.draws to fugong_app;

-- The frozen list: certificate numbers, which anyone may check, and the stratum. Once it is frozen nothing is added, changed or removed.
create table spotchecks.entries (
  draw_id uuid not null references spotchecks.draws (id),
  number text not null,
  stratum text not null,
  declaration_id uuid not null,
  rank text,
  drawn boolean not null default false,
  -- Inspectors and those they were drawn from, under codes that tell nothing of them.
  inspector_codes text[] not null default '{}',
  pool_codes text[] not null default '{}',
  district_code text not null,
  primary key (draw_id, number)
);
create index entries_drawn on spotchecks.entries (draw_id, number) where drawn;
grant select, insert, update (rank, drawn, inspector_codes, pool_codes) on spotchecks.entries to fugong_app;
create function spotchecks.keep_frozen() returns trigger language plpgsql as $$
begin
  if exists (select 1 from spotchecks.draws d where d.id = new.draw_id and d.state <> 'freezing') then
    raise exception 'the list of this draw is frozen';
  end if;
  return new;
end $$;
create trigger entries_frozen before insert on spotchecks.entries for each row execute function spotchecks.keep_frozen();

create table spotchecks.checks (
  id uuid primary key,
  revision integer not null default 1 check (revision > 0),
  state text not null check (state in ('open', 'rectifying', 'rechecking', 'passed', 'stopped', 'lapsed')),
  draw_id uuid not null references spotchecks.draws (id),
  declaration_id uuid not null,
  certificate_number text not null,
  enterprise_name text not null,
  name_key text not null,
  workplace_name text not null,
  address text not null,
  scene text not null,
  industry_code text not null,
  unit_id uuid not null,
  inspector_ids uuid[] not null,
  due_on date not null,
  deadline date,
  drawn_at timestamptz not null,
  checked_at timestamptz,
  report_at timestamptz,
  report_note text,
  report_ids uuid[] not null default '{}',
  order_id uuid,
  emergency_id uuid not null,
  emergency_kind text not null,
  sample boolean not null default false,
  changed_by uuid,
  changed_unit_id uuid,
  changed_at timestamptz not null,
  enterprise_id uuid not null,
  district_code text not null,
  street_code text not null,
  zone_code text,
  department_key text,
  unique (draw_id, declaration_id)
);
create index checks_district on spotchecks.checks (district_code, due_on, id);
create index checks_zone on spotchecks.checks (zone_code, due_on, id) where zone_code is not null;
create index checks_department on spotchecks.checks (department_key, due_on, id) where department_key is not null;
create index checks_enterprise on spotchecks.checks (enterprise_id, drawn_at desc);
create index checks_declaration on spotchecks.checks (declaration_id) where state in ('open', 'rectifying', 'rechecking');
grant select, insert, update on spotchecks.checks to fugong_app;

create table spotchecks.visits (
  id uuid primary key,
  check_id uuid not null references spotchecks.checks (id),
  at timestamptz not null,
  result text not null check (result in ('pass', 'rectify', 'stopWork')),
  findings text not null,
  answers jsonb not null,
  form_version integer,
  file_ids uuid[] not null default '{}',
  person_id uuid not null,
  unit_id uuid not null,
  enterprise_id uuid not null,
  district_code text not null,
  street_code text not null,
  zone_code text,
  department_key text
);
create index visits_of on spotchecks.visits (check_id, at);
grant select, insert on spotchecks.visits to fugong_app;
