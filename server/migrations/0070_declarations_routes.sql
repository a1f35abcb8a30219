-- What the tables of procedures look at; by which units a declaration goes; lists of gaps, submissions, checklists, appointments and appeals.

alter table declarations.declarations
  -- The community (村、社区) of the address, where the firm named it: traders file there.
  add column community_code text,
  -- The firm as it was at the last submission, beside its class.
  add column enterprise_kind text,
  add column enterprise_size text,
  add column white_list boolean not null default false,
  add column across_districts boolean not null default false,
  -- The operator of a complex that filed for its tenant.
  add column operator_id uuid,
  add column evidence text check (evidence in ('none', 'site', 'siteOrVideo')),
  add column respond_hours numeric,
  add column work_hours numeric,
  -- By which units it goes and why, written as a whole.
  add column route jsonb,
  -- The level at submission; `level` is the one it is judged by now, since `judged_at`.
  add column first_level text check (first_level in ('none', 'low', 'medium', 'high')),
  add column first_procedure text,
  add column judged_at timestamptz,
  -- How many lists of gaps the firm was told; more than one is counted against the unit.
  add column gap_lists integer not null default 0,
  add column visit_at timestamptz,
  add column visit_who text,
  add column visit_by uuid,
  add column visit_unit_id uuid,
  add column visit_set_at timestamptz,
  add column film_ids uuid[] not null default '{}',
  add column film_at timestamptz,
  -- The unit whose decision ended it, and until which day that may be appealed.
  add column decided_unit_id uuid,
  add column appeal_until date,
  add column appeal_open boolean not null default false;
update declarations.declarations set gap_lists = 1 where gaps_told_at is not null;
update declarations.declarations set work_hours = (decision -> 'outputs' ->> 'workingHours')::numeric where decision is not null and procedure <> 'effective';
update declarations.declarations set first_level = level, first_procedure = procedure, judged_at = submitted_at where submitted_at is not null;
update declarations.declarations set evidence = case when procedure = 'reviewAndSite' then 'site' else 'none' end where procedure is not null;
update declarations.declarations set decided_unit_id = review_unit_id where state = 'rejected';
-- A workplace has one open matter: a declaration under way, or one whose rejection is appealed.
drop index declarations.declarations_one_open;
create unique index declarations_one_open on declarations.declarations (workplace_id) where state in ('draft', 'underReview', 'returned', 'siteCheckPending') or appeal_open;
-- Counts of lists read an index alone: units reach a declaration by its id, so the index holds that too.
drop index declarations.declarations_district;
create index declarations_district on declarations.declarations (district_code, state, created_at desc) include (enterprise_id, street_code, zone_code, department_key, id);
drop index declarations.declarations_department;
create index declarations_department on declarations.declarations (department_key, state, created_at desc) include (enterprise_id, district_code, street_code, zone_code, id) where department_key is not null;
drop index declarations.declarations_zone;
create index declarations_zone on declarations.declarations (zone_code, state, created_at desc) include (enterprise_id, district_code, street_code, department_key, id) where zone_code is not null;
-- Those told more than once, for the list and the counter.
create index declarations_late_lists on declarations.declarations (district_code, created_at desc) where gap_lists > 1;

alter table declarations.gaps add column list integer not null default 1;
alter table declarations.gaps drop constraint gaps_pkey, add primary key (declaration_id, list, position);

-- A list of gaps as it was told: by whom, when; every list but the first with the reason why it was not told at once.
create table declarations.gap_lists (
  declaration_id uuid not null references declarations.declarations (id),
  list integer not null check (list > 0),
  told_at timestamptz not null,
  unit_id uuid,
  person_id uuid,
  reason text,
  enterprise_id uuid not null,
  district_code text not null,
  street_code text not null,
  zone_code text,
  department_key text,
  primary key (declaration_id, list),
  check (list = 1 or reason is not null)
);
create index gap_lists_late on declarations.gap_lists (unit_id) where list > 1;
grant select, insert on declarations.gap_lists to fugong_app;
insert into declarations.gap_lists (declaration_id, list, told_at, unit_id, enterprise_id, district_code, street_code, zone_code, department_key)
  select id, 1, gaps_told_at, review_unit_id, enterprise_id, district_code, street_code, zone_code, department_key from declarations.declarations where gaps_told_at is not null;

-- What each submission said, so that the next one can be compared with it. Read and written as a whole.
create table declarations.submissions (
  declaration_id uuid not null references declarations.declarations (id),
  no integer not null check (no > 0),
  at timestamptz not null,
  content jsonb not null,
  enterprise_id uuid not null,
  district_code text not null,
  street_code text not null,
  zone_code text,
  department_key text,
  primary key (declaration_id, no)
);
grant select, insert on declarations.submissions to fugong_app;

-- What a reviewer ticked on the checklist, kept with the step that was done on it.
create table declarations.checks (
  id uuid primary key,
  declaration_id uuid not null references declarations.declarations (id),
  at timestamptz not null,
  what text not null check (what in ('accept', 'return', 'reject', 'site')),
  form_version integer not null,
  ticked text[] not null,
  unit_id uuid,
  person_id uuid,
  enterprise_id uuid not null,
  district_code text not null,
  street_code text not null,
  zone_code text,
  department_key text
);
create index checks_of on declarations.checks (declaration_id, at);
grant select, insert on declarations.checks to fugong_app;

-- Appeals against a rejection, decided by another unit.
create table declarations.appeals (
  id uuid primary key,
  declaration_id uuid not null references declarations.declarations (id),
  revision integer not null default 1,
  state text not null check (state in ('underReview', 'upheld', 'reopened', 'filed', 'withdrawn')),
  reason text not null,
  file_ids uuid[] not null default '{}',
  opened_at timestamptz not null,
  opened_by uuid,
  decision_id uuid,
  decision jsonb not null,
  -- Whose decision is appealed, by whom it was taken, and who reviews it.
  against_unit_id uuid,
  against_person_id uuid,
  unit_id uuid not null,
  due_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid,
  decided_unit_id uuid,
  answer text,
  enterprise_id uuid not null,
  district_code text not null,
  street_code text not null,
  zone_code text,
  department_key text,
  check ((state in ('upheld', 'reopened', 'filed')) = (decided_at is not null)),
  check (decided_at is null or answer is not null)
);
create unique index appeals_one_open on declarations.appeals (declaration_id) where state = 'underReview';
create index appeals_of on declarations.appeals (declaration_id, opened_at);
create index appeals_waiting on declarations.appeals (due_at, id) where state = 'underReview';
grant select, insert, update on declarations.appeals to fugong_app;
