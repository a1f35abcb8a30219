-- The register in full: facts of a firm, its history by day, flags, groups, workplaces from opening to closing, projects.
alter table enterprises.enterprises
  drop constraint enterprises_credit_code_check,
  -- A unified credit code, or the registration number of a trader who has none yet: one code, one column, one search.
  add constraint enterprises_credit_code_check check (credit_code ~ '^([0-9A-HJ-NPQRTUWXY]{18}|\d{15})$'),
  add column kind text not null default 'company' check (kind in ('company', 'trader', 'cooperative', 'publicBody', 'other')),
  add constraint enterprises_registration_number check (length(credit_code) = 18 or kind = 'trader'),
  add column state text not null default 'active' check (state in ('active', 'closed', 'merged')),
  add column state_since date,
  add column merged_into uuid references enterprises.enterprises (id),
  add constraint enterprises_merged check ((state = 'merged') = (merged_into is not null) and (state = 'active' or state_since is not null)),
  add column founded_on date,
  -- The first day that the register can speak of.
  add column known_from date not null default (now() at time zone 'Asia/Shanghai')::date,
  add column former_names text[] not null default '{}',
  add column legal_name text,
  add column legal_phone text,
  -- The legal representative's name and phone, sealed; the two columns before hold their masks.
  add column legal_sealed bytea,
  add column registered_district_code text check (registered_district_code ~ '^\d{6}$'),
  add column registered_address text,
  add column address text,
  add column building text,
  add column park text,
  -- Money in 10,000 yuan with at most two decimals: exact in a double up to a hundred trillion.
  add column staff integer check (staff >= 0), add column staff_year smallint,
  add column insured integer check (insured >= 0), add column insured_year smallint,
  add column revenue double precision check (revenue >= 0), add column revenue_year smallint,
  add column assets double precision check (assets >= 0), add column assets_year smallint,
  add column hazardous text,
  add column central_air boolean,
  add column size text not null default 'undetermined' check (size in ('large', 'medium', 'small', 'micro', 'notApplicable', 'undetermined')),
  add column size_missing text[] not null default '{}',
  add column size_decision uuid,
  add column size_at timestamptz,
  -- Codes of the flags in force, copied from enterprises.flags so that a list shows them without a join.
  add column flags text[] not null default '{}',
  -- An office named the department: the table no longer does.
  add column department_reason text,
  add column department_by uuid,
  add column department_unit uuid,
  add column department_at timestamptz,
  add column revision integer not null default 1,
  add column changed_side text not null default 'system' check (changed_side in ('firm', 'office', 'system')),
  add column changed_by uuid,
  add column changed_unit uuid,
  add column changed_at timestamptz;
update enterprises.enterprises set known_from = (registered_at at time zone 'Asia/Shanghai')::date;
create index enterprises_merged_into on enterprises.enterprises (merged_into) where merged_into is not null;
grant update (
  credit_code, name, search_name, industry_code, class, kind, state, state_since, merged_into, founded_on, former_names, legal_name, legal_phone, legal_sealed, registered_district_code, registered_address,
  district_code, street_code, zone_code, address, building, park, staff, staff_year, insured, insured_year, revenue, revenue_year, assets, assets_year, hazardous, central_air,
  size, size_missing, size_decision, size_at, flags, department_reason, department_by, department_unit, department_at, code_reason, revision, changed_side, changed_by, changed_unit, changed_at
) on enterprises.enterprises to fugong_app;

alter table enterprises.workplaces
  add column building text,
  add column park text,
  add column opened_on date not null default (now() at time zone 'Asia/Shanghai')::date,
  add column closed_on date,
  add column close_reason text,
  -- The closing of the firm that closed it too: reopening the firm opens it again.
  add column closed_with uuid,
  -- Only open workplaces let others see the firm.
  add column open boolean not null default true,
  add column revision integer not null default 1,
  add column changed_side text not null default 'firm' check (changed_side in ('firm', 'office', 'system')),
  add column changed_by uuid,
  add column changed_unit uuid,
  add column changed_at timestamptz,
  add check (closed_on >= opened_on), add check (open = (closed_on is null));
