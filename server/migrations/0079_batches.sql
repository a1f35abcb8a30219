-- Batches: plans of units, their days, the firms on them, and every move with the deed it belongs to.
create schema batches;
grant usage on schema batches to fugong_app;

create table batches.plans (
  id uuid primary key,
  revision integer not null default 1 check (revision > 0),
  emergency_id uuid not null,
  emergency_kind text not null,
  unit_id uuid not null,
  area_code text not null,
  name text not null,
  note text,
  state text not null check (state in ('open', 'ended')),
  -- Always true: a plan is reached through the areas it concerns.
  spread boolean not null default true check (spread),
  opened_at timestamptz not null,
  ended_at timestamptz,
  end_reason text,
  sample boolean not null,
  changed_by uuid,
  changed_at timestamptz not null,
  check ((state = 'ended') = (ended_at is not null))
);
create index plans_order on batches.plans (opened_at desc, id desc);
grant select, insert on batches.plans to fugong_app;
grant update (revision, name, note, state, ended_at, end_reason, changed_by, changed_at) on batches.plans to fugong_app;

-- The areas and, for a plan of a department, its trade there; written once, before the plan.
create table batches.reaches (
  plan_id uuid not null,
  area_code text not null,
  department_key text,
  primary key (plan_id, area_code)
);
grant select, insert on batches.reaches to fugong_app;

create table batches.batches (
  id uuid primary key,
  plan_id uuid not null references batches.plans (id),
  day date not null,
  firms_limit integer check (firms_limit > 0),
  heads_limit integer check (heads_limit > 0),
  locked boolean not null default false,
  spread boolean not null default true check (spread),
  constraint batches_day unique (plan_id, day)
);
grant select, insert, update, delete on batches.batches to fugong_app;

-- One workplace on a plan, with what the register said of its firm when it was added.
create table batches.members (
  id uuid primary key,
  revision integer not null default 1 check (revision > 0),
  plan_id uuid not null references batches.plans (id),
  batch_id uuid references batches.batches (id),
  emergency_id uuid not null,
  -- False once it fell out or its plan ended: the workplace may then be planned elsewhere.
  open boolean not null default true,
  by_hand boolean not null default false,
  enterprise_name text not null,
  credit_code text collate "C" not null,
  industry_code text not null,
  enterprise_class text not null,
  workplace_id uuid not null,
  workplace_name text not null,
  heads integer check (heads >= 0),
  rank integer not null,
  priority jsonb,
  decision_id uuid,
  invited_day date,
  invited_at timestamptz,
  answer text check (answer in ('ready', 'notReady', 'otherDay')),
  answered_at timestamptz,
  answered_by uuid,
  reason text,
  wished_day date,
  out_reason text,
  added_at timestamptz not null,
  enterprise_id uuid not null,
  district_code text not null,
  street_code text not null,
  zone_code text,
  department_key text,
  constraint members_once unique (plan_id, workplace_id),
  check ((answer is null) = (answered_at is null)),
  check (answer is null or invited_at is not null)
);
create unique index members_one_plan on batches.members (workplace_id) where open;
create index members_order on batches.members (plan_id, rank, credit_code, id);
create index members_enterprise on batches.members (enterprise_id, invited_at desc) where invited_at is not null;
grant select, insert on batches.members to fugong_app;
grant update (revision, batch_id, open, by_hand, heads, rank, priority, decision_id, invited_day, invited_at, answer, answered_at, answered_by, reason, wished_day, out_reason) on batches.members to fugong_app;

-- What an office did to a plan; append-only but for the mark that it was undone.
create table batches.deeds (
  id uuid primary key,
  plan_id uuid not null,
  deed text not null,
  at timestamptz not null,
  person_id uuid,
  unit_id uuid,
  firms integer,
  day date,
  note text,
  undone_at timestamptz,
  spread boolean not null default true check (spread)
);
create index deeds_order on batches.deeds (plan_id, at desc, id desc);
grant select, insert on batches.deeds to fugong_app;
grant update (undone_at) on batches.deeds to fugong_app;

-- Where each firm stood before and after a deed; append-only.
create table batches.moves (
  no bigint generated always as identity primary key,
  deed_id uuid not null references batches.deeds (id),
  member_id uuid not null references batches.members (id),
  from_batch uuid,
  to_batch uuid,
  from_day date,
  to_day date,
  from_open boolean not null,
  to_open boolean not null,
  district_code text not null,
  street_code text not null,
  zone_code text,
  department_key text
);
create index moves_member on batches.moves (member_id, no);
create index moves_deed on batches.moves (deed_id);
grant select, insert on batches.moves to fugong_app;
