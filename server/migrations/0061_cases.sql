-- Cases: anything that someone must deal with, its parts by unit and person, its clocks and pauses, and everything that happened.
create schema cases;
grant usage on schema cases to fugong_app;

create table cases.cases (
  id uuid primary key,
  revision integer not null default 1 check (revision > 0),
  kind text not null,
  -- The record of the room that registered the kind; nothing here knows what it is.
  subject_id uuid not null,
  state text not null,
  waiting_for text not null check (waiting_for in ('office', 'firm', 'none')),
  -- What the list searches in, as the room names its record; screens ask the room for what it is called now.
  title text not null,
  search_key text not null,
  step smallint not null default 1,
  outcome text,
  opened_at timestamptz not null,
  opened_by uuid,
  opened_unit_id uuid,
  ended_at timestamptz,
  -- The next limit among the clocks that run; far ahead when none does.
  due_at timestamptz not null default '9999-12-31T00:00:00Z',
  -- From when on that limit is near.
  soon_at timestamptz not null default '9999-12-31T00:00:00Z',
  paused_for text,
  enterprise_id uuid,
  district_code text,
  street_code text,
  zone_code text,
  department_key text,
  emergency_id uuid,
  emergency_kind text not null default '',
  sample boolean not null default false,
  changed_by uuid,
  changed_unit_id uuid,
  changed_at timestamptz not null,
  check ((waiting_for = 'none') = (ended_at is not null))
);
-- One open case of a kind for a record.
create unique index cases_one_open on cases.cases (kind, subject_id) where ended_at is null;
create index cases_subject on cases.cases (subject_id);
create index cases_opened_by on cases.cases (opened_by, opened_at desc, id desc) where opened_by is not null;
create index cases_district on cases.cases (district_code, due_at, id) where ended_at is null;
grant select, insert, update on cases.cases to fugong_app;

create table cases.parts (
  id uuid primary key,
  revision integer not null default 1 check (revision > 0),
  case_id uuid not null references cases.cases (id),
  kind text not null,
  step smallint not null check (step > 0),
  unit_id uuid not null,
  person_id uuid,
  role text not null check (role in ('lead', 'help')),
  state text not null check (state in ('coming', 'open', 'done', 'moved', 'dropped')),
  result text,
  note text,
  -- The part that a unit handed on to this one, so that it can be handed back.
  from_part_id uuid references cases.parts (id),
  opened_at timestamptz,
  taken_at timestamptz,
  ended_at timestamptz,
  ended_by uuid,
  -- Those of the case, so that a unit's list is led by one index.
  due_at timestamptz not null default '9999-12-31T00:00:00Z',
  soon_at timestamptz not null default '9999-12-31T00:00:00Z',
  enterprise_id uuid,
  district_code text,
  street_code text,
  zone_code text,
  department_key text,
  changed_by uuid,
  changed_at timestamptz not null,
  check ((state in ('done', 'moved', 'dropped')) = (ended_at is not null)),
  check (state <> 'open' or opened_at is not null)
);
create index parts_case on cases.parts (case_id, step);
create index parts_unit_open on cases.parts (unit_id, due_at, id) where state = 'open';
create index parts_person_open on cases.parts (person_id, due_at, id) where state = 'open' and person_id is not null;
create index parts_done on cases.parts (ended_by, ended_at desc, id desc) where ended_by is not null;
create index parts_unit_ended on cases.parts (unit_id, ended_at) where ended_at is not null;
grant select, insert, update on cases.parts to fugong_app;

