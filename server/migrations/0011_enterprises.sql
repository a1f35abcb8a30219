-- Firms, their workplaces, the words they are found by, and the industries they belong to.
create schema enterprises;
grant usage on schema enterprises to fugong_app;

-- GB/T 4754-2017; public facts, no row-level security.
create table enterprises.industries (
  code text primary key check (code ~ '^([A-T]|\d{2,4})$'),
  parent text references enterprises.industries (code),
  zh text not null,
  en text not null,
  position integer not null
);
grant select, insert, update on enterprises.industries to fugong_app;

create table enterprises.enterprises (
  id uuid primary key,
  -- Compared by bytes, so that the beginning of a code is an index range.
  credit_code text collate "C" not null check (credit_code ~ '^[0-9A-HJ-NPQRTUWXY]{18}$'),
  name text not null,
  -- The name as it is searched: one width, one case, no blanks.
  search_name text not null,
  industry_code text not null references enterprises.industries (code),
  class text not null check (class in ('general', 'firstBatch', 'vital')),
  department text,
  code_state text not null check (code_state in ('valid', 'pending', 'confirmed')),
  -- Why a code that fails its check digit is the issued one, in the firm's words.
  code_reason text,
  code_confirmed_by uuid,
  code_confirmed_unit uuid,
  code_confirmed_at timestamptz,
  registered_by uuid not null,
  registered_at timestamptz not null,
  sample boolean not null default false,
  -- The register's area: that of the first workplace.
  district_code text not null references areas.areas (code),
  street_code text not null references areas.areas (code),
  zone_code text references areas.areas (code),
  department_key text generated always as (district_code || '/' || department) stored,
  -- True when a further workplace lies outside this area: only then do others see the firm through its workplaces.
  elsewhere boolean not null default false,
  constraint enterprises_credit_code_key unique (credit_code),
  check (code_state = 'valid' or code_reason is not null),
  check ((code_state = 'confirmed') = (code_confirmed_at is not null and code_confirmed_by is not null))
);
create index enterprises_newest on enterprises.enterprises (registered_at desc, id desc);
create index enterprises_codes_waiting on enterprises.enterprises (registered_at desc, id desc) where code_state = 'pending';
grant select, insert on enterprises.enterprises to fugong_app;
grant update (elsewhere, department, code_state, code_confirmed_by, code_confirmed_unit, code_confirmed_at) on enterprises.enterprises to fugong_app;

create table enterprises.workplaces (
  id uuid primary key,
  enterprise_id uuid not null references enterprises.enterprises (id),
  name text not null,
  scene text not null check (scene in ('office', 'commercial', 'park', 'site', 'residential')),
  address text not null,
  added_at timestamptz not null,
  district_code text not null references areas.areas (code),
  street_code text not null references areas.areas (code),
  zone_code text references areas.areas (code),
  department text,
  department_key text generated always as (district_code || '/' || department) stored
);
create index workplaces_of on enterprises.workplaces (enterprise_id, added_at, id);
create index workplaces_district on enterprises.workplaces (district_code, enterprise_id);
create index workplaces_street on enterprises.workplaces (street_code, enterprise_id);
create index workplaces_zone on enterprises.workplaces (zone_code, enterprise_id) where zone_code is not null;
create index workplaces_department on enterprises.workplaces (department_key, enterprise_id);
grant select, insert on enterprises.workplaces to fugong_app;
grant update (department) on enterprises.workplaces to fugong_app;

-- Pairs of neighbouring characters of a name, one row for each workplace, so that a search is equality in an index:
-- patterns such as LIKE may not use an index under row-level security.
create table enterprises.grams (
  gram text collate "C" not null,
  workplace_id uuid not null references enterprises.workplaces (id),
  enterprise_id uuid not null references enterprises.enterprises (id),
  district_code text not null,
  street_code text not null,
  zone_code text,
  department text,
  department_key text generated always as (district_code || '/' || department) stored,
  primary key (gram, workplace_id)
);
create index grams_of on enterprises.grams (enterprise_id);
grant select, insert on enterprises.grams to fugong_app;
grant update (department) on enterprises.grams to fugong_app;
