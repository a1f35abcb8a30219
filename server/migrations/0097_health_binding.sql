-- Binding phones: what was asked and waits for its code, counted tries, and until when the standing of a person counts.
create table health.binding_asks (
  id uuid primary key,
  device_id uuid not null,
  employment_id uuid not null,
  enterprise_id uuid not null,
  workplace_id uuid not null,
  notice_version integer not null,
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index binding_asks_age on health.binding_asks (expires_at);
grant select, insert, delete on health.binding_asks to fugong_app;
grant update (used_at) on health.binding_asks to fugong_app;

-- Tries at a workplace from one device or one address; keys are blind indexes.
create table health.binding_tries (
  key bytea primary key,
  tries integer not null,
  last_at timestamptz not null
);
create index binding_tries_age on health.binding_tries (last_at);
grant select, insert, update, delete on health.binding_tries to fugong_app;

-- Under which wording of the notice a phone was bound.
alter table health.bindings add notice_version integer not null default 1;
alter table health.bindings alter notice_version drop default;

-- The last day on which each fact counts for triage; null has no end.
alter table health.subjects
  add origin_code text,
  add origin_until date,
  add exposed_until date,
  add observed_until date;
create index subjects_origin on health.subjects (origin_code) where origin_code is not null;
