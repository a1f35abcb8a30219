-- Complexes with their tenants, the operator's collective declarations, and what each tenant said to them.
create schema complexes;
grant usage on schema complexes to fugong_app;

create table complexes.complexes (
  id uuid primary key,
  revision integer not null default 1 check (revision > 0),
  operator_id uuid not null,
  operator_name text not null,
  operator_code text collate "C" not null,
  name text not null,
  scene text not null,
  address text not null,
  district_code text not null,
  street_code text not null,
  zone_code text,
  registered_at timestamptz not null,
  registered_by uuid,
  sample boolean not null,
  changed_by uuid,
  changed_at timestamptz not null,
  constraint complexes_once unique (operator_id, name)
);
create index complexes_order on complexes.complexes (registered_at desc, id desc);
create index complexes_district on complexes.complexes (district_code);
grant select, insert on complexes.complexes to fugong_app;
grant update (revision, name, scene, address, changed_by, changed_at) on complexes.complexes to fugong_app;

-- The operator's list; it names firms by their code and knows nothing else of them.
create table complexes.tenants (
  id uuid primary key,
  complex_id uuid not null references complexes.complexes (id),
  operator_id uuid not null,
  credit_code text collate "C" not null,
  name text not null,
  shop text not null,
  headcount integer check (headcount > 0),
  added_at timestamptz not null,
  ended_at timestamptz,
  district_code text not null,
  street_code text not null,
  zone_code text
);
create unique index tenants_once on complexes.tenants (complex_id, credit_code) where ended_at is null;
create index tenants_code on complexes.tenants (credit_code) where ended_at is null;
grant select, insert on complexes.tenants to fugong_app;
grant update (name, shop, headcount, ended_at) on complexes.tenants to fugong_app;

create table complexes.filings (
  id uuid primary key,
  revision integer not null default 1 check (revision > 0),
  complex_id uuid not null references complexes.complexes (id),
  operator_id uuid not null,
  emergency_id uuid not null,
  emergency_kind text not null,
  form_version integer not null,
  state text not null check (state in ('draft', 'asked', 'closed')),
  -- Read and written as a whole, never queried into.
  answers jsonb not null default '{}',
  file_ids uuid[] not null default '{}',
  planned_date date,
  opened_at timestamptz not null,
  asked_at timestamptz,
  closed_at timestamptz,
  changed_by uuid,
  changed_at timestamptz not null,
  district_code text not null,
  street_code text not null,
  zone_code text,
  check ((state = 'draft') = (asked_at is null and closed_at is null) or state = 'closed'),
  check ((state = 'closed') = (closed_at is not null))
);
create unique index filings_one_open on complexes.filings (complex_id) where state <> 'closed';
create index filings_complex on complexes.filings (complex_id, opened_at desc);
grant select, insert, update on complexes.filings to fugong_app;

-- One tenant in one filing; written for it when it is asked, its own from then on.
create table complexes.confirmations (
  id uuid primary key,
  revision integer not null default 1 check (revision > 0),
  filing_id uuid not null references complexes.filings (id),
  tenant_id uuid not null references complexes.tenants (id),
  enterprise_id uuid not null,
  enterprise_name text not null,
  state text not null check (state in ('asked', 'confirmed', 'objected', 'leftOut')),
  headcount integer,
  planned_date date,
  reason text,
  asked_at timestamptz not null,
  answered_at timestamptz,
  answered_by uuid,
  declaration_id uuid,
  district_code text not null,
  street_code text not null,
  zone_code text,
  constraint confirmations_once unique (filing_id, tenant_id),
  check ((state = 'confirmed') = (declaration_id is not null))
);
create index confirmations_enterprise on complexes.confirmations (enterprise_id, asked_at desc);
grant select, insert on complexes.confirmations to fugong_app;
grant update (revision, state, headcount, planned_date, reason, answered_at, answered_by, declaration_id) on complexes.confirmations to fugong_app;