update enterprises.workplaces set opened_on = (added_at at time zone 'Asia/Shanghai')::date;
grant update (name, scene, address, building, park, closed_on, close_reason, closed_with, open, revision, changed_side, changed_by, changed_unit, changed_at) on enterprises.workplaces to fugong_app;

-- Pairs stand once for the firm's own area (under the firm's id) and once for each open workplace elsewhere (under its id).
alter table enterprises.grams drop constraint grams_workplace_id_fkey;
alter table enterprises.grams rename column workplace_id to place_id;
grant delete on enterprises.grams to fugong_app;

-- Every change of a firm or workplace, append-only; what holds on a day is folded from them (see docs/decisions/0010-facts-by-the-day.md).
create table enterprises.changes (
  id uuid primary key,
  -- The order of writing, which moments and identifiers do not give within a millisecond.
  no bigint generated always as identity,
  enterprise_id uuid not null references enterprises.enterprises (id),
  workplace_id uuid references enterprises.workplaces (id),
  kind text not null,
  effective_on date not null,
  reason text,
  -- The facts that it sets; names and phones of people only sealed and masked.
  patch jsonb not null,
  state text not null check (state in ('done', 'planned', 'cancelled', 'failed')),
  failure text,
  side text not null check (side in ('firm', 'office', 'system')),
  by_person uuid,
  by_unit uuid,
  recorded_at timestamptz not null,
  settled_at timestamptz,
  -- Changes of the firm go with the firm; those of a workplace are seen where it lies.
  with_firm boolean not null,
  district_code text,
  street_code text,
  zone_code text,
  department text,
  department_key text generated always as (district_code || '/' || department) stored,
  check (with_firm = (workplace_id is null))
);
create index changes_of on enterprises.changes (enterprise_id, effective_on, no);
create index changes_planned on enterprises.changes (effective_on) where state = 'planned';
grant select, insert on enterprises.changes to fugong_app;
grant update (state, failure, settled_at, department) on enterprises.changes to fugong_app;

-- The facts of a firm or workplace from a day to a day, folded from its changes; none while nothing has changed.
-- A row lies in the area where the firm lay then: who had it keeps what there was to see, who gets it sees all of it.
create table enterprises.versions (
  id uuid primary key,
  enterprise_id uuid not null references enterprises.enterprises (id),
  workplace_id uuid references enterprises.workplaces (id),
  valid_from date not null,
  valid_to date,
  facts jsonb not null,
  with_firm boolean not null,
  district_code text not null,
  street_code text not null,
  zone_code text,
  department text,
  department_key text generated always as (district_code || '/' || department) stored,
  constraint versions_day unique nulls not distinct (enterprise_id, workplace_id, valid_from),
  check (valid_to > valid_from), check (with_firm = (workplace_id is null))
);
grant select, insert, delete on enterprises.versions to fugong_app;
grant update (department) on enterprises.versions to fugong_app;

-- The version of each size table that firms were last sized by: one that takes effect on a later day is noticed then.
create table enterprises.sized_by (table_code text primary key, version integer not null);
grant select, insert, update on enterprises.sized_by to fugong_app;

-- Flags that offices may put on firms; data, public words.
create table enterprises.flag_kinds (code text primary key, zh text not null, en text not null, text_zh text not null, text_en text not null, position integer not null);
grant select, insert, update on enterprises.flag_kinds to fugong_app;

