-- Declarations of resumption, the gaps told, their timeline, and the grams of the firm's name.
create schema declarations;
grant usage on schema declarations to fugong_app;

create table declarations.declarations (
  id uuid primary key,
  revision integer not null default 1 check (revision > 0),
  state text not null check (state in ('draft', 'underReview', 'returned', 'siteCheckPending', 'filed', 'rejected', 'withdrawn')),
  -- The firm and the workplace as they were when the declaration was opened or last submitted.
  enterprise_id uuid not null,
  enterprise_name text not null,
  name_key text not null,
  credit_code text collate "C" not null,
  industry_code text not null,
  enterprise_class text not null,
  workplace_id uuid not null,
  workplace_name text not null,
  scene text not null,
  address text not null,
  district_code text not null,
  street_code text not null,
  zone_code text,
  department_key text,
  emergency_id uuid not null,
  emergency_kind text not null,
  sample boolean not null,
  form_version integer not null,
  planned_date date,
  headcount integer check (headcount between 1 and 1000000),
  -- Read and written as a whole, never queried into.
  answers jsonb not null default '{}',
  pledged_at timestamptz,
  pledge_version integer,
  file_ids uuid[] not null default '{}',
  level text check (level in ('none', 'low', 'medium', 'high')),
  level_record_id uuid,
  procedure text check (procedure in ('effective', 'review', 'reviewAndSite')),
  decision jsonb,
  decision_id uuid,
  due_at timestamptz,
  overdue_outcome text check (overdue_outcome in ('accept', 'escalate')),
  escalated_at timestamptz,
  gaps_told_at timestamptz,
  reason text,
  site_result text check (site_result in ('pass', 'fail')),
  site_findings text,
  site_by uuid,
  site_unit_id uuid,
  site_at timestamptz,
  review_unit_id uuid,
  certificate_id uuid,
  certificate_number text,
  submitted_at timestamptz,
  submitted_by uuid,
  decided_at timestamptz,
  created_at timestamptz not null,
  changed_side text not null check (changed_side in ('firm', 'office', 'clock')),
  changed_by uuid,
  changed_unit_id uuid,
  changed_at timestamptz not null,
  -- What is filed has its certificate and was submitted; what waits for an office was submitted too.
  check (state <> 'filed' or (certificate_id is not null and certificate_number is not null and decided_at is not null)),
  check (state in ('draft', 'withdrawn') or (submitted_at is not null and procedure is not null)),
  -- Nothing waits for an office without a clock.
  check (state not in ('underReview', 'siteCheckPending') or (due_at is not null and overdue_outcome is not null))
);
create unique index declarations_one_open on declarations.declarations (workplace_id) where state in ('draft', 'underReview', 'returned', 'siteCheckPending');
-- Serves the reviewers' lists and the sweep; drafts and finished ones are not in it.
create index declarations_waiting on declarations.declarations (due_at, id) where state in ('underReview', 'siteCheckPending');
create index declarations_order on declarations.declarations (created_at desc, id desc);
create index declarations_enterprise on declarations.declarations (enterprise_id, created_at desc);
-- What a firm last filed fills its next draft.
create index declarations_last_filed on declarations.declarations (enterprise_id, decided_at desc) where state = 'filed';
create index declarations_district on declarations.declarations (district_code, state, created_at desc);
create index declarations_street on declarations.declarations (street_code, state, created_at desc);
create index declarations_zone on declarations.declarations (zone_code, state, created_at desc) where zone_code is not null;
create index declarations_department on declarations.declarations (department_key, state, created_at desc) where department_key is not null;
create index declarations_credit_code on declarations.declarations (credit_code);
grant select, insert, update on declarations.declarations to fugong_app;

-- The list of gaps, told once and kept.
create table declarations.gaps (
  declaration_id uuid not null references declarations.declarations (id),
  position integer not null,
  field text not null,
  text text not null,
  -- What the named field held when the gap was told; tells later whether the firm has touched it.
  was jsonb,
  enterprise_id uuid not null,
  district_code text not null,
  street_code text not null,
  zone_code text,
  department_key text,
  primary key (declaration_id, position)
);
grant select, insert on declarations.gaps to fugong_app;

-- Append-only.
create table declarations.timeline (
  -- Several entries may share a moment; this is their order.
  no bigint generated always as identity primary key,
  declaration_id uuid not null references declarations.declarations (id),
  at timestamptz not null,
  event text not null,
  side text not null check (side in ('firm', 'office', 'clock')),
  actor_id uuid,
  unit_id uuid,
  note text,
  enterprise_id uuid not null,
  district_code text not null,
  street_code text not null,
  zone_code text,
  department_key text
);
create index timeline_order on declarations.timeline (declaration_id, no);
grant select, insert on declarations.timeline to fugong_app;

-- Pairs of neighbouring characters of the firm's name, from the first submission on; they follow the name.
-- No foreign key: ten checks a row for what is derived from the row itself.
create table declarations.grams (
  gram text not null,
  declaration_id uuid not null,
  enterprise_id uuid not null,
  district_code text not null,
  street_code text not null,
  zone_code text,
  department_key text,
  primary key (gram, declaration_id)
);
create index grams_declaration on declarations.grams (declaration_id);
grant select, insert, delete on declarations.grams to fugong_app;
