-- What becomes of a filed declaration: its standing, why, by which rule; corrections with what stood there before.
alter table declarations.declarations
  add column standing text check (standing in ('operating', 'suspended', 'revoked', 'withdrawn', 'superseded', 'closed', 'expired')),
  add column standing_at timestamptz,
  add column standing_reason text,
  -- The rule by which it came so, where a table decided it (closed with its firm), written as a whole.
  add column standing_decision jsonb;
update declarations.declarations d set standing = case c.state when 'valid' then 'operating' else c.state end, standing_at = c.state_since, standing_reason = c.state_reason
  from certificates.certificates c where c.id = d.certificate_id and d.state = 'filed';
update declarations.declarations set standing = 'operating', standing_at = decided_at where state = 'filed' and standing is null;
alter table declarations.declarations add constraint declarations_standing check (standing is null or state = 'filed');
create index declarations_certificate on declarations.declarations (certificate_id) where certificate_id is not null;
-- The one filing of a workplace that still counts.
create index declarations_holding on declarations.declarations (workplace_id) where standing in ('operating', 'suspended');
create index declarations_firm_holding on declarations.declarations (enterprise_id, id) where standing in ('operating', 'suspended');
-- What no longer operates is little beside what does: lists of it are led by these.
create index declarations_stopped on declarations.declarations (district_code, standing, created_at desc, id desc) where standing <> 'operating';
create index declarations_stopped_department on declarations.declarations (department_key, standing, created_at desc, id desc) where standing <> 'operating' and department_key is not null;

create table declarations.corrections (
  declaration_id uuid not null references declarations.declarations (id),
  no integer not null check (no > 0),
  at timestamptz not null,
  person_id uuid,
  reason text not null,
  -- Field, what stood there, what stands there now and the rule that allowed it; read and written as a whole.
  items jsonb not null,
  enterprise_id uuid not null,
  district_code text not null,
  street_code text not null,
  zone_code text,
  department_key text,
  primary key (declaration_id, no)
);
grant select, insert on declarations.corrections to fugong_app;