create table enterprises.flags (
  id uuid primary key,
  enterprise_id uuid not null references enterprises.enterprises (id),
  code text not null references enterprises.flag_kinds (code),
  reason text not null,
  valid_from date not null,
  valid_to date,
  set_at timestamptz not null,
  set_by uuid,
  set_unit uuid,
  ended_at timestamptz,
  ended_by uuid,
  ended_unit uuid,
  end_reason text,
  with_firm boolean not null default true,
  check (valid_to >= valid_from), check ((ended_at is null) = (valid_to is null))
);
create unique index flags_once on enterprises.flags (enterprise_id, code) where ended_at is null;
create index flags_in_force on enterprises.flags (code, enterprise_id) where ended_at is null;
grant select, insert on enterprises.flags to fugong_app;
grant update (valid_to, ended_at, ended_by, ended_unit, end_reason) on enterprises.flags to fugong_app;

-- Who belongs to whom, from a day to a day; read from both ends.
create table enterprises.relations (
  id uuid primary key,
  child_id uuid not null references enterprises.enterprises (id),
  parent_id uuid not null references enterprises.enterprises (id),
  kind text not null check (kind in ('subsidiary', 'branch')),
  valid_from date not null,
  valid_to date,
  reason text,
  side text not null check (side in ('firm', 'office', 'system')),
  set_at timestamptz not null,
  set_by uuid,
  set_unit uuid,
  ended_at timestamptz,
  ended_by uuid,
  end_reason text,
  with_firm boolean not null default true,
  check (child_id <> parent_id), check (valid_to >= valid_from)
);
create unique index relations_once on enterprises.relations (child_id, parent_id) where ended_at is null;
-- A branch has one head; a subsidiary may belong to several.
create unique index relations_branch on enterprises.relations (child_id) where ended_at is null and kind = 'branch';
create index relations_down on enterprises.relations (parent_id);
create index relations_up on enterprises.relations (child_id);
grant select, insert on enterprises.relations to fugong_app;
grant update (valid_to, ended_at, ended_by, end_reason) on enterprises.relations to fugong_app;

-- Construction projects (建设项目) with their sections (标段、区段), seen where they lie and by their contractor.
create table enterprises.projects (
  id uuid primary key,
  enterprise_id uuid not null references enterprises.enterprises (id),
  name text not null,
  permit_number text,
  owner_name text not null,
  owner_id uuid references enterprises.enterprises (id),
  state text not null check (state in ('planned', 'building', 'suspended', 'finished')),
  state_since date not null,
  address text not null,
  planned_from date,
  planned_until date,
  registered_at timestamptz not null,
  registered_by uuid,
  revision integer not null default 1,
  changed_side text not null check (changed_side in ('firm', 'office', 'system')),
  changed_by uuid,
  changed_unit uuid,
  changed_at timestamptz not null,
  sample boolean not null default false,
  district_code text not null references areas.areas (code),
  street_code text not null references areas.areas (code),
  zone_code text references areas.areas (code),
  department text,
  department_key text generated always as (district_code || '/' || department) stored,
  constraint projects_permit unique (permit_number),
  check (planned_until >= planned_from)
);
create index projects_of on enterprises.projects (enterprise_id);
create index projects_owned on enterprises.projects (owner_id) where owner_id is not null;
create index projects_newest on enterprises.projects (registered_at desc, id desc);
grant select, insert on enterprises.projects to fugong_app;
grant update (name, permit_number, owner_name, owner_id, state, state_since, address, planned_from, planned_until, department, revision, changed_side, changed_by, changed_unit, changed_at) on enterprises.projects to fugong_app;

create table enterprises.sections (
  id uuid primary key,
  project_id uuid not null references enterprises.projects (id),
  name text not null,
  contractor_name text not null,
  enterprise_id uuid references enterprises.enterprises (id),
  valid_from date not null,
  valid_to date,
  added_at timestamptz not null,
  district_code text not null,
  street_code text not null,
  zone_code text,
  department text,
  department_key text generated always as (district_code || '/' || department) stored,
  check (valid_to >= valid_from)
);
create unique index sections_name on enterprises.sections (project_id, name) where valid_to is null;
create index sections_of on enterprises.sections (enterprise_id) where enterprise_id is not null;
grant select, insert on enterprises.sections to fugong_app;
grant update (valid_to) on enterprises.sections to fugong_app;