create table cases.clocks (
  id uuid primary key,
  case_id uuid not null references cases.cases (id),
  kind text not null,
  -- null: the clock of the whole case.
  part_id uuid references cases.parts (id),
  clock text not null check (clock in ('respond', 'resolve')),
  hours numeric(9, 3) not null check (hours > 0),
  state text not null check (state in ('running', 'paused', 'stopped')),
  started_at timestamptz not null,
  -- null while it is paused within its limit.
  due_at timestamptz,
  soon_at timestamptz,
  stopped_at timestamptz,
  -- Whether it stopped within its limit; null while it runs and when the case was withdrawn.
  kept boolean,
  breached_at timestamptz,
  -- The moment at which the sweep has something to do with it.
  next_at timestamptz,
  remind_at timestamptz,
  reminded_at timestamptz,
  escalations smallint not null default 0,
  escalated_at timestamptz,
  -- Who had the lead when it stopped.
  unit_id uuid,
  enterprise_id uuid,
  district_code text,
  street_code text,
  zone_code text,
  department_key text,
  check ((state = 'stopped') = (stopped_at is not null))
);
create index clocks_case on cases.clocks (case_id);
-- Serves the sweep: only what runs is in it.
create index clocks_next on cases.clocks (next_at, id) where state = 'running' and next_at is not null;
create index clocks_running on cases.clocks (id) where state <> 'stopped';
create index clocks_kept on cases.clocks (unit_id, stopped_at) include (clock, kind, kept) where state = 'stopped';
grant select, insert, update on cases.clocks to fugong_app;

-- When clocks stood still and why; the reasons are data of the kind.
create table cases.pauses (
  id uuid primary key,
  case_id uuid not null references cases.cases (id),
  reason text not null,
  note text,
  begun_at timestamptz not null,
  begun_by uuid,
  ended_at timestamptz,
  ended_by uuid,
  enterprise_id uuid,
  district_code text,
  street_code text,
  zone_code text,
  department_key text,
  check (ended_at >= begun_at)
);
create unique index pauses_one_open on cases.pauses (case_id) where ended_at is null;
create index pauses_case on cases.pauses (case_id, begun_at);
grant select, insert on cases.pauses to fugong_app;
grant update (ended_at, ended_by) on cases.pauses to fugong_app;

-- Append-only.
create table cases.timeline (
  id uuid primary key,
  case_id uuid not null references cases.cases (id),
  part_id uuid,
  at timestamptz not null,
  event text not null,
  -- Codes and ids that fill the words; never personal values.
  params jsonb not null default '{}',
  side text not null check (side in ('firm', 'office', 'clock')),
  actor_id uuid,
  unit_id uuid,
  note text,
  -- What offices do among themselves is not for the firm.
  internal boolean not null,
  enterprise_id uuid,
  district_code text,
  street_code text,
  zone_code text,
  department_key text
);
create index timeline_case on cases.timeline (case_id, id);
grant select, insert on cases.timeline to fugong_app;

-- Talk among officials about a case.
create table cases.comments (
  id uuid primary key,
  case_id uuid not null references cases.cases (id),
  at timestamptz not null,
  person_id uuid not null,
  unit_id uuid,
  text text not null,
  file_ids uuid[] not null default '{}',
  mentioned uuid[] not null default '{}',
  district_code text,
  street_code text,
  zone_code text,
  department_key text
);
create index comments_case on cases.comments (case_id, id);
grant select, insert on cases.comments to fugong_app;

create table cases.mentions (
  comment_id uuid not null references cases.comments (id),
  person_id uuid not null,
  case_id uuid not null references cases.cases (id),
  at timestamptz not null,
  primary key (comment_id, person_id)
);
create index mentions_person on cases.mentions (person_id, at desc);
grant select, insert on cases.mentions to fugong_app;

-- Pressing 催办 a unit that is late.
create table cases.presses (
  id uuid primary key,
  case_id uuid not null references cases.cases (id),
  part_id uuid not null references cases.parts (id),
  unit_id uuid not null,
  person_id uuid,
  word text not null,
  at timestamptz not null,
  by_person_id uuid not null,
  by_unit_id uuid,
  district_code text,
  street_code text,
  zone_code text,
  department_key text
);
create index presses_part on cases.presses (part_id, at desc);
create index presses_case on cases.presses (case_id);
grant select, insert on cases.presses to fugong_app;
