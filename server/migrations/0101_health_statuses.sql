-- Colours of people as they came to be: what reports ask to be changed, and each change with who, why and until when.
create table health.turns (
  id bigint primary key generated always as identity,
  employment_id uuid not null,
  day date not null,
  slot smallint not null,
  level smallint not null,
  rule smallint not null,
  batch_id bigint not null,
  position smallint not null,
  at timestamptz not null
);
-- Taking some and passing over those that another worker holds asks for update too.
grant select, insert, update, delete on health.turns to fugong_app;

-- The latest row of an employment says its colour; whoever is green from the beginning has none.
create table health.statuses (
  id uuid primary key,
  employment_id uuid not null,
  person_id uuid not null,
  enterprise_id uuid not null,
  workplace_id uuid not null,
  district_code text not null,
  case_key text not null generated always as (district_code || '/caseOfficer') stored,
  level smallint not null check (level between 0 and 3),
  before smallint not null check (before between 0 and 3),
  -- report: by the table; hand: by two people; release: the end of a follow-up; appeal: decided or run out; lapse: the end of a change by hand; result: what a hospital found.
  source text not null check (source in ('report', 'hand', 'release', 'appeal', 'lapse', 'result')),
  rule smallint,
  day date,
  slot smallint,
  batch_id bigint,
  position smallint,
  by_person uuid,
  agreed_by uuid,
  -- Reasons may tell of health.
  reason_sealed bytea,
  -- The last day of a change by hand.
  until date,
  at timestamptz not null
);
create index statuses_of on health.statuses (employment_id, at desc, id desc);
create index statuses_until on health.statuses (until) where until is not null;
grant select, insert on health.statuses to fugong_app;
-- When the answers behind it are erased, so is what was written about them.
grant update (reason_sealed, until) on health.statuses to fugong_app;
