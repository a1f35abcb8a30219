-- Certificates of resumption and what happened to them.
create schema certificates;
grant usage on schema certificates to fugong_app;

create table certificates.certificates (
  id uuid primary key,
  number text not null check (number ~ '^[A-Z]{2}-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]$'),
  state text not null check (state in ('valid', 'suspended', 'revoked')),
  declaration_id uuid not null,
  enterprise_id uuid not null,
  enterprise_name text not null,
  -- The name as searches compare it.
  name_key text not null,
  workplace_name text not null,
  address text not null,
  district_code text not null,
  street_code text not null,
  zone_code text,
  department_key text,
  -- From when work resumes, and the emergency on whose rules it was decided, as it was called then.
  planned_date date not null,
  emergency_id uuid not null,
  emergency_zh text not null,
  emergency_en text not null,
  issued_at timestamptz not null,
  state_since timestamptz not null,
  state_reason text,
  sample boolean not null,
  constraint certificates_number unique (number),
  constraint certificates_one_per_declaration unique (declaration_id)
);
create index certificates_order on certificates.certificates (issued_at desc, id desc);
create index certificates_enterprise on certificates.certificates (enterprise_id, issued_at desc);
create index certificates_district on certificates.certificates (district_code, state, issued_at desc);
create index certificates_street on certificates.certificates (street_code, issued_at desc);
create index certificates_zone on certificates.certificates (zone_code, issued_at desc) where zone_code is not null;
create index certificates_department on certificates.certificates (department_key, issued_at desc) where department_key is not null;
-- What a certificate says is never rewritten; only its state moves.
grant select, insert, update (state, state_since, state_reason) on certificates.certificates to fugong_app;

-- Pairs of neighbouring characters of the firm's name.
create table certificates.grams (
  gram text not null,
  certificate_id uuid not null references certificates.certificates (id),
  enterprise_id uuid not null,
  district_code text not null,
  street_code text not null,
  zone_code text,
  department_key text,
  primary key (gram, certificate_id)
);
grant select, insert on certificates.grams to fugong_app;

-- Append-only.
create table certificates.history (
  no bigint generated always as identity primary key,
  certificate_id uuid not null references certificates.certificates (id),
  at timestamptz not null,
  event text not null check (event in ('issued', 'suspended', 'resumed', 'revoked')),
  actor_id uuid,
  unit_id uuid,
  reason text,
  enterprise_id uuid not null,
  district_code text not null,
  street_code text not null,
  zone_code text,
  department_key text
);
create index history_order on certificates.history (certificate_id, no);
grant select, insert on certificates.history to fugong_app;
