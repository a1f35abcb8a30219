-- Emergencies with their stages, and the packs of policy data they begin from.
create schema emergencies;
grant usage on schema emergencies to fugong_app;

create table emergencies.packs (
  code text not null,
  version integer not null check (version > 0),
  kind text not null,
  body jsonb not null,
  measures jsonb not null,
  imported_at timestamptz not null,
  primary key (code, version)
);
-- Emergencies, packs and measures are public facts: no row-level security. A version of a pack never changes.
grant select, insert on emergencies.packs to fugong_app;

-- What was found in the pack folders when they were last read; a faulty pack is here only.
create table emergencies.pack_checks (
  code text primary key,
  version integer not null,
  kind text not null,
  name_zh text not null,
  name_en text not null,
  tables integer not null,
  forms integer not null,
  faults jsonb not null,
  checked_at timestamptz not null
);
grant select, insert, update on emergencies.pack_checks to fugong_app;

create table emergencies.emergencies (
  id uuid primary key,
  kind text not null,
  name_zh text not null,
  name_en text not null,
  area_code text not null,
  pack text not null,
  pack_version integer not null,
  document_no text not null,
  begun_at timestamptz not null,
  ended_at timestamptz,
  end_document_no text,
  end_note text,
  sample boolean not null default false,
  foreign key (pack, pack_version) references emergencies.packs (code, version),
  check ((ended_at is null) = (end_document_no is null))
);
create index emergencies_order on emergencies.emergencies ((ended_at is null) desc, begun_at desc, id desc);
grant select, insert, update on emergencies.emergencies to fugong_app;

create table emergencies.stages (
  emergency_id uuid not null references emergencies.emergencies (id),
  position integer not null,
  code text not null,
  entered_at timestamptz not null,
  entered_by uuid,
  note text,
  primary key (emergency_id, position)
);
-- History is only ever added to.
grant select, insert on emergencies.stages to fugong_app;
