-- Alerts: what follows from a colour other than green, until it is released; steps with hours of their own, people met, appeals, changes by hand, outbreaks.
create schema alerts;
grant usage on schema alerts to fugong_app;

create table alerts.alerts (
  id uuid primary key,
  revision integer not null default 1,
  -- matter: for the firm to look after; alert: for the district.
  kind text not null check (kind in ('matter', 'alert')),
  employment_id uuid not null,
  person_id uuid not null,
  enterprise_id uuid not null,
  workplace_id uuid not null,
  enterprise_name text not null,
  district_code text not null,
  -- What only case officers of the district carry: no firm and no area reaches the row.
  case_key text not null generated always as (district_code || '/caseOfficer') stored,
  level smallint not null check (level between 1 and 3),
  state text not null check (state in ('open', 'following', 'observing', 'released', 'lifted', 'answered', 'lapsed')),
  result text check (result in ('negative', 'suspected', 'confirmed')),
  observe_until date,
  emergency_id uuid not null,
  emergency_kind text not null,
  opened_at timestamptz not null,
  ended_at timestamptz,
  ended_by uuid,
  -- Reasons may tell of health.
  end_reason_sealed bytea
);
create unique index alerts_one_open on alerts.alerts (employment_id) where ended_at is null;
create index alerts_desk on alerts.alerts (case_key, opened_at desc, id desc);
create index alerts_observed on alerts.alerts (observe_until) where state = 'observing';
create index alerts_workplace on alerts.alerts (workplace_id, opened_at);
grant select, insert, update on alerts.alerts to fugong_app;

create table alerts.steps (
  id uuid primary key,
  alert_id uuid not null references alerts.alerts (id),
  -- Set where the firm does it: its row says what to do and by when, and no more.
  enterprise_id uuid,
  case_key text not null,
  employment_id uuid not null,
  step text not null check (step in ('verify', 'isolate', 'report', 'clinic', 'trace', 'disinfect', 'result')),
  due_at timestamptz not null,
  done_at timestamptz,
  done_by uuid,
  note_sealed bytea,
  told_at timestamptz,
  dropped boolean not null default false,
  unique (alert_id, step)
);
create index steps_firm on alerts.steps (enterprise_id, due_at) where enterprise_id is not null;
create index steps_due on alerts.steps (due_at) where done_at is null and told_at is null and not dropped;
grant select, insert, update on alerts.steps to fugong_app;

-- People met, from the roster; `ways`: crew, dormitory, shift, workplace.
create table alerts.contacts (
  alert_id uuid not null references alerts.alerts (id),
  employment_id uuid not null,
  case_key text not null,
  ways text[] not null,
  observe_until date,
  added_at timestamptz not null,
  primary key (alert_id, employment_id)
);
grant select, insert, update on alerts.contacts to fugong_app;

create table alerts.appeals (
  id uuid primary key,
  employment_id uuid not null,
  person_id uuid not null,
  district_code text not null,
  case_key text not null generated always as (district_code || '/caseOfficer') stored,
  level smallint not null,
  text_sealed bytea not null,
  state text not null check (state in ('waiting', 'upheld', 'changed', 'relieved')),
  due_at timestamptz,
  opened_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid,
  reason_sealed bytea
);
create unique index appeals_one_open on alerts.appeals (employment_id) where state = 'waiting';
create index appeals_desk on alerts.appeals (case_key, opened_at);
grant select, insert, update on alerts.appeals to fugong_app;

-- A change by hand, waiting for its second person.
create table alerts.changes (
  id uuid primary key,
  employment_id uuid not null,
  district_code text not null,
  case_key text not null generated always as (district_code || '/caseOfficer') stored,
  level smallint not null check (level between 0 and 3),
  until date not null,
  reason_sealed bytea not null,
  state text not null check (state in ('proposed', 'agreed', 'refused')),
  proposed_by uuid not null,
  proposed_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz
);
create unique index changes_one_open on alerts.changes (employment_id) where state = 'proposed';
grant select, insert, update on alerts.changes to fugong_app;

-- A workplace with a confirmed infection, in its stages; nothing of a person stands here.
create table alerts.outbreaks (
  id uuid primary key,
  enterprise_id uuid not null,
  workplace_id uuid not null,
  district_code text not null,
  street_code text not null,
  zone_code text,
  department_key text,
  enterprise_name text not null,
  workplace_name text not null,
  stage text not null check (stage in ('confirmed', 'controlled', 'resumed')),
  confirmed_on date not null,
  -- The day of the last infection or unexplained fever; the clean days count from it.
  last_on date not null,
  clean_days smallint not null,
  order_id uuid,
  controlled_at timestamptz,
  resumed_at timestamptz
);
create unique index outbreaks_one_open on alerts.outbreaks (workplace_id) where stage <> 'resumed';
grant select, insert, update on alerts.outbreaks to fugong_app;
